"""Findings: something wrong or notable about data, with a code, a place and a remedy.

The catalogue below is the only place where a finding's words stand; the reference page
``docs/reference/findings.md`` is generated from it. A finding is a value: reading always
finishes and returns every finding, and the front decides what to print.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning", "hint"]
_CLIP = 80
_WORDS = 6
_WRITTEN = frozenset({"value", "key", "column", "path", "file"})
"""Fields that hold what stands in the file; prose there has slipped from another cell."""
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding.

    Args:
        code: Stable code, a letter for the area and three digits.
        severity: ``error`` stops recording; ``warning`` is printed; ``hint`` may be ignored.
        title: Name in a few words.
        template: Sentence with ``{fields}``: what was expected and what was got.
        remedy: What to do, may use the same fields.
    """

    code: str
    severity: Severity
    title: str
    template: str
    remedy: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a finding is: a file, and a line and column counted from 1 (0 when not known)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        text = self.file
        if self.line:
            text += f":{self.line}"
            if self.column:
                text += f":{self.column}"
        return text


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, its words already made from its own fields."""

    code: str
    severity: Severity
    place: Place
    message: str
    remedy: str

    def to_dict(self) -> dict[str, str | int]:
        """Return the finding as plain values for JSON output."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "message": self.message,
            "remedy": self.remedy,
        }


def find(code: str, place: Place, **fields: object) -> Finding:
    """Return the finding ``code`` at ``place``, its words filled in from ``fields``."""
    kind = CATALOGUE[code]
    words = {name: _clip(name, value) for name, value in fields.items()}
    return Finding(
        code=code,
        severity=kind.severity,
        place=place,
        message=kind.template.format(**words),
        remedy=kind.remedy.format(**words),
    )


def _clip(name: str, value: object) -> object:
    """Cut what somebody wrote: a finding points at a cell, it does not repeat confidential prose."""
    if not isinstance(value, str):
        return value
    if name in _WRITTEN and len(value.split()) > _WORDS:
        return f"… {len(value)} characters"
    return value[:_CLIP] + "…" if len(value) > _CLIP else value


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that stop recording."""
    return tuple(finding for finding in findings if finding.severity == "error")


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings by place, then code, without repeats."""
    return tuple(sorted(set(findings), key=_order))


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return place.file, place.line, place.column, finding.code, finding.message


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Return `` Did you mean X?`` when ``given`` is near a known word, else an empty text.

    Case is left out of account, and an overlong text is near nothing.
    """
    if len(given) > _CLIP:
        return ""
    folded = {word.casefold(): word for word in sorted(set(known), reverse=True)}
    near = get_close_matches(given.casefold(), list(folded), n=1, cutoff=0.6)
    return f" Did you mean {folded[near[0]]!r}?" if near else ""


def one_of(words: Iterable[str], limit: int = 12) -> str:
    """Return allowed words for a message: ``a, b or c``; long lists are cut and say so."""
    given = list(words)
    if len(given) > limit:
        return ", ".join(given[:limit]) + f" or one of {len(given) - limit} more"
    if len(given) < 2:
        return "".join(given)
    return ", ".join(given[:-1]) + " or " + given[-1]


# fmt: off
_KINDS = (
    # F: files and documents
    Kind("F001", "error", "File missing", "Expected the file {name}, found none.", "Add it; `measures new` shows one that works."),
    Kind("F002", "error", "Not text", "Expected UTF-8 text, got bytes that are not.", "Save the file again as UTF-8."),
    Kind("F003", "error", "File too large", "Expected at most {limit} bytes, got {size}.", "Split the file, or remove what does not belong in it."),
    Kind("F004", "error", "Not YAML", "Expected YAML, but {problem}.", "Mend the line; indent with spaces and quote texts that hold a colon."),
    Kind("F005", "error", "Key given twice", "The key {key!r} stands twice here.", "Keep one of them."),
    Kind("F006", "error", "Alias refused", "Expected plain YAML, got an anchor, alias or tag ({what}).", "Write the value out in full."),
    Kind("F007", "error", "Nested too deep", "Expected at most {limit} levels of nesting, got more.", "Flatten the document."),
    Kind("F008", "error", "Not a table", "Expected a table with a header row, got {what}.", "Save the sheet as comma-separated UTF-8 with its header."),
    Kind("F009", "error", "Row of another width", "Expected {expected} cells, got {got}.", "Quote cells that hold commas; remove stray ones."),
    Kind("F010", "error", "Nothing to record", "Expected at least one table or plan in {folder}, found none.", "Name the folder that holds mission.yaml and the tables."),
    Kind("F011", "error", "Outside the mission folder", "Expected a path inside the mission folder, got {path!r}.", "Put the file under evidence/ and name it from there."),
    Kind("F012", "error", "File not readable", "Expected to read {name}, but {problem}.", "Check that it is a plain file and that you may read it."),
    # S: shape of a record
    Kind("S001", "error", "Column missing", "Expected the column {column!r} in {table}, found none.", "Add it to the header row; cells may be empty where the reference says so."),
    Kind("S002", "error", "Unknown column", "{table} has no column {column!r}.{hint}", "Rename or remove the column."),
    Kind("S003", "error", "Cell empty", "Expected {column} to be filled, got an empty cell.", "Fill in {what}."),
    Kind("S004", "error", "Unknown word", "Expected {column} to be {allowed}, got {value!r}.{hint}", "Use one of the words given."),
    Kind("S005", "error", "Not of the right form", "Expected {column} to be {what}, got {value!r}.", "Write it in that form."),
    Kind("S006", "error", "Text too short", "Expected {column} to say {what} in at least {limit} characters, got {got}.", "Write what was seen, by whom and when."),
    Kind("S007", "error", "Given twice", "The {what} {value!r} stands on more than one row.", "Give each its own; a correction takes a new id and names the old one in supersedes."),
    Kind("S008", "error", "Key missing", "Expected the key {key!r} in {where}, found none.", "Add it: {what}."),
    Kind("S009", "error", "Unknown key", "{where} has no key {key!r}.{hint}", "Rename or remove the key."),
    Kind("S010", "error", "Wrong kind of value", "Expected {where} to be {what}, got {got}.", "Write it in that shape."),
    Kind("S011", "error", "Text too long", "Expected {column} to hold at most {limit} characters, got {got}.", "Shorten the text; put the long version in evidence."),
    Kind("S012", "error", "Control character", "Expected plain text in {column}, got the character U+{character}.", "Delete the character; pasting as plain text avoids it."),
    # R: rubrics
    Kind("R001", "error", "Level not on the ladder", "The level {level!r} is not on the ladder of {rubric}.{hint}", "Use one of {allowed}."),
    Kind("R002", "error", "Level missing", "Criterion {criterion!r} describes no level {level!r}.", "Describe every level of the ladder."),
    Kind("R003", "error", "Attribute id given twice", "The attribute id {id!r} stands twice in the rubric.", "Give each attribute its own id."),
    Kind("R004", "error", "No sustainment gate", "Level {level!r} of {criterion!r} lacks an attribute that sustains: {missing}.", "Say in attributes that the institution staffs, funds and repeats it."),
    Kind("R005", "error", "Advisers above the gate", "Level {level!r} of {criterion!r} leans on advisers ({got}), though it lies at or above the sustainment level.", "From that level up advisers must be none."),
    Kind("R006", "error", "Evidence rule weaker than below", "Level {level!r} of {criterion!r} asks for less evidence than the level below ({what}).", "Ask for at least as much at each higher level."),
    Kind("R007", "error", "Ladders disagree", "The rubrics {a} and {b} put the levels {x!r} and {y!r} in opposite order.", "Rename the levels of one of them."),
    Kind("R008", "error", "Level without attribute", "Level {level!r} of {criterion!r} has no attribute.", "Give each level above none at least one yes/no statement."),
    Kind("R009", "error", "Same version, other words", "Rubric {rubric} {version} was recorded with other content (digest {digest}).", "Give the changed rubric a new version."),
    Kind("R010", "error", "Two files, one version", "{other} gives {rubric} {version} too, in other words.", "Give one of the two another version, or remove it."),
    Kind("R011", "error", "Vignette and gate disagree", "Vignette {vignette!r} expects {level!r} on {criterion!r}; the statements that hold give {reached!r}.", "Correct the level, or the statements under holds."),
    Kind("R012", "error", "Ladder of the base changed", "{key} belongs to {base}, which this rubric extends.", "Leave the key out; a rubric with another ladder stands on its own."),
    Kind("R013", "error", "Cap without a result", "A profile has no result that a cap could lower.", "Declare another aggregation, or remove caps."),
    Kind("R014", "error", "Weights refused", "{key} would make numbers of levels, and levels have an order but no distance.", "Say which criteria decide: aggregation gate with `essential: \"yes\"`, or a table of your own."),
    Kind("R015", "error", "Table not usable", "The conversion table does not fit: {problem}.", "Correct the table; docs/reference/rubrics.md shows one."),
    Kind("R016", "error", "Gate without essentials", "Aggregation is gate, but no criterion is essential.", "Mark the criteria that decide with `essential: \"yes\"`."),
    Kind("R017", "error", "Change understated", "{new} declares {declared} since {old}, but {what} makes it at least {least}.", "Declare {least}, or leave the declaration out."),
    Kind("R018", "warning", "Change not declared", "Since {old} {what} has other words, and {new} does not say that they mean the same; it counts as {presumed}.", "Declare it under changes, with the reason, or accept that the line breaks."),
    # L: the words of a rubric
    Kind("L001", "error", "Only the quantity differs", "Level {level!r} of {criterion!r} differs from {below!r} only in how much or how often.", "Say what is done otherwise, by whom, or whether it lasts."),
    Kind("L002", "warning", "No actor", "The descriptor of {level!r} on {criterion!r} names nobody in office.", "Say who was seen doing it, or not doing it."),
    Kind("L003", "warning", "Nothing observable", "The descriptor of {level!r} on {criterion!r} names nothing that a stranger could see.", "Name the paper, the act or the thing that shows it."),
    Kind("L004", "warning", "Not a yes or no statement", "Expected a statement that holds or does not, but {problem}.", "Write one full sentence that can be answered yes or no."),
    Kind("L005", "warning", "Two statements in one", "The statement joins two things ({joined!r}), so that one may hold without the other.", "Split it into two attributes, or drop one half."),
    Kind("L006", "error", "Naked threshold", "The number {number!r} decides without a base and a source.", "Describe what is done instead; or say of how many, and in whose record it is counted."),
    Kind("L007", "warning", "Advisers not mentioned", "The descriptor of {level!r} on {criterion!r} does not say how far it leans on advisers.", "Say in words what advisers do at this level, even if it is nothing."),
    Kind("L008", "error", "Evidence nobody can have", "The evidence rule of {level!r} on {criterion!r} cannot be met as meant: {problem}.", "Ask for two origins, or for credibility 2."),
    Kind("L009", "warning", "Translation missing", "The text is missing in {missing}.", "Add it; other texts of the rubric have it."),
    Kind("L010", "warning", "Vague word", "{word!r} is something two honest observers need not agree on.", "Say what they would see."),
    Kind("L011", "error", "Statement given twice", "The same statement stands at {level!r} of {criterion!r}.", "Keep the lower one; say here what is added."),
    Kind("L012", "hint", "Hard to read", "The text is hard to read aloud: {problem}.", "Make two sentences of it, and use short words."),
    Kind("L013", "warning", "Bare value", "{value!r} stands without quotes; other programs take it for {kind}.", "Put it in quotes."),
    Kind("L014", "hint", "One aspect only", "Every criterion is {aspect}; none is {missing}.", "Score what is written and what is done apart."),
    Kind("L015", "hint", "No source", "The rubric does not say what informed it.", "Name the public instruments under derives_from."),
    Kind("L016", "hint", "No worked scorings", "Expected at least two vignettes, got {count}.", "Add two contrasting situations with the expected levels."),
    # C: across records
    Kind("C001", "error", "Unknown id", "{column} names {value!r}, which is no known {what}.{hint}", "Correct the id, or record the {what} first."),
    Kind("C002", "error", "Level not in the rubric version", "{value!r} is not a level of {rubric} {version}.{hint}", "Use one of {allowed}."),
    Kind("C003", "error", "Criterion not in the rubric version", "{value!r} is not a criterion of {rubric} {version}.{hint}", "Use one of {allowed}."),
    Kind("C004", "error", "Level without evidence", "The level {level!r} is claimed without any citation.", "Cite evidence, or record insufficient-evidence."),
    Kind("C005", "error", "Evidence from after the quarter", "{evidence} speaks of {covers}, which begins after {period} ends.", "Cite it for the quarter it speaks of."),
    Kind("C006", "warning", "Evidence older than its rule allows", "{evidence} speaks of {covers}; for {level!r} in {period} it counts only to {fresh} quarters back.", "Cite something newer, or expect the level to stay unsupported."),
    Kind("C007", "error", "Does not say why not the next level", "A level below the top needs why_not_next, got {got}.", "Say what is still missing for {next!r}, in at least {limit} characters."),
    Kind("C008", "error", "Scored twice", "{assessor} already scored {milestone} / {criterion} for {period} in {other}.", "Keep one, or let the later one supersede the earlier with a reason."),
    Kind("C009", "error", "Supersedes something unknown", "supersedes names {value!r}, which is no known {what} for the same {same}.", "Name the id of the record that this one corrects."),
    Kind("C010", "error", "Superseded twice", "{value!r} is already superseded by {other}.", "Supersede the latest record instead."),
    Kind("C011", "error", "Correction without a reason", "{id} supersedes {value!r} without saying why.", "Fill in reason."),
    Kind("C012", "error", "Marking unknown", "Expected marking to be {allowed}, got {value!r}.{hint}", "Use a marking of mission.yaml."),
    Kind("C013", "error", "Period outside the mission", "{period} lies outside {first} to {last}.", "Correct the period, or widen quarters in mission.yaml."),
    Kind("C014", "error", "Scored before it was owed", "{milestone} owes scores from {first}, got one for {period}.", "Correct the period, or the milestone's from."),
    Kind("C015", "error", "Non-score without its cause", "not-observed needs a cause, got none.", "Say why nobody could look: {allowed}."),
    Kind("C016", "error", "Cause on a score", "A cause belongs to not-observed only, got {cause!r} with {score!r}.", "Empty the cause."),
    Kind("C017", "error", "Confidence missing", "The level {level!r} has no {column}.", "State the confidence and its four concerns."),
    Kind("C018", "error", "Own success rated too high", "{id} is a party's claim of its own success and has credibility {value}.", "Credibility 3 at best: a claim of one's own success is not yet confirmed."),
    Kind("C019", "error", "Changed after recording", "{what} {id} was recorded with other content (entry {seq}).", "Give the correction a new id and let it supersede {id} with a reason."),
    Kind("C020", "error", "Plan changed without a reason", "{what} {id} differs from what was recorded (entry {seq}) and gives no change.", "Add `change:` to it and say why it changed."),
    Kind("C021", "error", "Answer contradicts the level", "Claims {level!r}, but attribute {attribute} of level {at!r} is answered {answer}.", "Claim the level below, or correct the answer."),
    Kind("C022", "error", "Attribute unknown", "{value!r} is no attribute of criterion {criterion}.{hint}", "Use the attribute ids of the rubric."),
    Kind("C023", "error", "Moderator scored it too", "{moderator} settled {milestone} / {criterion} for {period} and had scored it.", "Let somebody else settle it."),
    Kind("C024", "error", "Wrong role", "{value!r} is {role} in mission.yaml, not {expected}.", "Correct the code or the role."),
    Kind("C025", "warning", "Not applicable without approval", "not-applicable needs an approver; no approval of {id} is recorded.", "Record an approval of it, or score it."),
    Kind("C026", "warning", "Naked percentage", "{column} holds a percentage without {missing}.", "Say it in one sentence, such as: 30 % are filled (12 of 40, payroll count of the directorate, March 2021). Or leave the number out."),
    Kind("C027", "error", "Depends on itself", "The milestones {cycle} depend on each other in a circle.", "Remove one of the dependencies."),
    Kind("C028", "error", "Why-not-next repeats the rationale", "why_not_next says the same as the rationale.", "Say what is missing for the next level."),
    Kind("C029", "error", "Same evidence cited twice", "{evidence} is cited twice by {assessment} with the same bearing and locator.", "Keep one citation."),
    Kind("C030", "error", "Evidence file missing", "{file!r} is not in the evidence folder.", "Put the file there, or record the item as held-elsewhere."),
    Kind("C032", "error", "Approval of other content", "The approval binds digest {given}, but {what} {ref} has {found}.", "Approve what stands in the register now."),
    Kind("C033", "error", "Corrects what comes after it", "{id} supersedes {value!r}, which stands below it.", "Put the correction after what it corrects; two rows cannot correct each other."),
    Kind("C034", "error", "Mission no longer covers what is recorded", "{what} {value!r} is gone from mission.yaml, but {count} recorded rows name it, first {first}.", "Put it back; what is recorded stays recorded."),
    Kind("C035", "error", "Another mission", "mission.yaml is of {value!r}, but this register keeps the mission {recorded!r}.", "Name the right folder with --mission, or put the id back."),
    Kind("C036", "error", "Settled twice", "{milestone} / {criterion} for {period} is already settled in {other}.", "Keep one, or let the later one supersede the earlier."),
    Kind("C037", "error", "Approves their own score", "{approver} approves {ref} and had scored it.", "Let somebody else approve it."),
    Kind("C038", "error", "Version not of the milestone", "{milestone} was never bound to version {version!r} of {rubric}.{hint}", "Use one of {allowed}, or leave the cell empty."),
    Kind("C039", "error", "Rubric version changed without saying since when", "{milestone} was bound to {rubric} {old} and is now bound to {new}; nothing says until when {old} held.", "Add former_versions to the milestone: the version {old}, and the quarter until which it held."),
    Kind("C040", "error", "Crosswalk does not fit", "The crosswalk does not join the two versions: {problem}.", "Map each level of the earlier version to one of the later, in their order."),
    Kind("C041", "hint", "Cap without a milestone", "{rubric} caps {milestone} by {by}, but no milestone it depends on is scored with that.", "Name that milestone under depends_on, or leave the cap unused."),
    Kind("C042", "error", "Target changed without saying so", "The {what} of {milestone} was {old} and is now {new}; nothing under retargets says who agreed to it.", "Add a retarget to the milestone: what, from, old, new, reason, partner_view, approved_by and date."),
    Kind("C043", "error", "Change of target does not fit", "The retargets of {id} do not lead to what the plan says: {problem}.", "Correct old, new, from or date; each change begins where the one before it ended."),
    Kind("C044", "error", "Held before it was asked for", "{id} was held {held} and asked for {requested}, which is later.", "Correct one of the two dates, or leave requested empty when it is not known."),
    Kind("C045", "error", "Not the partner's own", "{what} of {id} names no actor of the partner.", "Name the partner's actor under by, or leave the entry out: nobody else agrees or decides for it."),
    Kind("C046", "error", "Scores left behind", "{id} was given on {criterion} of {milestone} against {pin}, and the plan now asks for that nowhere in {period}; scores left so: {count}.", "Let the former version hold until the last quarter scored against it; another rubric takes a milestone of its own."),
    # V: verification
    Kind("V001", "error", "Entry altered", "Entry {seq} does not match its digest.", "Its content was changed after it was written, or the digest was. Compare with a copy."),
    Kind("V002", "error", "Chain broken", "Entry {seq} does not follow entry {before}.", "An entry was altered, removed, inserted or moved here. Compare with a copy."),
    Kind("V003", "error", "Entry missing", "Entry {seq} is missing.", "It was removed. Restore the register from a copy."),
    Kind("V004", "error", "Tail cut off", "The register ends at entry {size}, but {source} says {expected}: entry {first} and what follows it are gone.", "Restore the register from a copy."),
    Kind("V005", "error", "Not the recorded head", "Entry {seq} has digest {found}, but {source} says {expected}.", "The register was rewritten from here or before. Compare with a copy."),
    Kind("V006", "error", "Look-up column altered", "The column {column} of entry {seq} does not match its content.", "Somebody wrote to the database by hand. Restore it from a copy."),
    Kind("V007", "error", "Not canonical", "Entry {seq} is not in canonical form.", "It was not written by this product."),
    Kind("V008", "error", "Guard missing", "The {what} {name} that keeps the register append-only is gone or was altered.", "Somebody altered the database by hand. Restore it from a copy."),
    Kind("V009", "warning", "No head kept", "No head file lies beside the register, so a cut-off tail would not show.", "Compare the head printed in a report: measures verify --head SIZE:DIGEST."),
    Kind("V010", "error", "Not a register", "Expected a register, got {what}.", "Restore register.db from a copy."),
    Kind("V011", "error", "Head file damaged", "{problem}", "Compare the register with a printed head; then put the head file back from a copy or remove it."),
    Kind("V012", "hint", "Head file behind", "The head file covers {kept} of {size} entries.", "The next append brings it up to date; until then a cut in the entries after {kept} would not show."),
    Kind("V013", "error", "Evidence file altered", "{file} has SHA-256 {found}; {expected} was taken in.", "Restore the file from a copy, or record the new file as evidence of its own."),
    Kind("V014", "error", "Database damaged", "After entry {seq} the register reads as {problem}.", "Restore it from a copy."),
    Kind("V015", "error", "More of the same", "{count} further breaks were found and are not listed.", "Mend the first one; the rest may follow from it."),
    Kind("V016", "error", "Stranger in the register", "The database holds a {what} {name} that is no part of a register.", "Somebody altered the database by hand. Restore it from a copy."),
)
# fmt: on

CATALOGUE: dict[str, Kind] = {kind.code: kind for kind in _KINDS}
"""Every kind of finding by its code."""
