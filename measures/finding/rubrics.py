"""Findings about rubrics (R) and their words (L)."""

from __future__ import annotations

from measures.finding.kind import Kind

# fmt: off
KINDS = (
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
)
# fmt: on
