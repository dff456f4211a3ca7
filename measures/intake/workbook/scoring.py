"""The sheets where levels are chosen: their rows, what appears as a choice is made, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from measures.intake.workbook.choices import ONE_OF, SEVERAL_OF, Choices
from measures.intake.workbook.frame import above, at, page, prompt, reading, under
from measures.intake.workbook.given import Given, Owner, Question, rubrics_of
from measures.intake.workbook.layout import CITATIONS, EVIDENCE, FIRST_ROW, HEADER_ROW, SCORES, TEXTS, Sheet
from measures.intake.workbook.pages import (
    Alert,
    Area,
    Content,
    Formula,
    Line,
    Page,
    Rule,
    height,
    on_sheet,
    quoted,
)
from measures.intake.workbook.words import Words
from measures.records.tables import COMPONENTS, NON_SCORES, RATIONALE_LEAST, WHY_NOT_LEAST
from measures.rubric import Rubric, said

BELOW, TOP, NO = "below", "top", "no"
"""Kinds of a score: a level with one above it, the highest level, none."""

Places = Mapping[str, int]
"""Row on the sheet of texts, by what is chosen."""

TEXT_NAMES = ("texts_key", "texts_level", "texts_next", "texts_kind")
_CONCERNS = (COMPONENTS[0], COMPONENTS[-1])


def texts(questions: Sequence[Question], words: Words, language: str) -> Page:
    """Return the hidden sheet with what each choice means, a row for each."""
    lines = []
    done: set[str] = set()
    for question in questions:
        prefix = _prefix(question)
        if prefix in done:
            continue
        done.add(prefix)
        for step in question.criterion.steps:
            kind, level, following = meaning(question, step.level, words, language)
            lines.append(Line((f"{prefix}{step.level}", level, following, kind), ("",) * 4))
    for word, text in words.choices["means"].items():
        lines += [Line((f"|{name}", text, "", NO), ("",) * 4) for name in _spoken(word, words)]
    return Page(TEXTS, (), tuple(lines), hidden=True)


def text_places(page_: Page) -> dict[str, int]:
    """Return the row of each choice on the sheet of texts."""
    return {str(line.cells[0]): row for row, line in enumerate(page_.lines, start=1)}


def text_names(page_: Page) -> dict[str, str]:
    """Return the defined names of the columns of the texts."""
    return {
        name: on_sheet(TEXTS, Area(1, column, len(page_.lines), column).absolute)
        for column, name in enumerate(TEXT_NAMES, start=1)
    }


def meaning(question: Question, score: str, words: Words, language: str) -> tuple[str, str, str]:
    """Return the kind of a score, what it means and what the next level means."""
    rubric = question.rubric
    if score not in rubric.ladder:
        word = score.partition("/")[0]
        return (NO, words.choices["means"][word], "") if word in NON_SCORES else ("", "", "")
    level = said(question.criterion.step(score).descriptor, language)
    rung = rubric.rung(score)
    if rung + 1 == len(rubric.ladder):
        return TOP, level, words.phrases["highest"]
    return BELOW, level, _named(rubric, question, rubric.ladder[rung + 1], language)


def _named(rubric: Rubric, question: Question, level: str, language: str) -> str:
    descriptor = said(question.criterion.step(level).descriptor, language)
    return f"{rubric.label(level, language)}: {descriptor}"


def scores(
    questions: Sequence[Question],
    owner: Owner,
    choices: Choices,
    words: Words,
    cited: Mapping[str, int],
    places: Places,
) -> Page:
    """Return the sheet Scores.

    Args:
        questions: The rows.
        owner: Whose workbook it is.
        choices: Its lists.
        words: Of its language.
        cited: By row key, how many rows of Citations belong to it.
        places: Where the texts of each choice stand.
    """
    count = len(questions)
    complete = under(SCORES, "missing", count).absolute
    states = [_missing(question, cited, words, owner) for question in questions]
    done = sum(state == words.phrases["complete"] for state in states)
    tail = words.phrases["progress"].format(count=count)
    progress = Formula(
        f"COUNTIF({complete},{quoted(words.phrases['complete'])})&{quoted(tail)}", f"{done}{tail}"
    )
    told = words.phrases["for"].format(assessor=owner.assessor, marking=owner.sees)
    lines = above(
        SCORES,
        words,
        owner,
        {SCORES.at("score"): (progress, "progress"), SCORES.at("descriptor"): (told, "note")},
    )
    for row, (question, state) in enumerate(zip(questions, states, strict=True), start=FIRST_ROW):
        cells = _read_cells(SCORES, question, owner.language)
        cells |= _meanings(SCORES, question, row, words, owner.language, places)
        cells |= {
            "before": question.before,
            "missing": Formula(_missing_formula(row, words), state),
            "ladder": f"list_{choices.ladders[str(question.rubric.pin)]}",
        }
        for column in SCORES.columns:
            if column.fill == "fill":
                value = question.said.get(column.key, "")
                score = column.key == "score"
                cells[column.key] = (
                    choices.score(question, value) if score else choices.cell(SCORES, column.key, value)
                )
        lines.append(_row(SCORES, question, cells, owner.language))
    made = page(SCORES, words, owner, lines, frozen="criterion", across=2)
    rules = [
        *reading(SCORES, count, words),
        _score_rule(SCORES, count, choices, words),
        *_fill_rules(count, words),
    ]
    return replace(made, rules=tuple(rules), alerts=tuple(_alerts(count, words)), tab="#12485c")


def cases(
    sheet: Sheet,
    questions: Sequence[Question],
    owner: Owner,
    choices: Choices,
    words: Words,
    places: Places,
) -> Page:
    """Return the sheet of cases to practise with."""
    pins = ", ".join(str(rubric.pin) for rubric in rubrics_of(questions))
    told = words.phrases["for_practice"].format(assessor=owner.assessor, rubric=pins)
    lines = above(sheet, words, owner, {sheet.at("score"): (told, "note")})
    for row, question in enumerate(questions, start=FIRST_ROW):
        cells = _read_cells(sheet, question, owner.language)
        cells |= _meanings(sheet, question, row, words, owner.language, places)
        cells["ladder"] = f"list_{choices.ladders[str(question.rubric.pin)]}"
        lines.append(_row(sheet, question, cells, owner.language))
    made = page(sheet, words, owner, lines, frozen="vignette", across=1)
    count = len(questions)
    score, why = at(sheet, "score"), at(sheet, "rationale")
    rules = (
        *reading(sheet, count, words),
        _score_rule(sheet, count, choices, words),
        Rule(under(sheet, "rationale", count), prompt=prompt(sheet, "rationale", words)),
    )
    alerts = (
        Alert(under(sheet, "score", count), f"LEN({score})=0", "todo"),
        Alert(
            under(sheet, "rationale", count),
            f"AND(LEN({score})>0,LEN(TRIM({why}))<{RATIONALE_LEAST})",
            "want",
        ),
    )
    return replace(made, rules=rules, alerts=alerts, tab="#12485c")


def _row(sheet: Sheet, question: Question, cells: Mapping[str, Content], language: str) -> Line:
    looks = {"read": "read", "fill": "fill"}
    styles = tuple(
        "formula" if column.formula else "bold" if column.key == "criterion" else looks[column.fill]
        for column in sheet.columns
    )
    content = tuple(cells.get(column.key, "") for column in sheet.columns)
    return Line((question.key, *content), ("key", *styles), _tall(sheet, question, cells, language))


def _tall(sheet: Sheet, question: Question, cells: Mapping[str, Content], language: str) -> float:
    """Return a height at which the longest meaning of any level can be read."""
    meanings = [said(step.descriptor, language) for step in question.criterion.steps]
    longest = max(meanings, key=len)
    read = [(longest, sheet.column("descriptor").width), (longest + " " * 30, sheet.column("next").width)]
    filled: list[tuple[str, float]] = []
    for column in sheet.columns:
        cell = cells.get(column.key, "")
        if isinstance(cell, str) and column.width:
            (read if column.fill == "read" else filled).append((cell, column.width))
    return max(height(read, 9, 50), height(filled, 10, 50))


def _read_cells(sheet: Sheet, question: Question, language: str) -> dict[str, Content]:
    criterion = question.criterion
    first = "milestone" if sheet is SCORES else "vignette"
    second = "title" if sheet is SCORES else "situation"
    return {
        first: question.name or question.of,
        second: question.title,
        "criterion": said(criterion.title, language),
        "question": said(criterion.question, language),
    }


def _prefix(question: Question) -> str:
    return f"{question.rubric.pin}|{question.criterion.id}|"


def _spoken(word: str, words: Words) -> list[str]:
    causes = words.choices["causes"] if word == "not-observed" else ()
    return [f"{word}/{cause}" for cause in causes] or [word]


def _meanings(
    sheet: Sheet, question: Question, row: int, words: Words, language: str, places: Places
) -> dict[str, Content]:
    """Return the formulas that follow the choice, with what they give now.

    The first finds the choice among the texts, in a hidden column; the others say what stands there.
    """
    chosen, found = at(sheet, "score", row), at(sheet, "found", row)
    meant = f'LEFT({chosen},FIND(" ·",{chosen}&" ·")-1)'
    own = f"MATCH({quoted(_prefix(question))}&{meant},texts_key,0)"
    none = f'IFERROR(MATCH("|"&{meant},texts_key,0),0)'
    score = question.said.get("score", "")
    kind, *now = meaning(question, score, words, language)
    place = places.get(f"{_prefix(question)}{score}") or places.get(f"|{score}", 0)
    made: dict[str, Content] = {"found": Formula(f"IFERROR({own},{none})", str(place))}
    for column, name, value in zip(
        ("kind", "descriptor", "next"), ("texts_kind", "texts_level", "texts_next"), (kind, *now), strict=True
    ):
        made[column] = Formula(f'IF({found}=0,"",INDEX({name},{found})&"")', value)
    return made


def _missing_formula(row: int, words: Words) -> str:
    """Return the formula that names what a row still lacks, or says that it is complete."""
    cell = {column.key: at(SCORES, column.key, row) for column in SCORES.columns}
    told = {name: quoted(text) for name, text in words.phrases.items() if name.startswith("m_")}
    kind, key = cell["kind"], f"$A{row}"

    def lack(condition: str, name: str) -> str:
        return f'IF({condition},{told[name]},"")'

    cited = f'COUNTIF(cited,{key}&" ·*")+COUNTIF(cited,{key})=0'
    of_level = "&".join(
        (
            lack(
                f'AND({kind}="{BELOW}",LEN(TRIM({cell["why_not_next"]}))<{WHY_NOT_LEAST})', "m_why_not_next"
            ),
            lack(f"LEN({cell['confidence']})=0", "m_confidence"),
            lack(f"COUNTBLANK({cell[_CONCERNS[0]]}:{cell[_CONCERNS[1]]})>0", "m_concerns"),
            lack(f"AND(LEN(TRIM({cell['evidence']}))=0,{cited})", "m_evidence"),
        )
    )
    of_any = "&".join(
        (
            lack(f"LEN(TRIM({cell['rationale']}))<{RATIONALE_LEAST}", "m_rationale"),
            f'IF({kind}="{NO}","",{of_level})',
            lack(f"LEN({cell['marking']})=0", "m_marking"),
        )
    )
    parts = f'IF({kind}="",{told["m_score"]},{of_any})'
    complete = quoted(words.phrases["complete"])
    return f'TRIM(SUBSTITUTE(SUBSTITUTE("#"&{parts}&"#","##",{complete}),"#",""))'


def _missing(question: Question, cited: Mapping[str, int], words: Words, owner: Owner) -> str:
    """Return what the formula gives for what is recorded already."""
    told = question.said
    kind, _, _ = meaning(question, told.get("score", ""), words, owner.language)
    level = kind in (BELOW, TOP)
    lacks = {
        "m_score": not kind,
        "m_rationale": bool(kind) and len(told.get("rationale", "")) < RATIONALE_LEAST,
        "m_why_not_next": kind == BELOW and len(told.get("why_not_next", "")) < WHY_NOT_LEAST,
        "m_confidence": level and not told.get("confidence"),
        "m_concerns": level and any(not told.get(column) for column in COMPONENTS),
        "m_evidence": level and not told.get("evidence") and not cited.get(question.key),
        "m_marking": bool(kind) and not told.get("marking"),
    }
    text = "".join(words.phrases[name] for name, lack in lacks.items() if lack)
    return text.strip() or words.phrases["complete"]


def _score_rule(sheet: Sheet, count: int, choices: Choices, words: Words) -> Rule:
    """Return the list of levels; where rubrics have different ladders, that of the row's own."""
    names = sorted(set(choices.ladders.values()))
    source = f"list_{names[0]}" if len(names) == 1 else f"INDIRECT({at(sheet, 'ladder')})"
    stop = (words.phrases["list_title"], words.phrases["list_message"])
    return Rule(under(sheet, "score", count), source=source, prompt=prompt(sheet, "score", words), stop=stop)


def _fill_rules(count: int, words: Words) -> list[Rule]:
    stop = (words.phrases["list_title"], words.phrases["list_message"])
    rules = []
    for column in SCORES.columns:
        if column.fill != "fill" or column.key == "score":
            continue
        named = _list_of(column.key)
        rules.append(
            Rule(
                under(SCORES, column.key, count),
                source=f"list_{named}" if named else "",
                loose=("scores", column.key) in SEVERAL_OF,
                prompt=prompt(SCORES, column.key, words),
                stop=stop if named else ("", ""),
            )
        )
    return rules


def _list_of(column: str) -> str:
    return ONE_OF.get(("scores", column)) or SEVERAL_OF.get(("scores", column), "")


def _alerts(count: int, words: Words) -> list[Alert]:
    """Return how the sheet shows what is open, missing, of no account and complete."""
    kind, missing = at(SCORES, "kind"), at(SCORES, "missing")
    level = f'OR({kind}="{BELOW}",{kind}="{TOP}")'
    lacks = {
        "rationale": "m_rationale",
        "why_not_next": "m_why_not_next",
        "evidence": "m_evidence",
        "marking": "m_marking",
    }
    alerts = [Alert(under(SCORES, "score", count), f"LEN({at(SCORES, 'score')})=0", "todo")]
    for column, name in lacks.items():
        wanted = quoted(words.phrases[name].strip())
        alerts.append(
            Alert(
                under(SCORES, column, count),
                f'AND({kind}<>"",ISNUMBER(SEARCH({wanted},{missing})))',
                "want",
            )
        )
    alerts += [
        Alert(under(SCORES, column, count), f"AND({level},LEN({at(SCORES, column)})=0)", "want")
        for column in ("confidence", *COMPONENTS)
    ]
    for first, last in (("why_not_next", "relevance"), ("evidence", "evidence")):
        alerts.append(Alert(under(SCORES, first, count, last), f'{kind}="{NO}"', "idle"))
    alerts.append(Alert(under(SCORES, "why_not_next", count), f'{kind}="{TOP}"', "idle"))
    complete = quoted(words.phrases["complete"])
    alerts.append(Alert(under(SCORES, "missing", count), f"{missing}={complete}", "done"))
    return alerts


def data_names(given: Given, words: Words) -> dict[str, str]:
    """Return the defined names of the data that formulas look things up in."""
    citations, items = (
        len(given.recorded[sheet.key]) + len(given.fresh[sheet.key]) for sheet in (CITATIONS, EVIDENCE)
    )
    evidence = words.sheets[EVIDENCE.key].name
    rows = Area(HEADER_ROW, 1, FIRST_ROW + max(len(given.questions), 1) - 1, len(SCORES.columns) + 1)
    return {
        "cited": on_sheet(words.sheets[CITATIONS.key].name, under(CITATIONS, "score", citations).absolute),
        "evidence_ids": on_sheet(evidence, under(EVIDENCE, "id", items).absolute),
        "evidence_titles": on_sheet(evidence, under(EVIDENCE, "title", items).absolute),
        "scores": on_sheet(words.sheets[SCORES.key].name, rows.absolute),
    }
