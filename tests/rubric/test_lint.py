"""Lint: words that must be found, and sound ones beside them that must not be accused."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

from collections import Counter

import pytest

from measures.finding import CATALOGUE, Finding
from measures.library import rubric_files, table_files
from measures.rubric import lint, parse, parse_rubric, read_document, read_shelf
from measures.rubric.lint import HARDEST, LONGEST_SENTENCE, RULES, readability
from tests.rubric.small import EVERY_ANNEX, SMALL, TANKS, VIGNETTES, edited

Edits = tuple[tuple[str, str], ...]

STATEMENT = "en: The minister has signed the fuel order."
DESCRIPTOR = "en: The minister has signed an order. Advisers sat beside the drafters."
QUESTION = "en: What does the fuel order say?"
LOW, HIGH = "en: A depot chief has asked for a fuel count.", "en: Clerks of the depot have counted its tanks."
"""Two statements, the second a level above the first."""
TOP = "en: The clerks who count stand on the payroll."
EVIDENCE = 'evidence: {origins: "1", kinds: [documentary, physical], grade: C3, first_hand: "no", fresh: "8"}\n      own:\n        descriptor: {en: Clerks'


def linted(text: str) -> list[tuple[str, str]]:
    """Return code of each finding, and the text that stands at its line and column."""
    document, findings = parse(text, "fuel.yaml")
    assert findings == []
    return [(finding.code, standing(text, finding)) for finding in lint(document)]


def standing(text: str, finding: Finding) -> str:
    assert finding.place.line > 0
    assert finding.place.column > 0
    return text.splitlines()[finding.place.line - 1][finding.place.column - 1 :]


def written(text: str) -> str:
    return f'en: "{text}"'


def test_the_small_rubric_is_sound() -> None:
    assert linted(SMALL) == []
    rubric, findings = parse_rubric(SMALL)
    assert rubric is not None
    assert findings == []


WEAK: dict[str, tuple[str, tuple[str, ...]]] = {
    "L002": (DESCRIPTOR, (
        "An order has been signed. Advisers drafted it.",
        "A signed paper is in force. Advisers wrote the text.",
        "In general the records are written. No adviser reads them.",
        "One record has been shown. Advisory help is paid.",
        "The advisory mission has published a report.",
    )),
    "L003": (DESCRIPTOR, (
        "The ministry takes the matter to heart. Advisers encourage it.",
        "Staff know why it matters. Advisers lead.",
        "The minister is behind it, and an adviser works with the office.",
        "Officers take part when advisers are present. On paper the ministry owns the matter.",
    )),
    "L004": (STATEMENT, (
        "Has the minister signed the order?",
        "Does the minister sign the order.",
        "Whether the minister has signed the order.",
        "How fuel orders are signed.",
        "The minister has signed the order",
        "A signed order.",
        "Trained clerks in post.",
        "Signed order in place.",
        "An order of the minister on fuel.",
        "Existence of a signed order.",
        "The extent to which orders are signed is written down.",
        "The level of signature is written down.",
        "The report shows how well clerks count.",
    )),
    "L005": (STATEMENT, (
        "The order is signed and published.",
        "The order is signed; the budget pays.",
        "The order is signed and it is funded.",
        "The order names an office. The office is staffed.",
        "The minister has signed the order, but nobody pays.",
        "The minister approved the order and published it.",
        "The minister wrote the order and signed it.",
        "The minister wrote the order & signed it.",
        "The order is signed/published.",
        "The minister as well as the general staff has signed.",
        "The minister and the chief of staff have signed.",
        "Clerks count the shelves and write the record.",
        "The chief asked for an order and got none.",
        "The order is read out, then filed.",
    )),
    "L006": (STATEMENT, (
        "80 % of the posts are filled.",
        "Sixty per cent of the posts are filled.",
        "Half of the posts are filled.",
        "Half the posts are filled.",
        "Half of the posts this year are filled.",
        "\u00bd of the posts are filled.",
        "Two thirds of the posts are filled.",
        "A quarter of the posts is filled.",
        "Most of the posts are filled.",
        "Most posts are filled.",
        "Ten posts are filled.",
        "Twenty-five posts are filled.",
        "1,200 soldiers have signed for fuel.",
        "2000 soldiers have signed for fuel.",
        "A dozen clerks count the fuel.",
        "Three courses a year are held.",
        "Two posts in the depot were filled in the past year.",
        "Half of the posts are filled, the minister says.",
    )),
    "L007": (DESCRIPTOR, (
        "The minister has signed an order.",
        "The minister has signed an order. Help from outside was at hand.",
        "The minister has signed an order, which was advisable.",
    )),
    "L010": (STATEMENT, (
        "The minister has signed an adequate order.",
        "The minister has signed an ade\u200bquate order.",
        "The minister has signed an \uff41\uff44\uff45\uff51\uff55\uff41\uff54\uff45 order.",
        "The order is clearly written.",
        "The clerks are well-trained.",
        "Many clerks have read the order.",
        "Clerks usually read the order.",
        "The order ensures that fuel is counted.",
        "Fuel is counted as needed.",
        "The order follows best-practice.",
        "The order is fit for purpose.",
        "The fuel office is fully operational.",
    )),
    "L012": (STATEMENT, (
        f"The minister has signed the order that {'a clerk wrote for the office ' * 6}of fuel.",
        "Interdepartmental codification responsibilities notwithstanding, institutionalisation occurred.",
    )),
}  # fmt: skip
"""A sentence in the place of one that was sound: the rule that must speak, alone."""

SOUND: dict[str, tuple[str, tuple[str, ...]]] = {
    "L002": (DESCRIPTOR, (
        "The clerks' own order has been signed. No adviser drafted it.",
        "Inspectors' reports are written. Advisers read them.",
        "Nobody has signed an order. Advisers drafted one.",
        "A non-commissioned officer has signed an order. Advisers drafted it.",
    )),
    "L003": (DESCRIPTOR, (
        "The minister has said so in a speech. Advisers wrote it.",
        "A clerk's fuel-book lies in the depot. Advisers gave it.",
        "Vehicles of the unit stand without fuel. Advisers look on.",
    )),
    "L004": (STATEMENT, (
        "The bureau catalogues the fuel orders.",
        "Staff trained by the ministry hold the posts.",
        "The order ties at least one post to a course.",
        "The fuel plan exists in the language of the troops.",
        "The report says how many posts are vacant.",
        "The order binds units to equality of pay.",
        "Each request carries the number of the order it asks for.",
        "The order names the level of command that signs.",
        "The minister has signed the order (no. 7).",
        "The record says \u2018No.\u2019",
    )),
    "L005": (STATEMENT, (
        "The order names the minister or the general staff.",
        "A commander, depot chief or ministry office has signed the order.",
        "The agreement between the ministry and the general staff is signed.",
        "The order covers the months between April and May.",
        "The training and doctrine command has signed the order.",
        "The order names an office and its duties.",
        "The order (No. 7) names the office.",
        "Order No. Seven names the office.",
        "The law on search and rescue names the fuel office.",
        "The order names related posts and detailed duties.",
    )),
    "L006": (STATEMENT, (
        "The order was issued in two consecutive quarters.",
        "The order was issued in three working weeks.",
        "Complaints are answered within thirty days.",
        "At least one post is filled.",
        "The order follows resolution 1325.",
        "The order follows STANAG 2116.",
        "Chapters 2 and 3 of the order name the duties.",
        "The order of 1 May 2023 is in force.",
        "The order was issued on 30 June.",
        "The order is dated 2021-06-30.",
        "The 2024 budget names the order.",
        "The J5 branch has signed the order.",
        "The 2nd Brigade has signed the order.",
        "The three services have one fuel order.",
        "No two orders disagree.",
        "The two-person rule is in the order.",
        "In at least one quarter of the past year a minister signed the order.",
        "In the first half of the year the minister signed the order.",
        "The most recent order is signed.",
        "An inspector reports the most serious fault.",
        "A case on most serious offences goes to the judge.",
        "At most two weeks pass between request and order.",
        "Half of the posts listed in the establishment are filled, as counted in the payroll.",
        "Half of the posts are filled, the payroll says.",
        "80 % of the posts are filled according to the ministry\u2019s payroll.",
        "A tank drawn by lot from ten of them matches the record.",
    )),
    "L007": (DESCRIPTOR, (
        "The minister has signed an order. No advisor drafted it.",
        "The minister has signed an order. The ADVISERS drafted it.",
        "The minister has signed an order without advisory help.",
    )),
    "L010": (STATEMENT, (
        "The regular army has signed for the fuel.",
        "The good conduct medal is named in the order.",
        "The order names its effective date.",
        "The order says how often goods are counted.",
        "The order has needed no amendment.",
        "The order is filed in the strong room.",
    )),
    "L012": (STATEMENT, (
        f"The minister has signed the order that {'a clerk wrote for us ' * 5}of fuel.",
        "The interdepartmental codification committee has signed the fuel order.",
    )),
}  # fmt: skip
"""A sentence beside the rule that it must not wake, nor any other."""


def of(table: dict[str, tuple[str, tuple[str, ...]]]) -> list[tuple[str, str, str]]:
    return [(code, old, new) for code, (old, sentences) in table.items() for new in sentences]


def name(word: str) -> str:
    return "" if word.startswith("en: ") else word[:60]


@pytest.mark.parametrize(("code", "old", "new"), of(WEAK), ids=name)
def test_a_weak_sentence_is_found_where_it_stands(code: str, old: str, new: str) -> None:
    text = edited(SMALL, (old, written(new)))
    found = linted(text)
    assert [rule for rule, _ in found] == [code]
    assert found[0][1].startswith(written(new))


@pytest.mark.parametrize(("code", "old", "new"), of(SOUND), ids=name)
def test_a_sound_sentence_is_left_alone(code: str, old: str, new: str) -> None:
    assert linted(edited(SMALL, (old, written(new)))) == []


PLANTED: dict[str, tuple[str, Edits, str]] = {
    "one tank, then most of them": ("L001", ((LOW, written("A clerk has counted one tank.")), (HIGH, written("A clerk has counted all tanks."))),
                                    written("A clerk has counted all tanks.")),
    "the plural does not hide it": ("L001", ((LOW, written("One depot has a list.")), (HIGH, written("All the depots have lists."))),
                                    written("All the depots have lists.")),
    "at least one, then more than ten of the": ("L001", ((LOW, written("At least one clerk was named.")), (HIGH, written("Every clerk was named."))),
                                                written("Every clerk was named.")),
    "two levels apart": ("L001", ((LOW, written("One clerk stands on the payroll.")), (TOP, written("All clerks stand on the payroll."))),
                         written("All clerks stand on the payroll.")),
    "descriptors too": ("L001", (("en: A depot chief has asked for a count. Advisers lead the talks.", written("Some clerks count the tanks. Advisers watch.")),
                                 ("en: Clerks have counted the tanks with advisers beside them.", written("All the clerks count the tanks. Advisers watch."))),
                        written("All the clerks count the tanks. Advisers watch.")),
    "a descriptor that is the one below": ("L001", (("en: Clerks have counted the tanks with advisers beside them.", "en: A depot chief has asked for a count. Advisers lead the talks."),),
                                           "en: A depot chief has asked for a count. Advisers lead the talks., ar: جرد"),
    "a share in a descriptor": ("L006", ((DESCRIPTOR, written("Half of the offices have signed the order. Advisers sat beside them.")),), 'en: "Half of'),
    "a share in a question": ("L006", ((QUESTION, written("Do 80 % of the units report?")),), 'en: "Do 80 %'),
    "confirmed by others, from one origin": ("L008", ((EVIDENCE, EVIDENCE.replace("C3", "B1")),), EVIDENCE.splitlines()[0].replace("C3", "B1")),
    "confirmed by others, from one origin in two digits": ("L008", ((EVIDENCE, EVIDENCE.replace("C3", "A1").replace('"1"', '"01"')),), "evidence:"),
    "no Arabic": ("L009", ((", ar: طلب رئيس مستودع جرد الوقود.", ""),), "text: {en: A depot chief"),
    "no English": ("L009", (("{en: The tanks, ar", "{ar"),), "title: {ar: الخزانات}"),
    "no Arabic for what an instrument gave": ("L009", (("{en: It counts shelves., ar: يعدّ الرفوف.}", "It counts shelves."),), "note: It counts"),
    "no Arabic in a vignette": ("L009", ((", ar: لم يطلب أحد.", ""),), "why: {en: Nobody has asked."),
    "English where Arabic belongs": ("L009", (("ar: طلب رئيس مستودع جرد الوقود.", "ar: A depot chief has asked for a fuel count."),), "text: {en: A depot chief"),
    "a vague word in a descriptor": ("L010", ((DESCRIPTOR, written("The minister has signed a robust order. Advisers sat by.")),), 'en: "The minister has signed a robust'),
    "a vague word in a question": ("L010", ((QUESTION, written("How effective is the fuel order?")),), 'en: "How effective'),
    "a judgement for a level": ("L010", (("en: Done alone,", "en: Satisfactory,"),), "en: Satisfactory"),
    "the same statement a level higher": ("L011", ((HIGH, LOW),), LOW + ", ar: جرد"),
    "the same statement in other punctuation": ("L011", ((HIGH, written("A depot chief has asked, for a fuel count.")),), 'en: "A depot chief has asked, for'),
    "the same statement under another criterion": ("L011", ((HIGH, STATEMENT),), STATEMENT + ", ar: جرد"),
    "a bare version": ("L013", (('version: "1.0"\n', "version: 1.0\n"),), "version: 1.0"),
    "a bare version of two digits": ("L013", (('version: "1.0"\n', "version: 1.10\n"),), "version: 1.10"),
    "a bare number in a list of them": ("L013", ((EVIDENCE, EVIDENCE.replace('origins: "1"', "origins: 1")),), "origins: 1"),
    "a bare no": ("L013", ((EVIDENCE, EVIDENCE.replace('"no"', "no")),), "first_hand: no"),
    "a bare No for a text": ("L013", (("en: Nobody has asked., ar: لم يطلب أحد.", "en: No, ar: لم يطلب أحد."),), "en: No, ar"),
    "a bare date": ("L013", (("en: The coast,", "en: 2021-06-30,"),), "en: 2021-06-30"),
    "a bare time of day": ("L013", (("en: The coast,", "en: 12:30,"),), "en: 12:30"),
    "a bare infinity": ("L013", (("en: The coast,", "en: .inf,"),), "en: .inf"),
    "a bare key that is a truth value": ("L013", (("  - id: coast\n", "  - id: coast\n    on: the sea\n"),), "on: the sea"),
    "everything on paper": ("L014", (("aspect: de-facto", "aspect: de-jure"),), "criteria:"),
    "everything in practice": ("L014", (("aspect: de-jure", "aspect: de-facto"),), "criteria:"),
    "no source": ("L015", ((SMALL[SMALL.index("derives_from:") : SMALL.index("validity:")], ""),), "id: fuel"),
    "an empty list of sources": ("L015", ((SMALL[SMALL.index("derives_from:") : SMALL.index("validity:")], "derives_from: []\n"),), "id: fuel"),
    "no vignette": ("L016", ((VIGNETTES, ""),), "id: fuel"),
    "one vignette": ("L016", ((SMALL[SMALL.index("  - id: hills") :], ""),), "vignettes:"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "edits", "at"), PLANTED.values(), ids=PLANTED.keys())
def test_what_is_planted_is_found_where_it_stands(code: str, edits: Edits, at: str) -> None:
    found = linted(edited(SMALL, *edits))
    assert [rule for rule, _ in found] == [code]
    assert found[0][1].startswith(at)


NEAR: dict[str, tuple[str, Edits]] = {
    "none of them, then every one": ("L001", ((LOW, written("No clerk has a list.")), (HIGH, written("Every clerk has a list.")))),
    "somebody else does it": ("L001", ((LOW, written("One adviser has counted the tanks.")), (HIGH, written("All clerks have counted the tanks.")))),
    "it is done again": ("L001", ((LOW, written("A clerk counted in one quarter.")), (HIGH, written("A clerk counted in two consecutive quarters.")))),
    "of one, then of all of another criterion": ("L001", ((STATEMENT, written("One clerk has counted the tanks.")), (HIGH, written("All clerks have counted the tanks.")))),
    "confirmed by others, from two origins": ("L008", ((EVIDENCE, EVIDENCE.replace("C3", "B1").replace('origins: "1"', 'origins: "2"')),)),
    "confirmed by others, from eleven": ("L008", ((EVIDENCE, EVIDENCE.replace("C3", "B1").replace('origins: "1"', 'origins: "11"')),)),
    "probably true, from one origin": ("L008", ((EVIDENCE, EVIDENCE.replace("C3", "C2")),)),
    "the title of an instrument in its own language": ("L009", (('title: "Handbook of stores"', 'title: "Manuel des dépôts"'),)),
    "a name that stays a name": ("L009", (("{en: The tanks, ar: الخزانات}", "{en: STANAG 2116, ar: STANAG 2116}"),)),
    "the same statement denied": ("L011", ((HIGH, written("No depot chief has asked for a fuel count.")),)),
    "the same words in another order": ("L011", ((HIGH, written("A chief depot has asked for a fuel count.")),)),
    "Yes in quotes": ("L013", (("en: Nobody has asked., ar: لم يطلب أحد.", 'en: "Yes", ar: لم يطلب أحد.'),)),
    "a date in quotes": ("L013", (("en: The coast,", 'en: "2021-06-30",'),)),
    "a version of three parts": ("L013", (('version: "1.0"\n', "version: 1.0.1\n"),)),
    "a month": ("L013", (('version: "1.0"\n', "version: 2024-06\n"),)),
    "a date within a text": ("L013", (("en: The coast,", "en: The coast on 2021-06-30,"),)),
    "no as a word among others": ("L013", (("en: The coast,", "en: No coast,"),)),
    "the second criterion is the one on paper": ("L014", (("aspect: de-jure", "aspect: de-x"), ("aspect: de-facto", "aspect: de-jure"), ("aspect: de-x", "aspect: de-facto"))),
    "an aspect misspelt": ("L014", (("aspect: de-facto", "aspect: defacto"),)),
    "one source": ("L015", (("A stores office", "An office of stores"),)),
    "a source more": ("L015", (("derives_from:\n", 'derives_from:\n  - {title: "T", publisher: "P", note: {en: Taken., ar: أُخذ.}}\n'),)),
    "two vignettes": ("L016", (("id: hills", "id: plain"),)),
    "three vignettes": ("L016", (("vignettes:\n", "vignettes:\n  - {id: plain}\n"),)),
}  # fmt: skip


@pytest.mark.parametrize(("code", "edits"), NEAR.values(), ids=NEAR.keys())
def test_a_near_miss_is_left_alone(code: str, edits: Edits) -> None:
    assert linted(edited(SMALL, *edits)) == []


def test_an_extension_need_not_say_what_its_base_says() -> None:
    """Sources, vignettes and both aspects may stand in the base alone."""
    only = EVERY_ANNEX[: EVERY_ANNEX.index("title:")] + "criteria:\n" + TANKS
    assert linted(only) == []


def test_no_rule_is_without_two_cases_of_each_kind() -> None:
    codes = {code for code in CATALOGUE if code.startswith("L")}
    assert len(codes) == len(RULES)
    planted = Counter([code for code, _, _ in of(WEAK)] + [code for code, _, _ in PLANTED.values()])
    near = Counter([code for code, _, _ in of(SOUND)] + [code for code, _ in NEAR.values()])
    assert {code for code in codes if planted[code] < 2} == set()
    assert {code for code in codes if near[code] < 2} == set()


def test_levels_are_compared_in_the_order_of_the_ladder_however_they_are_written() -> None:
    text = edited(
        SMALL,
        (LOW, written("A clerk has counted one tank.")),
        (HIGH, written("A clerk has counted all tanks.")),
    )
    document, _ = parse(text, "fuel.yaml")
    for criterion in document.value["criteria"]:
        criterion["levels"] = dict(reversed(criterion["levels"].items()))
    assert [finding.message for finding in lint(document)] == [
        "Level 'shared' of 'tanks' differs from 'asked' only in how much or how often."
    ]


@pytest.mark.parametrize(
    "text", ["- a list\n", "a text\n", "", "id: [\n", "criteria: none\nlevels: {own: Alone}\n"]
)
def test_what_is_no_rubric_has_no_words_to_mend(text: str) -> None:
    """The reader refuses it; what lint would still say is that nothing stands in it."""
    assert {finding.code for finding in lint(parse(text, "fuel.yaml")[0])} <= {"L015", "L016"}


def test_every_vague_word_of_a_text_is_named_at_once() -> None:
    text = edited(SMALL, (STATEMENT, written("The minister has signed a good, sound and timely order.")))
    document, _ = parse(text, "fuel.yaml")
    assert [finding.message.split("'")[1] for finding in lint(document)] == ["good", "sound", "timely"]


def test_a_long_sentence_is_one_longer_than_the_limit() -> None:
    just = (
        "The minister has signed "
        + "an order " * ((LONGEST_SENTENCE - 4) // 2)
        + "x"[: (LONGEST_SENTENCE - 4) % 2]
    )
    assert len(just.split()) == LONGEST_SENTENCE
    assert linted(edited(SMALL, (STATEMENT, written(just + ".")))) == []
    assert [code for code, _ in linted(edited(SMALL, (STATEMENT, written(just + " x."))))] == ["L012"]


def test_readability_is_that_of_its_source() -> None:
    """Automated Readability Index: 4.71 letters a word, half the words a sentence, less 21.43."""
    assert readability("The cat sat. The dog ran.") == pytest.approx(4.71 * 18 / 6 + 0.5 * 3 - 21.43)
    assert readability("") == 0
    assert readability("Institutional interoperability notwithstanding.") > HARDEST


FUNDED = "ar: ترصد موازنة الوزارة مالاً للوقود.}, sustains: funded}"
SUSTAINED = TANKS[TANKS.index("          - {id: tanks-staffed") : TANKS.rindex("        advisers: none")]
ASKED = TANKS[TANKS.index("        advisers: leading\n") : TANKS.index(" have counted the tanks with")]
ALONE = SMALL[SMALL.index("        advisers: none\n") : SMALL.index("    title: {en: The tanks")]
LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
LADDER = "".join(f"  - {{id: l{number}, label: {{en: L}}}}\n" for number in range(9_000))

READ: dict[str, tuple[Edits, list[tuple[str, str]]]] = {
    "nobody pays": (((FUNDED, FUNDED.replace(", sustains: funded", "")),), [("R004", "attributes:")]),
    "nobody staffs, pays or repeats": (((SUSTAINED, "          - {id: tanks-done, text: {en: It is done.}}\n"), ("tanks-staffed, tanks-funded, tanks-repeated]", "tanks-done]")),
                                       [("R004", "attributes:")]),
    "how far it leans on advisers left out": (((ASKED, ASKED.replace("        advisers: leading\n", "")),), [("S008", "asked:")]),
    "advisers above the gate": (((ALONE, ALONE.replace("advisers: none", "advisers: on-request")),), [("R005", "advisers: on-request")]),
    "less evidence for more": (((EVIDENCE, EVIDENCE.replace("C3", "E3")),), [("R006", "evidence:")]),
    "an unknown key": ((("vignettes:", "vignets:"),), [("S009", "vignets:")]),
    "an unknown key in a criterion": ((("aspect: de-jure", "aspects: de-jure"),), [("S009", "aspects:"), ("S008", "id: order")]),
    "a weight": ((("aspect: de-jure\n", 'aspect: de-jure\n    weight: "3"\n'),), [("R014", "weight:")]),
    "No where yes or no is asked": (((EVIDENCE, EVIDENCE.replace('"no"', "No")),), [("S004", "first_hand: No")]),
    "a tab": ((("validity:", "\tvalidity:"),), [("F004", "\tvalidity:")]),
    "an anchor": (((EVIDENCE, EVIDENCE.replace("[documentary", "&kinds [documentary")),), [("F006", "&kinds")]),
    "an alias": (((EVIDENCE, EVIDENCE.replace("[documentary, physical]", "*kinds")),), [("F006", "*kinds")]),
    "a key twice": ((("validity:", "version:"),), [("F005", "version: \"4\"")]),
    "a level twice": (((EVIDENCE, EVIDENCE.replace("      own:", "      asked:")),), [("F005", "asked:")]),
    "two documents": ((("validity:", "---\nvalidity:"),), [("F004", "---")]),
    "text that runs backwards": ((("en: The coast,", 'en: "The \\u202ecoast",'),), [("S012", '"The \\u202ecoast"')]),
    "a billion laughs": ((("validity:", LAUGHS + "validity:"),), [("F006", "&a [x, x]")]),
    "brackets without end": ((("validity:", f"x: {'[' * 90_000}\nvalidity:"),), [("F007", "[" * 10)]),
    "a ladder without end": ((("criteria:\n", LADDER + "criteria:\n"),), [("S010", "{id: l16,")]),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), READ.values(), ids=READ.keys())
def test_what_the_reader_catches_is_found_where_it_stands(
    edits: Edits, expected: list[tuple[str, str]]
) -> None:
    text = edited(SMALL, *edits)
    rubric, findings = parse_rubric(text)
    assert rubric is None
    found = [finding for finding in findings if finding.code != "R002"]
    assert [finding.code for finding in found] == [code for code, _ in expected]
    for finding, (_, at) in zip(found, expected, strict=True):
        assert standing(text, finding).startswith(at)


def test_a_near_key_is_offered() -> None:
    _, findings = parse_rubric(edited(SMALL, ("vignettes:", "vignets:")))
    assert findings[0].message == "a rubric has no key 'vignets'. Did you mean 'vignettes'?"


def test_a_text_is_a_text_without_quotes_too() -> None:
    rubric, findings = parse_rubric(edited(SMALL, ('version: "1.0"\n', "version: 1.10\n")))
    assert findings == []
    assert rubric is not None
    assert rubric.version == "1.10"


def test_the_shelf_reads_and_lints_silent() -> None:
    """Names the file, line and finding of whatever is wrong."""
    found = list(read_shelf(rubric_files(), table_files()).findings)
    for path in rubric_files():
        found += lint(read_document(path, f"rubrics/{path.name}")[0])
    assert [f"{finding.place} {finding.code} {finding.message}" for finding in found] == []
