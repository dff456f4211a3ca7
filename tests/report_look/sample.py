# ruff: noqa: E501 - the prose of a made-up report reads better whole
"""Reports made up for looking at pages: a full one, one where nothing is known, one right to left."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from measures.report.charts import step_line
from measures.report.model import (
    Cell,
    Claim,
    ClaimRow,
    Cover,
    CriterionBlock,
    EvidenceRow,
    HealthLine,
    Item,
    Lanes,
    Mark,
    MilestonePage,
    ObjectiveRow,
    OverviewRow,
    Owned,
    Paragraph,
    QuarterPage,
    Ref,
    Report,
    Rung,
    State,
)

LABELS = (
    ("none", "None of it"),
    ("voiced", "Need voiced"),
    ("agreed", "Agreed"),
    ("working", "Working with advisers"),
    ("self-run", "Run by the ministry itself"),
    ("embedded", "Felt in results"),
)
SECTIONS = ("quarter", "overview", "milestones", "ambition", "evidence", "method", "health", "claims")
QUARTERS = tuple(f"{year}Q{quarter}" for year in range(2018, 2024) for quarter in range(1, 5))[2:19]
NOW = QUARTERS[-1]

_TOPICS = (
    (
        "defence-planning",
        "Defence planning",
        "The ministry plans its forces itself and money follows the plan",
    ),
    ("human-resources", "Human resource management", "The ministry manages its people by rule and by record"),
    ("doctrine", "Doctrine", "The ministry writes and uses its own doctrine"),
    ("logistics", "Logistics and codification", "Supply items are codified and the codes are used in supply"),
    ("military-education", "Military education", "The university renews what and how its colleges teach"),
    ("building-integrity", "Building integrity", "The ministry teaches integrity itself and audits itself"),
    ("cyber-defence", "Cyber defence", "A cyber body with a mandate handles incidents"),
    ("advisory-relationship", "Advisory relationship", "The plan is agreed and the partner leads it"),
)
_CRITERIA = (
    ("The mandate to plan", "on paper"),
    ("The planning process", "in practice"),
    ("Staff who plan", "in practice"),
    ("The plan drives the money", "in practice"),
)
_SEEN = (
    "The order of March 2020 names a planning directorate and gives it the task, and two minutes of the planning board show it used.",
    "A second round of the process was held in the quarter; the calendar for it was set by the directorate and advisers sat beside it.",
    "The budget circular for the coming year refers to the plan by title, but the tables that would carry its costs were not annexed.",
    "One source puts the strength of the cell at twelve posts and another at seven, and neither says how many of them were filled.",
)
_WHY_NOT = (
    "The next level is not held because nobody outside the mission has described the cell working on its own.",
    "Nothing shows that the posts are paid from the ministry's own budget, so the next level stays closed.",
    "Why not higher: the only account of a cycle run without advisers is the mission's own, and it rests on one visit.",
)
_DESCRIPTOR = "A signed order names who plans, by which steps and by when; the order is on file and the office named in it knows of it."
_NEXT = "The process has been run at least once from guidance to a costed list, with advisers helping, and its papers can be shown."


class Writer:
    """Numbers claims in the order they are made."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self._numbers = count(1)

    def say(self, text: str, *basis: Ref) -> Claim:
        number = next(self._numbers)
        basis = basis or (
            Ref("assessment", f"A-{number:04d}"),
            evidence_ref(number),
            evidence_ref(number * 7),
        )
        claim = Claim(number, f"{NOW}-{number * 2654435761 % 2**32:08x}", text, basis)
        self.claims.append(claim)
        return claim


def evidence_ref(number: int) -> Ref:
    item = f"EV-{number % 60 + 1:03d}"
    return Ref("evidence", item, f"evidence-{item}")


def marks(kind: int) -> tuple[Mark, ...]:
    """Seventeen quarters of one of five histories."""
    histories: dict[int, str] = {
        0: "..nn1122xxx22333+",  # rises, a gap, claimed above at the end
        1: "nn0011xxxx11ii222",
        2: "..----xxxxxiiinnn",
        3: "....22221111xxxxx",
        4: "..001122--xx33332",
    }
    out = []
    before: int | None = None
    for place, sign in enumerate(histories[kind % 5]):
        states: dict[str, State] = {
            ".": "not-owed",
            "n": "no-entry",
            "x": "not-observed",
            "i": "insufficient-evidence",
            "-": "not-applicable",
        }
        if sign in states:
            out.append(Mark(QUARTERS[place], states[sign], None, None, "access" if sign == "x" else ""))
            continue
        rung = 3 if sign == "+" else int(sign)
        cause = "" if before in (None, rung) else ("performance" if place % 2 else "knowledge")
        claimed = rung + 1 if sign == "+" or (kind == 0 and place > 13) else None
        out.append(Mark(QUARTERS[place], "level", rung, claimed, cause))
        before = rung
    return tuple(out)


def block(writer: Writer, milestone: str, place: int, kind: int, long: bool) -> CriterionBlock:
    trend = marks(kind)
    last = trend[-1]
    known = [mark for mark in trend[:-1] if mark.rung is not None]
    before = known[-1] if known else None
    title, aspect = _CRITERIA[place]
    words = {
        "not-observed": "Not observed: access",
        "insufficient-evidence": "Evidence does not decide",
        "no-entry": "No entry",
    }
    rungs = tuple(
        Rung(n, label, n == last.rung, n == last.claimed, before is not None and n == before.rung,
             before.period if before else "", n == 4)
        for n, (_, label) in enumerate(LABELS)
    )  # fmt: skip
    level = last.rung is not None
    sentences = [writer.say(_SEEN[(kind + place) % 4])]
    if long:
        sentences.append(writer.say(_SEEN[(kind + place + 1) % 4]))
    sentences.append(writer.say(_WHY_NOT[(kind + place) % 3]))
    finding = f"{title}: {LABELS[last.rung][1] if last.rung is not None else words[last.state]} in {NOW}."
    return CriterionBlock(
        id=f"{milestone}-{place}",
        title=title,
        aspect=aspect,
        state=last.state,
        verdict=LABELS[last.rung][1] if last.rung is not None else words[last.state],
        support=f"Claimed: {LABELS[last.claimed][1]}. The evidence supports: {LABELS[last.rung or 0][1]}."
        if last.claimed
        else "",
        confidence="moderate confidence" if level else "",
        rungs=rungs if known or level else (),
        descriptor=_DESCRIPTOR if level else "",
        next_label=LABELS[(last.rung or 0) + 1][1] if level else "",
        next_descriptor=_NEXT if level else "",
        trend=trend,
        trend_svg=step_line(trend, [label for _, label in LABELS], title=finding),
        sentences=tuple(sentences),
        anchor=f"criterion-{milestone}-{place}",
    )


def milestone(writer: Writer, place: int, kinds: tuple[int, ...]) -> MilestonePage:
    _, name, title = _TOPICS[place]
    key = f"M-{place + 1:02d}"
    known = any(marks(kind)[-1].rung is not None for kind in kinds)
    return MilestonePage(
        id=key,
        anchor=f"milestone-{key}",
        title=title,
        headline="The mandate is signed and used; the money does not follow yet"
        if known
        else "Nobody could look this quarter",
        objective="O-03 A planning process that the ministry owns and that leads to a costed list",
        rubric=f"{name} 1.0",
        target="Run by the ministry itself",
        due="2023Q2",
        result="Between Agreed and Run by the ministry itself" if known else "Not known",
        narrative=(
            (
                writer.say(
                    f"On {name.lower()} the ministry holds what it had and has added a second round of the process."
                ),
                writer.say(
                    "The rise on paper is new; in practice the same four people carry the work, and two of them leave in the summer."
                ),
            ),
            (
                writer.say(
                    "The mission calls the process established; two outside accounts describe it as held up by advisers."
                ),
            ),
        )
        if known
        else (
            (
                writer.say(
                    "The compound was closed to visitors for the whole quarter and no document has come out of it."
                ),
            ),
        ),
        criteria=tuple(block(writer, key, n, kind, long=n % 2 == 0) for n, kind in enumerate(kinds)),
        position=(
            writer.say(
                "The planning directorate asked for this in 2018 and said so again in February.",
                Ref("position", "PO-004"),
            ),
            writer.say("The minister contested the timetable in December.", Ref("position", "PO-009")),
        ),
        promises=(
            writer.say(
                "The directorate promised a signed order on career posts by 2021-05; it is overdue.",
                Ref("promise", "P-01"),
            ),
        )
        if place % 2 == 0
        else (),
        sustainment=(
            writer.say(
                "Nobody has said who will staff and pay for it once advisers leave.", Ref("milestone", key)
            ),
        ),
        first_trend_period=QUARTERS[0],
        last_trend_period=NOW,
    )


def overview_row(page: MilestonePage) -> OverviewRow:
    cells = []
    for criterion in page.criteria:
        last, before = criterion.trend[-1], criterion.trend[-2]
        step = last.rung - before.rung if last.rung is not None and before.rung is not None else None
        cells.append(Cell(criterion.title, last.state, criterion.verdict, last.rung, last.claimed, 5, step))
    return OverviewRow(
        page.id, page.anchor, page.title, tuple(cells), page.result, "the partner asked for it"
    )


def owned(writer: Writer) -> Owned:
    return Owned(
        signs=(
            writer.say(
                "Of 15 objectives pursued none was proposed by the partner alone, seven together with it."
            ),
        ),
        shares=(writer.say("Of eight milestones one stems from a document of the partner (M-07)."),),
        waits=(
            writer.say("Where it contests or refuses, the middle wait for a meeting was at least 71 days."),
        ),
        parting=(
            writer.say("O-08, O-10 and O-11 were announced, and no agreement of the partner is on record."),
        ),
        changed=(writer.say("No change of a target is on record."),),
        moving=(writer.say("The partner demands or accepts 13 of 15 objectives pursued."),),
        rows=(
            ("Demanded or accepted", (("O-04", "O-08"), (), ("O-03", "O-12", "O-16", "O-20"))),
            ("Contested or refused", ((), ("O-11",), ())),
        ),
    )


def objective(number: int) -> ObjectiveRow:
    position = ("demanded", "accepted", "contested", "refused", "unknown")[min((number - 1) // 5, 4)]
    key = f"O-{number:02d}"
    return ObjectiveRow(
        id=key,
        anchor=f"objective-{key}",
        title="A single command for the joint operations of army, air and police forces in the provinces"
        if number % 3
        else "Career posts for planners",
        proposed_by="NATO headquarters, Ministry of Defence",
        position=position,
        disposition=("active", "deferred", "abandoned")[number % 3],
        reason="The partner did not want it, and nobody else could carry it." if number % 3 else "",
        stances=()
        if position == "unknown"
        else (
            ("Minister of Defence", (("2020-12", "refused"), ("2021-02", "contested"))),
            ("Planning directorate of the defence staff", (("2018-11", position),)),
        ),
        milestones=(f"M-{number % 8 + 1:02d}",) if number % 2 else (),
        facts=("Announced 2021-02-18 by NATO headquarters", "Agreed 2022-06 by the Minister of Defence")
        if number % 4 == 0
        else (),
    )


def evidence(claims: list[Claim]) -> tuple[EvidenceRow, ...]:
    rows = []
    for number in range(1, 61):
        key = f"EV-{number:03d}"
        cited = tuple(claim for claim in claims if any(ref.id == key for ref in claim.basis))
        rows.append(
            EvidenceRow(
                id=key,
                anchor=f"evidence-{key}",
                title=(
                    "Report to the legislature on the training of partner forces",
                    "Press statement after the visit",
                    "Minutes of the planning board",
                )[number % 3],
                publisher=(
                    "Office of the Lead Inspector General",
                    "Ministry of Defence",
                    "North Atlantic Treaty Organization",
                )[number % 3],
                url=f"https://example.org/library/2021/quarterly-report-to-the-legislature-{number}.pdf"
                if number % 2
                else "",
                kind=("documentary", "testimonial", "analytical")[number % 3],
                origin=("inspector general", "ministry spokesman", "mission")[number % 3],
                covers="2020-10/2020-12",
                grade=("B2", "C3", "A1", "F6")[number % 4],
                grade_words=(
                    "usually reliable, probably true",
                    "fairly reliable, possibly true",
                    "completely reliable, confirmed",
                    "cannot be judged",
                )[number % 4],
                summary="It counts the rounds of the process that were held, names the office that held them and says who paid for the room.",
                custody="held elsewhere: the publisher",
                claims=cited,
            )
        )
    return tuple(rows)


HEALTH = (
    HealthLine("Not approved", 31, 31, "scores of the quarter", "Nobody but the assessor has put a name to them.", ()),
    HealthLine("Claimed above what is supported", 3, 12, "levels of the quarter", "The claim stands beside the evidence; a moderator has not settled it.",
               (("M-01 The planning process", "criterion-M-01-1"), ("M-03 The mandate to plan", "criterion-M-03-0"))),
    HealthLine("Resting on one origin", 5, 12, "levels of the quarter", "Two pages that reprint one release are one origin.", (("M-05 Staff who plan", "criterion-M-05-2"),)),
    HealthLine("Owed and not entered", 4, 31, "scores of the quarter", "The quarter was in scope and nobody wrote a line.", ()),
    HealthLine("Older than the rubric allows", 2, 31, "scores of the quarter", "Shown as last seen, never as current.", ()),
    HealthLine("Moved without a cause", 0, 2, "movements of the quarter", "A movement that nothing explains is a finding, never progress.", ()),
    HealthLine("Pursued without demand", 4, 24, "objectives", "Nobody on the partner's side is on record as wanting it.", ()),
)  # fmt: skip

METHOD = (
    "Each milestone is scored each quarter on the criteria of a published rubric. A level holds only when every attribute of it, and of every level below it, holds.",
    "The assessor claims a level. What the evidence supports is worked out from the citations: how many independent origins, of which kinds, how well graded, how fresh. Where the claim is higher, both are printed.",
    "Not observed, evidence that does not decide, and no entry are three different things, and none of them is a zero. A milestone with one of them has a range for a result.",
    "Levels are words in an order, not numbers. Nothing here is averaged, and nothing is added up across milestones except counts.",
    "Every movement carries its cause. New knowledge about an old state is not progress, nor is a new assessor.",
)  # fmt: skip


def full() -> Report:
    """Eight milestones in mixed states, twenty-four objectives, sixty items of evidence."""
    writer = Writer()
    kinds = (
        (0, 1, 4, 0),
        (1, 3, 2, 2),
        (0, 4, 1),
        (4, 3, 2),
        (2, 1, 2, 3),
        (2, 2, 2),
        (2, 3, 2),
        (1, 0, 4, 3),
    )
    quarter = _quarter(writer)
    pages = tuple(milestone(writer, place, kind) for place, kind in enumerate(kinds))
    ambition = (
        writer.say("Of twenty-four objectives the partner is on record as asking for five."),
        writer.say("Four were pursued without any sign that anybody wanted them."),
    )
    objectives = tuple(objective(number) for number in range(1, 25))
    own = owned(writer)
    return replace(_report(writer, quarter, pages, ambition, objectives), owned=own)


def unknown() -> Report:
    """Two milestones, and nobody could look."""
    writer = Writer()
    quarter = QuarterPage(
        "Nothing could be seen this quarter", (writer.say("Both compounds were closed."),), (), (), (), ()
    )
    pages = tuple(milestone(writer, place, (2, 2, 2)) for place in range(2))
    return replace(_report(writer, quarter, pages, (), ()), evidence=evidence(writer.claims))


def arabic() -> Report:
    """The short report with Arabic sentences, from right to left."""
    report = unknown()
    words = "لم يتمكن أحد من الوصول إلى المقر خلال الربع 2022Q3، ولم تصل أي وثيقة."
    claims = {claim.number: replace(claim, text=words) for claim in (row.claim for row in report.claims)}

    def said(paragraph: Paragraph) -> Paragraph:
        return tuple(claims[claim.number] for claim in paragraph)

    pages = tuple(
        replace(
            page,
            title="تخطط الوزارة لقواتها بنفسها",
            headline="لم يتمكن أحد من النظر هذا الربع",
            narrative=tuple(said(paragraph) for paragraph in page.narrative),
            position=said(page.position),
            sustainment=said(page.sustainment),
            promises=said(page.promises),
            criteria=tuple(
                replace(item, title="عملية التخطيط", verdict="لم يُلاحظ", sentences=said(item.sentences))
                for item in page.criteria
            ),
        )
        for page in report.milestones
    )
    cover = replace(
        report.cover, mission="بعثة الناتو", partner="وزارة الدفاع", period_words="الربع الثالث من عام 2022"
    )
    quarter = replace(
        report.quarter,
        headline="لم يكن بالإمكان رؤية شيء هذا الربع",
        standfirst=said(report.quarter.standfirst),
    )
    return replace(
        report,
        direction="rtl",
        cover=cover,
        quarter=quarter,
        milestones=pages,
        overview=(Lanes(tuple(label for _, label in LABELS), tuple(map(overview_row, pages))),),
    )


def _quarter(writer: Writer) -> QuarterPage:
    def item(text: str, tag: str, anchor: str) -> Item:
        return Item(writer.say(text), tag, anchor)

    return QuarterPage(
        headline="The mandate to plan is signed; nothing else that was known has moved",
        standfirst=(
            writer.say("Of thirty-one criteria, two moved, ten held and nineteen cannot be placed."),
            writer.say(
                "The rise is on paper, the fall is in practice, and the ministry has asked for a date by which advisers leave."
            ),
        ),
        moved=(
            item(
                "The mandate to plan rose from Agreed to Working with advisers, because a second round was held in the quarter.",
                "up",
                "milestone-M-01",
            ),
            item(
                "Staff who plan fell by one rung: three of the twelve posts were moved to another directorate.",
                "down",
                "milestone-M-01",
            ),
            item(
                "The writing of doctrine is placed one rung higher than last quarter because of a document from 2019 that was only now seen.",
                "knowledge",
                "milestone-M-03",
            ),
        ),
        held=(
            item(
                "The plan drives the money: no table of costs was annexed to the budget circular for the third year.",
                "agreed",
                "milestone-M-01",
            ),
            item(
                "Career records stay where they were; the register of persons was announced again and not shown.",
                "need voiced",
                "milestone-M-02",
            ),
            item(
                "The codification bureau has no staff that anybody has counted.", "agreed", "milestone-M-04"
            ),
            item(
                "The partner leads the yearly review, as it has since last autumn.",
                "run by the ministry itself",
                "milestone-M-08",
            ),
        ),
        unknown=(
            item(
                "Nobody could visit the university or its colleges; eleven criteria of three milestones were not observed.",
                "access",
                "milestone-M-05",
            ),
            item(
                "Two accounts of the payroll disagree and neither can be checked.",
                "does not decide",
                "milestone-M-02",
            ),
            item(
                "No entry was written on cyber incidents, for the third quarter running.",
                "no entry",
                "milestone-M-07",
            ),
            item("And 6 more, on the milestone pages.", "", "milestones"),
        ),
        decide=(
            item(
                "Whether to go on pursuing the two mergers that the minister has refused twice.",
                "refused",
                "objective-O-16",
            ),
            item(
                "Whether the claim on the planning process may stand above its evidence; a moderator is needed.",
                "claimed above",
                "criterion-M-01-1",
            ),
            item(
                "What to do about the promise of career posts, due in May and not kept.",
                "overdue",
                "milestone-M-01",
            ),
        ),
    )


def _report(
    writer: Writer,
    quarter: QuarterPage,
    pages: tuple[MilestonePage, ...],
    ambition: Paragraph,
    objectives: tuple[ObjectiveRow, ...],
) -> Report:
    cover = Cover(
        mission="Advisory Mission Example",
        partner="Ministry of Defence of the partner nation",
        edition="Headquarters edition",
        period=NOW,
        period_words="Third quarter of 2022",
        notice="A demonstration. The project scored this mission from public sources alone, years afterwards and from outside. Nobody of the mission or the ministry took part, checked it or agreed to it. It shows how the product treats thin and contested evidence; it judges no person and no institution.",
        marking="mission",
        head_size=412,
        head_digest="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        checkpoint=("measures/example", "412", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="),
        signed=False,
        approved="Nobody has approved this edition.",
        software="measures 0.1.0",
    )
    claims = tuple(ClaimRow(claim, claim.basis, claim.id[-8:] * 8) for claim in writer.claims)
    return Report(
        language="en",
        direction="ltr",
        title=f"{cover.mission}, {cover.period_words}: {cover.edition}",
        cover=cover,
        quarter=quarter,
        overview=(Lanes(tuple(label for _, label in LABELS), tuple(map(overview_row, pages))),),
        milestones=pages,
        objectives=objectives,
        ambition=ambition,
        evidence=evidence(writer.claims),
        agreement=(),
        health=HEALTH if len(pages) == 8 else HEALTH[:1],
        method=METHOD,
        claims=claims,
        sections=SECTIONS,
    )


def crowded() -> Report:
    """The full report with six long items under every heading of the first page."""
    report = full()
    text = "The directorate rose from Agreed to Working with advisers because a second round of it was held in the quarter and its papers were shown."
    item = replace(report.quarter.moved[0], claim=replace(report.quarter.moved[0].claim, text=text))
    items = (item,) * 6
    return replace(
        report, quarter=replace(report.quarter, moved=items, held=items, unknown=items, decide=items)
    )
