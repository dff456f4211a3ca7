"""Findings across records (C)."""

from __future__ import annotations

from measures.finding.kind import Kind

# fmt: off
KINDS = (
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
    Kind("C047", "error", "Approves a crosswalk of their own scores", "{approver} approves {id} and gave {score}, one of the scores whose levels it joins.", "Let somebody approve it who scored under neither version."),
)
# fmt: on
