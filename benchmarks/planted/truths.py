"""The truths that are planted, one at a time.

Each is a function that alters a draft, at a place that the seed draws, and returns every sign that
must be seen afterwards: those, there, and no others. The first sign it names is where a reader meets
it; its docstring says what was planted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.planted import claims, gaps, movements, plans
from benchmarks.planted.clean import Draft
from benchmarks.planted.signs import Signs


@dataclass(frozen=True, slots=True)
class Truth:
    """Something wrong, or noteworthy, that a mission may hold."""

    plant: Callable[[Draft], Signs]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.plant.__name__.replace("_", " ")

    @property
    def what(self) -> str:
        """What is planted, in a sentence or two."""
        return " ".join((self.plant.__doc__ or "").split())


TRUTHS: tuple[Truth, ...] = tuple(
    Truth(plant)
    for plant in (
        claims.a_rater_who_inflates,
        movements.a_changed_definition,
        movements.a_changed_definition_bridged,
        movements.a_changed_definition_with_a_crosswalk,
        gaps.a_stale_graduate,
        plans.an_undemanded_objective,
        plans.a_refused_objective,
        plans.posts_that_stand_empty,
        plans.an_announcement_alone,
        claims.a_reprinted_source,
        claims.testimony_alone,
        claims.a_smoking_gun_against_it,
        claims.outdated_evidence,
        movements.a_correction,
        movements.a_rotation_with_a_jump,
        movements.an_unexplained_rise,
        movements.a_rise_learned_later,
        gaps.not_applicable_and_not_approved,
        gaps.an_owed_score,
        gaps.evidence_that_does_not_decide,
        gaps.a_withheld_score,
        plans.a_cap_that_lowers,
        plans.a_promise_overdue,
        plans.a_target_beyond_the_pace,
        plans.a_lowered_target,
        plans.a_moved_goal_without_a_baseline,
        plans.nothing_the_host_puts_in,
        plans.a_tally,
        gaps.a_naked_percentage,
        claims.raters_of_the_programme_alone,
        claims.confidence_that_stays,
        claims.settled_without_a_score,
        claims.changed_after_approval,
        claims.a_level_not_settled,
        claims.a_single_rater,
        claims.a_statement_without_a_yes,
    )
)
