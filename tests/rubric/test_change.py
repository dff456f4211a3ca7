"""What a changed rubric does to its scores: one literal rubric, an edit, and the class it has."""

# ruff: noqa: E501 - the rubric and the cases read as tables

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.rubric import Known, Rubric, from_plain, parse_rubric, to_plain
from measures.rubric.change import COMPARABLE, Change, compare
from measures.rubric.model import CHANGES, Declared
from measures.rubric.wording import same_words, words_changed
from tests.rubric.small import EVERY_ANNEX, TABLE, base, edited

HARBOUR = """\
id: harbour
version: "1.0"
title: {en: The harbour, ar: الميناء}
summary: {en: Whether the harbour keeps its cranes., ar: هل يصون الميناء رافعاته.}
derives_from:
  - {title: Handbook of ports, publisher: A ports office, note: It counts cranes.}
validity: "4"
aggregation: gate
sustainment: own
caps:
  - {rubric: roads, reason: {en: No crane without a road.}}
levels:
  - {id: none, label: {en: None of it, ar: لا شيء منه}}
  - {id: asked, label: {en: Asked for, ar: طُلب}}
  - {id: shared, label: {en: Done with advisers, ar: بمساندة المستشارين}}
  - {id: own, label: {en: Done alone, ar: دون مساندة}}
criteria:
  - id: cranes
    title: {en: The cranes, ar: الرافعات}
    aspect: de-facto
    essential: "yes"
    question: {en: Who keeps the cranes?, ar: من يصون الرافعات؟}
    levels:
      none:
        descriptor: {en: No crane is kept., ar: لا رافعة تُصان.}
        evidence: {origins: "1", kinds: [documentary], grade: D4, first_hand: "no", fresh: "8"}
      asked:
        descriptor: {en: The harbour master asked for a crane log., ar: طلب مدير الميناء سجلاً للرافعات.}
        attributes:
          - {id: cranes-asked, text: {en: A letter asks for a log., ar: رسالة تطلب سجلاً.}}
        advisers: leading
        evidence: {origins: "1", kinds: [documentary, physical], grade: D4, first_hand: "no", fresh: "8"}
      shared:
        descriptor: {en: Mechanics fill the log beside advisers., ar: يملأ الميكانيكيون السجل إلى جانب المستشارين.}
        attributes:
          - {id: cranes-log, text: {en: The log lies in the workshop., ar: السجل في الورشة.}}
          - {id: cranes-oil, text: {en: The log names the oil used., ar: يذكر السجل الزيت المستعمل.}}
        advisers: alongside
        evidence: {origins: "1", kinds: [documentary, physical], grade: C3, first_hand: "no", fresh: "8"}
      own:
        descriptor: {en: Mechanics fill the log alone., ar: يملأ الميكانيكيون السجل وحدهم.}
        attributes:
          - {id: cranes-staffed, text: {en: Mechanics hold posts., ar: للميكانيكيين وظائف.}, sustains: staffed}
          - {id: cranes-funded, text: {en: The budget pays for oil., ar: تدفع الموازنة ثمن الزيت.}, sustains: funded}
          - {id: cranes-repeated, text: {en: A second log was filled., ar: مُلئ سجل ثانٍ.}, sustains: repeated}
          - {id: cranes-spare, text: {en: Spare parts lie in stock., ar: قطع الغيار في المخزن.}}
        advisers: none
        evidence: {origins: "2", kinds: [documentary, physical], grade: C3, first_hand: "yes", fresh: "4"}
"""
_BERTHS = HARBOUR[HARBOUR.index("  - id: cranes") :].replace("cranes", "berths").replace("crane", "berth")
BERTHS = _BERTHS.replace("mechanics", "pilots").replace("Mechanics", "Pilots")
HARBOUR += BERTHS
"""Two criteria, alike but for their words: cases edit the first one."""

VIGNETTE = """\
vignettes:
  - id: gale
    title: {en: The gale}
    situation: {en: A letter asks for a log of cranes. Nobody speaks of berths.}
    expected:
      - {criterion: cranes, level: asked, holds: [cranes-asked], why: {en: There is a letter.}}
      - {criterion: berths, level: none, holds: [], why: {en: Nobody asked.}}
"""

_OTHER_CRITERION = BERTHS.replace("berths", "pilots").replace("berth", "pilot")
_TWO_ALIKE = (
    'evidence: {{origins: "1", kinds: [documentary, physical], grade: {}, first_hand: "no", fresh: "8"}}'
)
_D4, _C3 = _TWO_ALIKE.format("D4"), _TWO_ALIKE.format("C3")
_OWN_RULE = (
    'evidence: {origins: "2", kinds: [documentary, physical], grade: C3, first_hand: "yes", fresh: "4"}'
)
_LOG = "          - {id: cranes-log, text: {en: The log lies in the workshop., ar: السجل في الورشة.}}\n"
_OIL = (
    "          - {id: cranes-oil, text: {en: The log names the oil used., ar: يذكر السجل الزيت المستعمل.}}\n"
)
_SPARE = "          - {id: cranes-spare, text: {en: Spare parts lie in stock., ar: قطع الغيار في المخزن.}}\n"
_ASKED = "  - {id: asked, label: {en: Asked for, ar: طُلب}}\n"
_SHARED = "  - {id: shared, label: {en: Done with advisers, ar: بمساندة المستشارين}}\n"
_STEP = re.search(r"      asked:\n(?:        .*\n)+", HARBOUR)
assert _STEP is not None
_ASKED_STEP = _STEP.group()


def harbour(text: str = HARBOUR, version: str = "1.0", known: Known | None = None) -> Rubric:
    """Read a rubric that has no findings, at a version."""
    rubric, findings = parse_rubric(
        text.replace('version: "1.0"', f'version: "{version}"', 1), known=known or Known()
    )
    assert findings == []
    assert rubric is not None
    return rubric


@dataclass(frozen=True)
class Case:
    """An edit, and the class it gives the criterion edited, the other one, and the rubric.

    Args:
        name: What an author did.
        edits: What stands in the rubric, and what the author put there the first time it does.
        cranes: Class of the criterion edited, after ``!`` where scores may not be compared.
        berths: Class of the other one.
        whole: Class of the rubric.
    """

    name: str
    edits: tuple[tuple[str, str], ...]
    cranes: str
    berths: str
    whole: str

    @property
    def new(self) -> Rubric:
        """The second version."""
        text = HARBOUR
        for old, new in self.edits:
            assert old in text, old
            text = text.replace(old, new, 1)
        return harbour(text, "2.0")


def near(criterion: str, who: str) -> tuple[str, str]:
    """The edit that gives a criterion a level between shared and own."""
    own = f"      own:\n        descriptor: {{en: {who}"
    attribute = f"[{{id: {criterion}-near, text: {{en: A clerk keeps it.}}}}]"
    step = f"      near:\n        descriptor: {{en: It is kept.}}\n        attributes: {attribute}\n"
    return own, f"{step}        advisers: on-request\n        {_C3}\n{own}"


EDITORIAL, CLARIFIED, RECALIBRATED, RESTRUCTURED = CHANGES
BROKEN, GONE = "!recalibrated", "!restructured"

WHOLE = (
    Case("nothing", (), "", "", ""),
    Case("spaces and line breaks in a text", (("en: Who keeps the cranes?", "en: Who   keeps\n        the cranes?"),), "", "", ""),
    Case("the title", (("en: The harbour,", "en: The port,"),), "", "", EDITORIAL),
    Case("the summary", (("en: Whether the harbour keeps its cranes.", "en: Whether the port looks after its cranes."),), "", "", EDITORIAL),
    Case("a source", (("note: It counts cranes.", "note: It counts berths."),), "", "", EDITORIAL),
    Case("the label of a level", (("en: Done alone,", "en: Done by itself,"),), BROKEN, BROKEN, RECALIBRATED),
    Case("the label of the highest level, as an auditor once found it (GAO-12-951T)", (("en: Done alone,", "en: Done alone with advisers,"),), BROKEN, BROKEN, RECALIBRATED),
    Case("the punctuation of a label", (("en: Done alone,", "en: Done - alone,"),), EDITORIAL, EDITORIAL, EDITORIAL),
    Case("the ladder, a level more", ((_SHARED, _SHARED + "  - {id: near, label: {en: Nearly alone}}\n"), near("cranes", "Mechanics"), near("berths", "Pilots")), BROKEN, BROKEN, RECALIBRATED),
    Case("the ladder, a level less", ((_ASKED, ""), (_ASKED_STEP, ""), (_ASKED_STEP.replace("cranes", "berths").replace("crane", "berth"), "")), BROKEN, BROKEN, RECALIBRATED),
    Case("the ladder in another order", ((_ASKED + _SHARED, _SHARED + _ASKED), (_D4, _C3), (_D4, _C3)), BROKEN, BROKEN, RECALIBRATED),
    Case("the id of a level", (("{id: asked,", "{id: voiced,"), ("      asked:", "      voiced:"), ("      asked:", "      voiced:")), BROKEN, BROKEN, RECALIBRATED),
    Case("how long a score holds", (('validity: "4"', 'validity: "2"'),), "", "", CLARIFIED),
    Case("how criteria become a result", (("aggregation: gate", "aggregation: median"),), "", "", RECALIBRATED),
    Case("a cap added", (("caps:\n", "caps:\n  - {rubric: rails, reason: {en: No crane without a rail.}}\n"),), "", "", RECALIBRATED),
    Case("a cap removed", (("caps:\n  - {rubric: roads, reason: {en: No crane without a road.}}\n", ""),), "", "", RECALIBRATED),
    Case("a cap by one criterion instead of the result", (("{rubric: roads, reason", "{rubric: roads, criterion: bridges, reason"),), "", "", RECALIBRATED),
    Case("the reason of a cap", (("No crane without a road.", "A crane needs a road."),), "", "", EDITORIAL),
    Case("a criterion added", ((BERTHS, BERTHS + _OTHER_CRITERION),), "", "", RESTRUCTURED),
    Case("a criterion removed", ((BERTHS, ""),), "", GONE, RESTRUCTURED),
    Case("a criterion under another id", (("  - id: berths", "  - id: quays"),), "", GONE, RESTRUCTURED),
    Case("the order of criteria", ((BERTHS, ""), ("criteria:\n", "criteria:\n" + BERTHS)), "", "", EDITORIAL),
)  # fmt: skip

CRITERION = (
    Case("its title", (("en: The cranes,", "en: The cranes and hoists,"),), CLARIFIED, "", CLARIFIED),
    Case("the spelling of its title", (("en: The cranes,", "en: the Cranes,"),), EDITORIAL, "", EDITORIAL),
    Case("its question", (("en: Who keeps the cranes?", "en: Who looks after the cranes?"),), BROKEN, "", RECALIBRATED),
    Case("whether it is of paper or of practice", (("aspect: de-facto", "aspect: de-jure"),), BROKEN, "", RECALIBRATED),
    Case("whether it is essential", (('    essential: "yes"\n    question: {en: Who keeps the cranes', '    question: {en: Who keeps the cranes'),), "", "", RECALIBRATED),
    Case("a descriptor", (("en: Mechanics fill the log alone.", "en: Mechanics write the log alone."),), BROKEN, "", RECALIBRATED),
    Case("a descriptor of none of it", (("en: No crane is kept.", "en: No crane is oiled."),), BROKEN, "", RECALIBRATED),
    Case("a descriptor in case and punctuation", (("en: Mechanics fill the log alone.", "en: 'mechanics fill the Log; alone!'"),), EDITORIAL, "", EDITORIAL),
    Case("a statement", (("en: A letter asks for a log.", "en: A letter requests a log."),), BROKEN, "", RECALIBRATED),
    Case("a statement in punctuation alone", (("en: A letter asks for a log.", "en: A letter asks for a log"),), EDITORIAL, "", EDITORIAL),
    Case("a statement added", ((_OIL, _OIL + "          - {id: cranes-ink, text: {en: The log is in ink.}}\n"),), BROKEN, "", RECALIBRATED),
    Case("a statement removed", ((_OIL, ""),), BROKEN, "", RECALIBRATED),
    Case("a statement moved up a level", ((_OIL, ""), (_SPARE, _SPARE + _OIL)), BROKEN, "", RECALIBRATED),
    Case("a statement under another id", (("id: cranes-oil,", "id: cranes-grease,"),), "", "", EDITORIAL),
    Case("two statements that change ids", (("id: cranes-log,", "id: cranes-x,"), ("id: cranes-oil,", "id: cranes-log,"), ("id: cranes-x,", "id: cranes-oil,")), "", "", EDITORIAL),
    Case("the order of statements", ((_LOG + _OIL, _OIL + _LOG),), "", "", EDITORIAL),
    Case("what a statement sustains", (("en: Mechanics hold posts., ar: للميكانيكيين وظائف.}, sustains: staffed", "en: Mechanics hold posts., ar: للميكانيكيين وظائف.}, sustains: funded"), ("sustains: funded}\n          - {id: cranes-repeated", "sustains: staffed}\n          - {id: cranes-repeated")), BROKEN, "", RECALIBRATED),
    Case("how far it leans on advisers", (("        advisers: alongside", "        advisers: on-request"),), BROKEN, "", RECALIBRATED),
    Case("the number of origins", (('origins: "2"', 'origins: "3"'),), BROKEN, "", RECALIBRATED),
    Case("the kinds of evidence", ((_OWN_RULE, _OWN_RULE.replace("documentary, ", "")),), BROKEN, "", RECALIBRATED),
    Case("the kinds of evidence in another order", ((_OWN_RULE, _OWN_RULE.replace("documentary, physical", "physical, documentary")),), "", "", ""),
    Case("the grade", (("grade: C3", "grade: D3"),), BROKEN, "", RECALIBRATED),
    Case("first-hand or not", (('first_hand: "yes"', 'first_hand: "no"'),), BROKEN, "", RECALIBRATED),
    Case("how fresh", (('fresh: "4"', 'fresh: "6"'),), BROKEN, "", RECALIBRATED),
    Case("the evidence for none of it", (('kinds: [documentary], grade: D4', 'kinds: [physical], grade: D4'),), BROKEN, "", RECALIBRATED),
)  # fmt: skip

LANGUAGES = (
    Case("a translation of a statement added", (("{en: A letter asks for a log., ar: رسالة تطلب سجلاً.}", "{en: A letter asks for a log., ar: رسالة تطلب سجلاً., fr: Une lettre demande un registre.}"),), EDITORIAL, "", EDITORIAL),
    Case("a translation of a statement changed", (("رسالة تطلب سجلاً.", "خطاب يطلب سجلاً."),), BROKEN, "", RECALIBRATED),
    Case("a translation in its vowel marks, which tell studied from taught", (("رسالة تطلب سجلاً.", "رسالة تطلب سِجِلاً."),), BROKEN, "", RECALIBRATED),
    Case("a translation in punctuation alone", (("رسالة تطلب سجلاً.", "رسالة، تطلب سجلاً؛"),), EDITORIAL, "", EDITORIAL),
    Case("a translation of a statement removed", ((", ar: رسالة تطلب سجلاً.", ""),), EDITORIAL, "", EDITORIAL),
    Case("the English removed", (("{en: A letter asks for a log., ar: رسالة تطلب سجلاً.}", "{ar: رسالة تطلب سجلاً.}"),), BROKEN, "", RECALIBRATED),
    Case("the English put into another language", (("{en: A letter asks for a log., ar: رسالة تطلب سجلاً.}", "{fr: Une lettre demande un registre.}"),), BROKEN, "", RECALIBRATED),
    Case("a translation of the title of a criterion", (("ar: الرافعات}", "ar: الأوناش}"),), CLARIFIED, "", CLARIFIED),
)  # fmt: skip


def shown(change: Change, criterion: str) -> str:
    """A criterion's class, after ``!`` where scores may not be compared."""
    kind = change.criteria.get(criterion, RESTRUCTURED)
    return kind if change.comparable(criterion) else f"!{kind}"


@pytest.mark.parametrize("case", [*WHOLE, *CRITERION, *LANGUAGES], ids=lambda case: case.name)
def test_an_edit_has_a_class(case: Case) -> None:
    change = compare(harbour(), case.new)
    assert shown(change, "cranes") == case.cranes
    assert shown(change, "berths") == case.berths
    assert change.kind == case.whole
    assert bool(change.differences) is bool(case.whole)


def test_each_difference_tells_what_it_bears_on() -> None:
    edits = (("aggregation: gate", "aggregation: median"), ("en: The harbour,", "en: The port,"))
    found = compare(harbour(), Case("", (*edits, ('origins: "2"', 'origins: "3"')), "", "", "").new)
    assert [(d.what, d.bears) for d in found.differences] == [
        ("title", "nothing"),
        ("aggregation", "result"),
        ("own, evidence", "levels"),
    ]


def test_where_it_is_done_without_advisers_bears_on_every_criterion() -> None:
    change = compare(harbour(), replace(harbour(version="2.0"), sustainment="shared"))
    assert (shown(change, "cranes"), shown(change, "berths"), change.kind) == (BROKEN, BROKEN, RECALIBRATED)


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (("none own: none", "none own: asked"), RECALIBRATED),
        (("en: Wanted,", "en: Wished for,"), RECALIBRATED),
        (("en: The lower of two", "en: The lesser of two"), EDITORIAL),
        (("A manual of stores, annex B", "A manual of stores, annex C"), EDITORIAL),
        (("    none none: none\n    none asked: none\n", "    none asked: none\n    none none: none\n"), ""),
        (("note: It counts tanks.", "note: {en: It counts tanks., ar: يعدّ الخزانات.}"), EDITORIAL),
    ],
    ids=["a row", "the label of a result", "its title", "where it stands", "rows in order", "a note"],
)
def test_an_edit_beside_the_criteria_has_a_class(edit: tuple[str, str], kind: str) -> None:
    old, new = (harbour(text, known=base()) for text in (EVERY_ANNEX, edited(EVERY_ANNEX, edit)))
    change = compare(old, new)
    assert change.kind == kind
    assert not any(change.criteria.values())
    assert TABLE in EVERY_ANNEX


@pytest.mark.parametrize(
    ("edits", "cranes", "whole"),
    [
        ((("en: There is a letter.", "en: A letter is there."),), "", EDITORIAL),
        ((("level: asked, holds: [cranes-asked]", "level: none, holds: []"),), BROKEN, RECALIBRATED),
        (
            (("level: asked, holds: [cranes-asked]", "level: none, holds: []"), ("A letter asks for a log of", "Nobody asks for a log of")),
            "",
            EDITORIAL,
        ),
    ],
    ids=["why", "the same situation at another level", "another situation"],
)  # fmt: skip
def test_a_worked_scoring_shows_how_words_are_read(
    edits: tuple[tuple[str, str], ...], cranes: str, whole: str
) -> None:
    change = compare(harbour(HARBOUR + VIGNETTE), harbour(edited_in(VIGNETTE, edits), "2.0"))
    assert (shown(change, "cranes"), change.kind) == (cranes, whole)


def edited_in(part: str, edits: tuple[tuple[str, str], ...]) -> str:
    return HARBOUR + edited(part, *edits)


REWORDED = ("en: A letter asks for a log.", "en: A letter requests a log.")
"""Other words: only their author can say that they mean the same."""
NEGATED = ("en: A letter asks for a log.", "en: No letter asks for a log.")
ALSO_BERTHS = ("en: Pilots fill the log alone.", "en: Pilots write the log alone.")
DOTTED = ("en: A letter asks for a log.", "en: A letter asks for a log")
RELABELLED = ("en: Done alone,", "en: Done by itself,")


def declared(kind: str, criterion: str = "", since: str = "1.0") -> Declared:
    return Declared(since, kind, criterion, {"en": "As the author says."})


DECLARED = {
    "nothing said": ((REWORDED,), (), BROKEN, "", RECALIBRATED),
    "the same meaning, for the whole": ((REWORDED,), (declared(CLARIFIED),), CLARIFIED, "", CLARIFIED),
    "the same meaning, for the criterion": (
        (REWORDED,), (declared(CLARIFIED, "cranes"),), CLARIFIED, "", CLARIFIED,
    ),
    "the same meaning, for another criterion": (
        (REWORDED,), (declared(CLARIFIED, "berths"),), BROKEN, CLARIFIED, RECALIBRATED,
    ),
    "the same meaning, since another version": (
        (REWORDED,), (declared(CLARIFIED, since="0.9"),), BROKEN, "", RECALIBRATED,
    ),
    "milder than the least": ((REWORDED,), (declared(EDITORIAL),), CLARIFIED, "", CLARIFIED),
    "milder than what is certain": ((NEGATED,), (declared(CLARIFIED),), BROKEN, "", RECALIBRATED),
    "stricter, for the whole": ((REWORDED,), (declared(RECALIBRATED),), BROKEN, "", RECALIBRATED),
    "stricter, for a criterion whose words are the same": (
        (), (declared(RECALIBRATED, "cranes"),), BROKEN, "", RECALIBRATED,
    ),
    "stricter, for a criterion that differs in a dot": (
        (DOTTED,), (declared(RECALIBRATED, "cranes"),), BROKEN, "", RECALIBRATED,
    ),
    "stricter, for the whole, than anything that differs": (
        (DOTTED,), (declared(RECALIBRATED),), BROKEN, BROKEN, RECALIBRATED,
    ),
    "stricter, for the whole, where one criterion accounts for it": (
        (NEGATED,), (declared(RECALIBRATED),), BROKEN, "", RECALIBRATED,
    ),
    "for the criterion, instead of what is said of the whole": (
        (REWORDED, ALSO_BERTHS), (declared(RECALIBRATED), declared(CLARIFIED, "cranes")),
        CLARIFIED, BROKEN, RECALIBRATED,
    ),
    "twice, the graver counts": (
        (REWORDED,), (declared(CLARIFIED), declared(RECALIBRATED)), BROKEN, "", RECALIBRATED,
    ),
    "for a criterion, of a label that every criterion has": (
        (RELABELLED,), (declared(CLARIFIED, "cranes"),), BROKEN, BROKEN, RECALIBRATED,
    ),
    "for the whole, of a label": ((RELABELLED,), (declared(CLARIFIED),), CLARIFIED, CLARIFIED, CLARIFIED),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "said", "cranes", "berths", "whole"), DECLARED.values(), ids=DECLARED)
def test_what_an_author_declares_counts_as_far_as_it_can(
    edits: tuple[tuple[str, str], ...], said: tuple[Declared, ...], cranes: str, berths: str, whole: str
) -> None:
    change = compare(harbour(), replace(Case("", edits, "", "", "").new, changes=said))
    assert (shown(change, "cranes"), shown(change, "berths"), change.kind) == (cranes, berths, whole)


@pytest.mark.parametrize(
    ("edits", "said", "understated", "undeclared"),
    [
        ((NEGATED,), (declared(CLARIFIED),), [(CLARIFIED, "cranes", RECALIBRATED)], 0),
        ((NEGATED,), (declared(CLARIFIED, "cranes"),), [(CLARIFIED, "cranes", RECALIBRATED)], 0),
        ((NEGATED,), (declared(CLARIFIED, "berths"),), [], 0),
        ((NEGATED,), (declared(CLARIFIED), declared(RECALIBRATED, "cranes")), [], 0),
        (
            (('sustainment: own', 'sustainment: own'), _label_swap := ("en: Done alone,", "en: Not done alone,")),
            (declared(CLARIFIED, "cranes"),),
            [(CLARIFIED, "", RECALIBRATED)],
            0,
        ),
        ((REWORDED,), (), [], 1),
        ((REWORDED,), (declared(CLARIFIED, "berths"),), [], 1),
        ((("en: The cranes,", "en: The hoists,"),), (), [], 0),
    ],
    ids=[
        "the whole", "the criterion", "another criterion", "the whole but for one", "a label of every criterion",
        "nothing said", "nothing said of this one", "a title breaks no line, so nobody need say anything",
    ],
)  # fmt: skip
def test_what_is_said_too_mildly_and_what_is_not_said_is_told(
    edits: tuple[tuple[str, str], ...],
    said: tuple[Declared, ...],
    understated: list[tuple[str, str, str]],
    undeclared: int,
) -> None:
    change = compare(harbour(), replace(Case("", edits, "", "", "").new, changes=said))
    assert [(one.kind, d.criterion, d.least) for one, d in change.understated] == understated
    assert len(change.undeclared) == undeclared


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("The minister signed it.", "the Minister signed it", True),
        ("a two-year plan", "a two year plan", True),
        ("the ministry\u2019s order", "the ministry's order", True),
        ("the ministers' order", "the minister's order", False),
        ("within 1.5 years", "within 15 years", False),
        ("at least 80 % of posts", "at least 80 of posts", False),
        ("≥ 3 origins", "≤ 3 origins", False),
        ("minutes 10-20", "minutes 10, 20", False),
        ("a change of -5", "a change of 5", False),
        ("resign", "re-sign", False),
        ("دَرَّسَ", "دَرَسَ", False),
        ("caf\u00e9", "cafe\u0301", True),
        ("can\u00adnot", "cannot", True),
    ],
    ids=repr,
)
def test_punctuation_is_no_word_and_a_sign_is_one(before: str, after: str, same: bool) -> None:
    assert same_words(before, after) is same


@pytest.mark.parametrize(
    "after",
    [
        "A letter does not ask for a log.",
        "A letter doesn't ask for a log.",
        "A letter asks for all logs.",
        "A letter asks for 2 logs.",
        "A letter asks for a 2nd log.",
        "A letter asks for a yearly log.",
        "A letter asks for a log or a list.",
        "A letter asks for a log & a list.",
        "A letter must ask for a log.",
        "Two letters ask for a log.",
        "A letter asks for a two-page log.",
        "A letter asks for a log if it is lost.",
    ],
)
def test_a_word_that_decides_cannot_be_declared_away(after: str) -> None:
    new = replace(
        Case("", ((REWORDED[0], f"en: {after!r}"),), "", "", "").new, changes=(declared(EDITORIAL),)
    )
    assert shown(compare(harbour(), new), "cranes") == BROKEN


SCORED = [
    (criterion.id, step.level, number)
    for criterion in harbour().criteria
    for step in criterion.steps
    for number in range(-2, len(step.attributes))
]
"""Every text that a level is judged by: the question (-2), the descriptor (-1), the statements."""
WORD = st.text("abcdefghijklmnopqrstuvwxyzéأبت", min_size=1, max_size=12)


def one_word_changed(place: tuple[str, str, int], language: str, at: int, word: str) -> tuple[Rubric, bool]:
    """The rubric with one word of one scored text changed, and whether it is another word."""
    plain = to_plain(harbour(version="2.0"))
    criterion = next(one for one in plain["criteria"] if one["id"] == place[0])  # type: ignore[attr-defined]
    step = criterion["levels"][place[1]]
    number = place[2]
    text = criterion["question"] if number == -2 else step["descriptor"]
    if number >= 0:
        text = step["attributes"][number]["text"]
    words = text[language].split()
    other = not same_words(words[at % len(words)], word)
    words[at % len(words)] = word
    text[language] = " ".join(words)
    made = from_plain(plain)
    assert made is not None
    return made, other


@given(st.sampled_from(SCORED), st.sampled_from(["en", "ar"]), st.integers(0, 20), WORD)
def test_any_word_changed_in_what_is_scored_is_a_difference_with_a_class(
    place: tuple[str, str, int], language: str, at: int, word: str
) -> None:
    new, other = one_word_changed(place, language, at, word)
    change = compare(harbour(), new)
    if other:
        assert len(change.differences) == 1
        assert change.criteria[place[0]] == RECALIBRATED
        assert change.differences[0].least in (CLARIFIED, RECALIBRATED)
    else:
        assert change.kind in ("", EDITORIAL)


@given(
    st.sampled_from(SCORED),
    st.sampled_from(["en", "ar"]),
    st.integers(0, 20),
    st.one_of(WORD, st.sampled_from(["not", "two", "or", "2", "%"])),
    st.lists(st.tuples(st.sampled_from(CHANGES), st.sampled_from(["", "cranes", "berths"])), max_size=4),
)
def test_no_declaration_makes_a_criterion_milder_than_its_least(
    place: tuple[str, str, int], language: str, at: int, word: str, said: list[tuple[str, str]]
) -> None:
    new, _ = one_word_changed(place, language, at, word)
    change = compare(harbour(), replace(new, changes=tuple(declared(*one) for one in said)))
    for criterion, kind in change.criteria.items():
        least = [d.least for d in change.differences if d.criterion in ("", criterion)]
        assert all(CHANGES.index(one) <= CHANGES.index(kind or EDITORIAL) for one in least)
        assert change.comparable(criterion) is (kind in ("", *COMPARABLE))
    for one in change.differences:
        assert CHANGES.index(one.least) <= CHANGES.index(one.kind)
        assert CHANGES.index(one.kind) <= CHANGES.index(change.kind)


@pytest.mark.parametrize(
    "text", [HARBOUR, HARBOUR + VIGNETTE, EVERY_ANNEX], ids=["plain", "vignette", "annexes"]
)
def test_a_rubric_differs_in_nothing_from_itself(text: str) -> None:
    one = harbour(text, known=base())
    change = compare(one, one)
    assert (change.differences, change.kind, change.undeclared, change.understated) == ((), "", (), ())
    assert all(change.comparable(criterion.id) for criterion in one.criteria)


def leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a nested value where a text stands."""
    if isinstance(value, dict):
        return [leaf for key, below in value.items() for leaf in leaves(below, (*path, key))]
    if isinstance(value, list):
        return [leaf for at, below in enumerate(value) for leaf in leaves(below, (*path, at))]
    return [path]


OWN = ("id", "version", "changes")
"""What a version may say of itself without being another text."""


@pytest.mark.parametrize("text", [HARBOUR + VIGNETTE, EVERY_ANNEX], ids=["vignette", "annexes"])
def test_nothing_that_is_digested_can_change_unseen(text: str) -> None:
    plain = to_plain(harbour(text, known=base()))
    old = from_plain(plain)
    assert old is not None
    unseen = []
    for path in leaves({key: value for key, value in plain.items() if key not in OWN}):
        changed = to_plain(old)
        at: object = changed
        for step in path[:-1]:
            at = at[step]  # type: ignore[index]
        at[path[-1]] = at[path[-1]] + "x"  # type: ignore[index]
        new = from_plain(changed)
        if new is not None and new.digest != old.digest and not compare(old, new).differences:
            unseen.append(path)
    assert unseen == []


TEXT = st.lists(
    st.sampled_from(["the", "order", "was", "signed", "not", "وُقّع", "الأمر", "-", "2"]), max_size=12
)


@given(TEXT, TEXT)
def test_words_side_by_side_give_both_texts_again(before: list[str], after: list[str]) -> None:
    parts = words_changed(" ".join(before), " ".join(after))
    assert " ".join(filter(None, (part[1] for part in parts))) == " ".join(before)
    assert " ".join(filter(None, (part[2] for part in parts))) == " ".join(after)
    assert all((op == "same") is (one == other) for op, one, other in parts)
