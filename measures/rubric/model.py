"""What a rubric is: criteria by levels, with descriptors, attributes and evidence rules.

Method: a level holds only when all of its attributes *and* those of every level below
hold (WHO SPAR, annex 2); from the sustainment level up the institution staffs, funds and
repeats the thing without advisers (WHO JEE, between levels 3 and 4); each level says how
far it leans on advisers (GAO-12-951T); what is written and what is done are separate
criteria. Levels have stable ids: their position in the list is order, never identity.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from measures import canonical
from measures.errors import RubricError
from measures.finding import did_you_mean, one_of

Texts = Mapping[str, str]

NONE = "none"
"""The id of the lowest level, "none of it", on every ladder."""

ASPECTS = ("de-jure", "de-facto")
ADVISERS = ("leading", "alongside", "on-request", "none")
EVIDENCE_KINDS = ("documentary", "physical", "testimonial", "analytical")
SUSTAINS = ("staffed", "funded", "repeated")
AGGREGATIONS = ("weakest-link", "table", "gate", "median", "profile")
CHANGES = ("editorial", "clarified", "recalibrated", "restructured")
"""Classes of change between two versions, mildest first (method, section 2)."""

RELIABILITY = "ABCDEF"
CREDIBILITY = "123456"


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """The evidence a level takes before the citations support it.

    Args:
        origins: Least number of independent origins, 1 or more.
        kinds: At least one item is of one of these kinds.
        reliability: Least source reliability an item needs to count, ``A`` to ``E``.
        credibility: Least information credibility an item needs to count, ``1`` to ``5``.
        first_hand: At least one item comes from an origin that saw it itself.
        fresh: The item's interval reaches within this many quarters of the scored quarter's end.
    """

    origins: int = 1
    kinds: tuple[str, ...] = ("documentary", "physical", "analytical")
    reliability: str = "E"
    credibility: str = "5"
    first_hand: bool = False
    fresh: int = 8

    @property
    def grade(self) -> str:
        """The least grade, such as ``C3``."""
        return self.reliability + self.credibility


@dataclass(frozen=True, slots=True)
class Attribute:
    """One yes/no statement; ``sustains`` is staffed, funded, repeated or empty."""

    id: str
    text: Texts
    sustains: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What one level means for one criterion."""

    level: str
    descriptor: Texts
    attributes: tuple[Attribute, ...]
    advisers: str
    evidence: EvidenceRule


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric: a step for every level of the ladder, lowest first."""

    id: str
    title: Texts
    aspect: str
    question: Texts
    steps: tuple[Step, ...]
    essential: bool = False

    def step(self, level: str) -> Step:
        """Return the step of a level.

        Raises:
            RubricError: The level is not on the ladder.
        """
        for step in self.steps:
            if step.level == level:
                return step
        raise RubricError(f"Expected a level of {self.id}, got {level!r}.")

    def gate(self, holds: Collection[str]) -> str:
        """Return the highest level whose attributes, and all below, are among those that hold.

        An attribute that does not hold stops the climb whatever holds above it: level 1 yes,
        level 2 partly, 3 to 5 yes gives level 1 (WHO SPAR, annex 2).
        """
        reached = self.steps[0].level
        for step in self.steps[1:]:
            if any(attribute.id not in holds for attribute in step.attributes):
                break
            reached = step.level
        return reached


@dataclass(frozen=True, slots=True)
class Level:
    """A rung of the ladder."""

    id: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Source:
    """A public instrument that informed the rubric."""

    title: str
    publisher: str
    note: Texts


@dataclass(frozen=True, slots=True)
class Cap:
    """A dependency: a milestone does not stand above another one that it depends on.

    Args:
        rubric: Rubric of the milestone depended on.
        criterion: The criterion of it that caps; its whole result when empty.
        reason: Printed wherever the cap lowers a result (GAO-08-143R).
    """

    rubric: str
    criterion: str
    reason: Texts


@dataclass(frozen=True, slots=True)
class Expected:
    """The level a vignette shows on one criterion, and the attributes that hold in it."""

    criterion: str
    level: str
    holds: tuple[str, ...]
    why: Texts


@dataclass(frozen=True, slots=True)
class Vignette:
    """An imaginary situation scored by the rubric's author: example, and calibration for newcomers."""

    id: str
    title: Texts
    situation: Texts
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A rubric at a version."""

    rubric: str
    version: str

    def __str__(self) -> str:
        return f"{self.rubric}@{self.version}"


@dataclass(frozen=True, slots=True)
class Declared:
    """What the author says changed since an earlier version.

    Args:
        since: The earlier version.
        kind: One of :data:`CHANGES`; never believed below what is computed from the words.
        criterion: The criterion it speaks of; the whole rubric when empty.
        note: What changed, and why scores may or may not be compared.
    """

    since: str
    kind: str
    criterion: str
    note: Texts


@dataclass(frozen=True, slots=True)
class Table:
    """A published or own conversion table from criteria to one result (PEFA M2).

    Args:
        source: Where it stands; empty for a table of one's own.
        levels: What criteria may be, lowest first.
        results: What the result may be, lowest first.
        rows: Result by the criteria's levels, lowest first; every combination of each number
            of criteria that the table serves.
    """

    id: str
    title: Texts
    source: str
    levels: tuple[str, ...]
    results: tuple[Level, ...]
    rows: Mapping[tuple[str, ...], str]

    @property
    def sizes(self) -> tuple[int, ...]:
        """For how many criteria the table has rows."""
        return tuple(sorted({len(row) for row in self.rows}))


@dataclass(frozen=True, slots=True)
class Rubric:
    """A rubric at one version.

    Args:
        levels: The ladder, lowest first; the first is always ``none``.
        sustainment: Level from which the sustainment gate holds.
        validity: Quarters after which a score is stale.
        aggregation: How criteria become one milestone result, see :data:`AGGREGATIONS`.
        caps: What a milestone's result cannot stand above.
        vignettes: Worked scorings.
        extends: The shelf rubric whose criteria this one took over; they stand here in full.
        changes: What the author says changed since earlier versions.
        table: The conversion table, with aggregation ``table``.
    """

    id: str
    version: str
    title: Texts
    summary: Texts
    derives_from: tuple[Source, ...]
    validity: int
    aggregation: str
    sustainment: str
    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]
    caps: tuple[Cap, ...] = ()
    vignettes: tuple[Vignette, ...] = ()
    extends: Version | None = None
    changes: tuple[Declared, ...] = ()
    table: Table | None = None

    @property
    def pin(self) -> Version:
        """The id and version, as a score names them: ``id@version``."""
        return Version(self.id, self.version)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its title."""
        return tuple(self.title)

    @property
    def ladder(self) -> tuple[str, ...]:
        """Level ids, lowest first."""
        return tuple(level.id for level in self.levels)

    def rung(self, level: str) -> int:
        """Return how many steps above ``none`` a level lies.

        Raises:
            RubricError: The level is not on the ladder.
        """
        if level not in self.ladder:
            raise RubricError(
                f"Expected {one_of(self.ladder)}, got {level!r}.", did_you_mean(level, self.ladder)
            )
        return self.ladder.index(level)

    def criterion(self, criterion: str) -> Criterion:
        """Return a criterion by id.

        Raises:
            RubricError: The rubric has none of that id.
        """
        for found in self.criteria:
            if found.id == criterion:
                return found
        raise RubricError(f"Expected a criterion of {self.id} {self.version}, got {criterion!r}.")

    def label(self, level: str, language: str = "en") -> str:
        """Return a level's label."""
        return said(self.levels[self.rung(level)].label, language)

    def result_label(self, result: str, language: str = "en") -> str:
        """Return the label of what criteria amount to: a level's, or that of a table's own result."""
        if self.table is not None:
            for level in self.table.results:
                if level.id == result:
                    return said(level.label, language)
        return self.label(result, language)

    @property
    def digest(self) -> str:
        """SHA-256 of the rubric's canonical content: unchanged by layout, changed by any word."""
        from measures.rubric.plain import to_plain

        return canonical.digest(to_plain(self))


def said(texts: Texts, language: str = "en") -> str:
    """Return a text in ``language``, else in English, else in whatever language there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def join_ladders(rubrics: Iterable[Rubric]) -> tuple[str, ...]:
    """Return one order of level ids that keeps the order of every rubric's own ladder.

    Frames hold levels as one ordered category; within a rubric their order is that of its
    ladder, across rubrics of different ladders it means nothing and is never used.

    Raises:
        RubricError: Two ladders put the same two levels in opposite order.
    """
    ladders = list(dict.fromkeys(rubric.ladder for rubric in rubrics))
    after: dict[str, set[str]] = {}
    for ladder in ladders:
        for position, level in enumerate(ladder):
            after.setdefault(level, set()).update(ladder[:position])
    joined: list[str] = []
    while len(joined) < len(after):
        ready = [level for level in after if level not in joined and after[level] <= set(joined)]
        if not ready:
            raise RubricError(
                "Expected ladders that agree on the order of their levels, got two that do not.",
                "Rename the levels of one of the rubrics.",
            )
        joined.append(ready[0])
    return tuple(joined)
