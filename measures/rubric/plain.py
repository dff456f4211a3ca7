"""A rubric as nested maps, lists and texts: what is written, recorded and digested."""

from __future__ import annotations

from measures.rubric.model import NONE, Criterion, Rubric, Step, Table, Texts, Vignette


def to_plain(rubric: Rubric) -> dict[str, object]:
    """Return a rubric as nested maps, lists and texts: the form that is written and digested.

    Every scalar is a text, as in the YAML, so that reading what was written gives the same.
    """
    return {
        "id": rubric.id,
        "version": rubric.version,
        "title": dict(rubric.title),
        "summary": dict(rubric.summary),
        "derives_from": [
            {"title": s.title, "publisher": s.publisher, "note": _note(s.note)} for s in rubric.derives_from
        ],
        "validity": str(rubric.validity),
        "aggregation": rubric.aggregation,
        "sustainment": rubric.sustainment,
        "levels": [{"id": level.id, "label": dict(level.label)} for level in rubric.levels],
        "criteria": [_criterion(criterion) for criterion in rubric.criteria],
        **_annexes(rubric),
    }


def _annexes(rubric: Rubric) -> dict[str, object]:
    """Return what may stand beside the criteria; keys without content are left out."""
    found: dict[str, object] = {
        "caps": [
            {"rubric": c.rubric, **_given(criterion=c.criterion), "reason": dict(c.reason)}
            for c in rubric.caps
        ],
        "vignettes": [_vignette(vignette) for vignette in rubric.vignettes],
        "extends": {"rubric": rubric.extends.rubric, "version": rubric.extends.version}
        if rubric.extends
        else None,
        "changes": [
            {"since": c.since, "class": c.kind, **_given(criterion=c.criterion), "note": dict(c.note)}
            for c in rubric.changes
        ],
        "table": table_to_plain(rubric.table) if rubric.table else None,
    }
    return {key: value for key, value in found.items() if value}


def _note(texts: Texts) -> object:
    """Return a note as it is digested: plain where it is in English alone, as it was first written."""
    return texts["en"] if set(texts) == {"en"} else dict(texts)


def _given(**texts: str) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def _vignette(vignette: Vignette) -> dict[str, object]:
    return {
        "id": vignette.id,
        "title": dict(vignette.title),
        "situation": dict(vignette.situation),
        "expected": [
            {"criterion": e.criterion, "level": e.level, "holds": list(e.holds), "why": dict(e.why)}
            for e in vignette.expected
        ],
    }


def table_to_plain(table: Table) -> dict[str, object]:
    """Return a conversion table as nested maps, lists and texts."""
    return {
        "id": table.id,
        "title": dict(table.title),
        **_given(source=table.source),
        "levels": list(table.levels),
        "results": [{"id": level.id, "label": dict(level.label)} for level in table.results],
        "rows": {" ".join(row): result for row, result in table.rows.items()},
    }


def _criterion(criterion: Criterion) -> dict[str, object]:
    return {
        "id": criterion.id,
        "title": dict(criterion.title),
        "aspect": criterion.aspect,
        "question": dict(criterion.question),
        "essential": "yes" if criterion.essential else "no",
        "levels": {step.level: _step(step) for step in criterion.steps},
    }


def _step(step: Step) -> dict[str, object]:
    rule = step.evidence
    plain: dict[str, object] = {
        "descriptor": dict(step.descriptor),
        "evidence": {
            "origins": str(rule.origins),
            "kinds": list(rule.kinds),
            "grade": rule.grade,
            "first_hand": "yes" if rule.first_hand else "no",
            "fresh": str(rule.fresh),
        },
    }
    if step.level != NONE:
        plain["attributes"] = [
            {"id": a.id, "text": dict(a.text), **({"sustains": a.sustains} if a.sustains else {})}
            for a in step.attributes
        ]
        plain["advisers"] = step.advisers
    return plain
