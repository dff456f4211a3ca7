"""Whether an approval binds, told from the few entries that it can rest on."""

from __future__ import annotations

from collections.abc import Iterator

from measures.records.links import QUARTER, links, quarter_of
from measures.register import Entry
from measures.workflow.approvals import void
from measures.workflow.basis import Ground
from measures.workflow.recorded import row_of
from measures.workflow.trace_reader import Key, Reader


def binds(reader: Reader, approval: Entry) -> str:
    """Return in a sentence whether an approval binds to what stands now; nothing of a refusal."""
    if approval.body.get("decision") != "approved":
        return ""
    name = str(approval.body.get("kind", "")), str(approval.body.get("ref", ""))
    why = void(Ground(_around(reader, name)), row_of(approval))
    if why:
        return f"It is void: {why}."
    entry = reader.latest(*name)
    corrected = any("supersedes" in how for _, how in reader.naming(*name))
    where = f"entry {entry.seq}" if entry else "it"
    return f"It binds to {where}, which was corrected." if corrected else f"It binds to {where}."


def _around(reader: Reader, top: Key) -> list[Entry]:
    """Return everything that an approval of a record could rest on."""
    found: dict[int, Entry] = {}
    seen: set[Key] = set()
    waiting = [top]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        same = [entry for entry in reader.about(name[1]) if entry.kind == name[0]]
        for entry in same if name[0] == "edition" else same[-1:]:
            found[entry.seq] = entry
            waiting += _under(reader, entry)
        for entry, how in reader.naming(*name):
            if "supersedes" in how or (entry.kind, name[0]) == ("citation", "assessment"):
                waiting.append((entry.kind, entry.ref))
    return list(found.values())


def _under(reader: Reader, entry: Entry) -> Iterator[Key]:
    """Yield the names of what may lie under an entry."""
    if entry.kind == "assessment":
        yield "rubric", str(entry.body.get("rubric", ""))
    elif entry.kind == "moderation":
        for score, _ in reader.naming(QUARTER, quarter_of(entry.body), "assessment"):
            yield score.kind, score.ref
    elif entry.kind in ("citation", "crosswalk"):
        for link in links(entry.kind, entry.body):
            if link.kind in ("evidence", "rubric"):
                yield link.kind, link.id
