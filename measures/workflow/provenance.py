"""Where everything in a bundle came from, as PROV-JSON (W3C member submission of 24 April 2013).

Entries, evidence files, reports and claims are *entities*; an append to the register and the
rendering of a report are *activities*; role codes and the software are *agents*. Nothing is said of
an entry that is not given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from measures.records.tables import TABLE_OF_KIND
from measures.register import Entry

_NAMES = "https://measures.invalid/"
_SOFTWARE = "m:software"


def provenance(
    mission: str, entries: Iterable[Entry], reports: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return a PROV-JSON document.

    Args:
        mission: Id of the mission, which the names of things begin with.
        entries: The entries that may be told of, in order.
        reports: What each report claims, by the name of its files.
    """
    made = _Document(mission)
    for entry in entries:
        made.entry(entry)
    for name, said in reports.items():
        made.report(name, said)
    return {key: value for key, value in made.parts.items() if value}


class _Document:
    """A PROV-JSON document while it is written."""

    def __init__(self, mission: str) -> None:
        self.parts: dict[str, dict[str, Any]] = {
            "prefix": {"m": f"{_NAMES}{mission}/"},
            "entity": {},
            "activity": {},
            "agent": {},
            "wasGeneratedBy": {},
            "used": {},
            "wasAssociatedWith": {},
            "wasAttributedTo": {},
            "wasDerivedFrom": {},
        }
        self._append = ("", "", "", "")
        self._latest: dict[tuple[str, str], str] = {}

    def entry(self, entry: Entry) -> None:
        """Tell of an entry: what it is, how it came to be, what it rests on."""
        name = f"m:entry/{entry.seq}"
        self.parts["entity"][name] = {
            "prov:type": _qualified(f"m:{entry.kind}"),
            "prov:label": entry.ref,
            "m:sha256": entry.digest,
        }
        self._relate("wasGeneratedBy", entity=name, activity=self._appended(entry))
        for kind, ref, revision in _named(entry):
            self._derived(name, self._latest.get((kind, ref)), revision=revision)
        sha256 = entry.body.get("sha256")
        if entry.kind == "evidence" and sha256:
            self.parts["entity"][f"m:file/{sha256}"] = {"prov:type": _qualified("m:file"), "m:sha256": sha256}
            self._derived(name, f"m:file/{sha256}")
        for person in _persons(entry):
            self._relate("wasAttributedTo", entity=name, agent=self._person(person))
        self._latest[entry.kind, entry.ref] = name

    def _appended(self, entry: Entry) -> str:
        """Return the append that an entry was part of."""
        _, *before = self._append
        if before != [entry.at, entry.actor, entry.role]:
            name = f"m:append/{entry.seq}"
            self._append = (name, entry.at, entry.actor, entry.role)
            self.parts["activity"][name] = {"prov:startTime": entry.at, "prov:endTime": entry.at}
            agent = self._person(entry.actor)
            self._relate("wasAssociatedWith", activity=name, agent=agent, role=entry.role)
        return self._append[0]

    def _person(self, code: str) -> str:
        name = f"m:person/{code}"
        self.parts["agent"][name] = {"prov:type": _qualified("prov:Person"), "prov:label": code}
        return name

    def report(self, name: str, said: Mapping[str, Any]) -> None:
        """Tell of a report and of what each of its claims rests on."""
        report, activity = f"m:report/{name}", f"m:render/{name}"
        software = {"prov:type": _qualified("prov:SoftwareAgent"), "prov:label": str(said["software"])}
        self.parts["agent"][_SOFTWARE] = software
        self.parts["activity"][activity] = {"m:head": str(said["head"])}
        self.parts["entity"][report] = {
            "prov:type": _qualified("m:report"),
            "m:html_sha256": str(said["html_sha256"]),
            "m:pdf_sha256": str(said["pdf_sha256"]),
        }
        self._relate("wasAssociatedWith", activity=activity, agent=_SOFTWARE)
        self._relate("wasGeneratedBy", entity=report, activity=activity)
        used: dict[str, None] = {}
        for claim in said["claims"]:
            entity = f"{report}/{claim['id']}"
            self.parts["entity"][entity] = {
                "prov:type": _qualified("m:claim"),
                "prov:label": str(claim["id"]),
            }
            self._relate("wasGeneratedBy", entity=entity, activity=activity)
            for ref in claim["basis"]:
                basis = self._latest.get((str(ref["kind"]), str(ref["id"]).partition("#")[0]))
                self._derived(entity, basis)
                used |= {basis: None} if basis else {}
        for basis in used:
            self._relate("used", activity=activity, entity=basis)

    def _derived(self, made: str, source: str | None, *, revision: bool = False) -> None:
        if source is None:
            return
        found = {"prov:generatedEntity": made, "prov:usedEntity": source}
        kind = {"prov:type": _qualified("prov:Revision")} if revision else {}
        part = self.parts["wasDerivedFrom"]
        part[f"_:d{len(part) + 1}"] = {**found, **kind}

    def _relate(self, relation: str, **ends: str) -> None:
        part = self.parts[relation]
        part[f"_:{relation}{len(part) + 1}"] = {f"prov:{end}": name for end, name in ends.items() if name}


def _qualified(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _named(entry: Entry) -> Iterator[tuple[str, str, bool]]:
    """Yield kind and id of each record that an entry rests on, and whether it is a revision of it."""
    yield entry.kind, entry.ref, True
    if entry.supersedes and entry.supersedes != entry.ref:
        yield entry.kind, entry.supersedes, True
    if entry.kind in {"milestone", "promise"}:
        yield "objective", str(entry.body.get("objective", "")), False
    if pin := entry.body.get("rubric"):
        yield "rubric", f"{pin}@{entry.body['version']}" if entry.kind == "milestone" else str(pin), False
    if entry.kind == "approval":
        yield str(entry.body.get("kind", "")), str(entry.body.get("ref", "")), False
    for kind, ref in _cells(entry):
        if kind not in {"person", "actor"}:
            yield kind, ref, False


def _persons(entry: Entry) -> Iterator[str]:
    """Yield the codes of those who say what a row says."""
    yield from (code for kind, code in _cells(entry) if kind == "person")


def _cells(entry: Entry) -> Iterator[tuple[str, str]]:
    table = TABLE_OF_KIND.get(entry.kind)
    for column in table.columns if table else ():
        for part in str(entry.body.get(column.name, "")).split(";") if column.to else ():
            if part.strip():
                yield column.to, part.strip()
