"""The workbook's words in English."""

from __future__ import annotations

from measures.intake.workbook.words import SheetWords, Words

_MARKING = ("Marking", "Who may see this row. Choose the lowest marking that is safe.")
_OWN_ID = ("Id", "Given already; cite the row by it.")
_CITED = ("Evidence", "Ids of evidence on the sheet Evidence, several separated by ; signs.")
_DATE = "As precisely as it is known: 2021, 2021-02 or 2021-02-18."

_SCORES = SheetWords(
    name="Scores",
    title="Scores",
    note="A row is one question about one milestone. Choose the level in the column This quarter; what it "
    "means appears beside it. White cells are yours to fill in, grey ones are for reading.",
    columns={
        "milestone": ("Milestone", ""),
        "title": ("What is to stand", ""),
        "criterion": ("Criterion", ""),
        "question": ("What is asked", ""),
        "before": ("Last quarter", ""),
        "score": (
            "This quarter",
            "Choose the highest level of which every statement holds, and every statement below it. "
            "Where nobody could look, or what was found does not decide, say that: it is not the lowest level.",
        ),
        "descriptor": ("What this level means", ""),
        "next": ("What the next level means", ""),
        "rationale": (
            "What was seen",
            "What you or your source saw this quarter, in one to three sentences; at least 40 characters. "
            "Offices, never names.",
        ),
        "why_not_next": (
            "Why not the next level",
            "What the next level asks for and was not seen; at least 20 characters. Not needed at the "
            "highest level.",
        ),
        "confidence": ("Confidence", "How sure you are of the level, everything considered."),
        "methods": ("Concern: methods", "How it was found out: who looked, how, and with what interest."),
        "coherence": ("Concern: coherence", "Whether the items of evidence agree with one another."),
        "adequacy": ("Concern: amount", "Whether there is enough evidence, and enough detail in it."),
        "relevance": (
            "Concern: relevance",
            "Whether the evidence is about this ministry, place and quarter.",
        ),
        "evidence": (
            "Evidence",
            "Ids of evidence that shows this level, several separated by ; signs. Evidence against it, or "
            "a page or a note, goes on the sheet Citations.",
        ),
        "missing": ("Still missing", ""),
        "attributes": (
            "Statements",
            "If you like, an answer to single statements of the rubric, by their ids on the sheet Rubrics: "
            "order-signed=yes; post-filled=no; budget-line=unknown",
        ),
        "marking": _MARKING,
        "reason": ("Why corrected", "Only where you change a score that is recorded already: why."),
        "kind": ("kind", ""),
        "found": ("found", ""),
        "ladder": ("ladder", ""),
    },
)

_CITATIONS = SheetWords(
    name="Citations",
    title="Citations",
    note="For evidence that needs more than its id in the sheet Scores: evidence against a level, a page, a "
    "note, a closer word on how much it proves. Leave the rest empty.",
    columns={
        "id": _OWN_ID,
        "score": ("Score", "The row of the sheet Scores that cites."),
        "evidence": ("Evidence", "The item of the sheet Evidence that is cited."),
        "locator": ("Where in it", "Page, paragraph or minute."),
        "bearing": ("For or against", "Whether it speaks for the level shown or against it."),
        "role": (
            "How much it proves",
            "A straw alone proves little. A hoop must be there, or the level falls. A smoking gun is enough "
            "by itself. Doubly decisive is both.",
        ),
        "shows": ("Level it shows", "The highest level it shows, or the lowest it speaks against."),
        "note": ("Note", "What it shows, in a few words."),
        "marking": _MARKING,
    },
)

_EVIDENCE = SheetWords(
    name="Evidence",
    title="Evidence",
    note="Grey rows are recorded: read and cite them. White rows below are for new items; the id stands there "
    "already, so that you can cite it at once.",
    columns={
        "id": _OWN_ID,
        "title": ("Title", "Its title, or what it is: Minutes of the planning board, 3 March."),
        "publisher": ("Published by", "The office or body that issued it."),
        "url": ("Address", "Where it is published, if it is."),
        "kind": (
            "Kind",
            "A paper, a thing seen on site, what somebody said, or a working-out from other data.",
        ),
        "origin": (
            "Who said it first",
            "The office that said it first, in a short word such as planning-directorate. Two reprints of one "
            "release have one origin and count once.",
        ),
        "happened": ("Happened", _DATE),
        "published": ("Written", _DATE),
        "covers": ("Speaks of", f"The time it speaks of. {_DATE} An interval: 2021-01/2021-03."),
        "summary": ("Summary", "What it says, in your own words; at least 20 characters."),
        "reliability": ("Source", "How far the source can be relied on. F means not known, not worst."),
        "credibility": (
            "Information",
            "How credible the information is. 6 means not known. What a party says of its own success is 3 "
            "at best.",
        ),
        "own_claim": ("Own success", "Yes where a party speaks of its own success."),
        "first_hand": ("First hand", "Yes where the origin saw it itself."),
        "language": ("Language", "Two letters: en, ar."),
        "seen": ("How much seen", "Whether you saw the whole item or a part."),
        "marking": _MARKING,
        "custody": ("Where it is", "Held elsewhere: say by whom. In the vault: say which file."),
        "holder": ("Held by", "The office that keeps it, when it is held elsewhere."),
        "file": ("File", "Its path in the folder evidence, when it is in the vault."),
    },
)

_ENGAGEMENTS = SheetWords(
    name="Engagements",
    title="Engagements",
    note="Meetings asked for and held. Grey rows are recorded; white rows are for new ones. A meeting that was "
    "asked for and not held belongs here too.",
    columns={
        "id": _OWN_ID,
        "requested": ("Asked for", f"When the meeting was asked for. {_DATE}"),
        "held": ("Held", f"When it was held; empty while it is not. {_DATE}"),
        "counterpart": ("Who was met", "By office, never by name."),
        "actors": ("Actors", "Ids of the mission's actors who were met, several separated by ; signs."),
        "subject": ("About", "What it was about."),
        "outcome": ("Outcome", "What came of it."),
        "initiated_by": ("Asked for by", "Which side wanted the meeting."),
        "objectives": ("Objectives", "Ids of the objectives it served, several separated by ; signs."),
        "evidence": _CITED,
        "marking": _MARKING,
    },
)

_POSITIONS = SheetWords(
    name="Positions",
    title="Positions",
    note="Where an actor of the partner stands on an objective, as of a day. A change is a new row; the old one "
    "stays as it was.",
    columns={
        "id": _OWN_ID,
        "objective": ("Objective", "The objective."),
        "actor": ("Actor", "The office whose position it is."),
        "date": ("As of", _DATE),
        "stance": ("Position", "What the office wants, as far as it has shown it."),
        "reason": ("Why", "Why it takes that position, as far as known."),
        "evidence": _CITED,
        "marking": _MARKING,
    },
)

_CASES = SheetWords(
    name="Cases",
    title="Cases to score",
    note="Imaginary ministries. Read the situation, choose the level it shows on each question, and say why. "
    "Nothing here is about a real mission.",
    columns={
        "vignette": ("Case", ""),
        "situation": ("Situation", ""),
        "criterion": ("Criterion", ""),
        "question": ("What is asked", ""),
        "score": (
            "Level",
            "Choose the highest level of which every statement holds, and every statement below it.",
        ),
        "descriptor": ("What this level means", ""),
        "next": ("What the next level means", ""),
        "rationale": ("Why", "What in the situation decided; at least 40 characters."),
        "found": ("found", ""),
        "ladder": ("ladder", ""),
    },
)

_CHOICES = {
    "non_scores": {
        "not-observed": "Nobody could look",
        "insufficient-evidence": "Looked, and it does not decide",
        "not-applicable": "Does not apply here",
    },
    "causes": {
        "security": "security",
        "access": "no access",
        "pandemic": "pandemic",
        "no-government": "no government",
        "staffing": "nobody in post",
        "other": "another cause",
    },
    "confidence": {word: word for word in ("low", "moderate", "high")} | {"very-low": "very low"},
    "concerns": {word: word for word in ("none", "minor", "moderate", "serious")},
    "bearings": {"supports": "speaks for it", "contradicts": "speaks against it"},
    "roles": {
        "straw-in-the-wind": "a hint",
        "hoop": "must be there, not enough",
        "smoking-gun": "enough by itself",
        "doubly-decisive": "must be there, and enough",
    },
    "stances": {
        "unknown": "not known",
        "refused": "does not want it",
        "contested": "divided on it",
        "accepted": "goes along with it",
        "demanded": "wants it",
    },
    "initiators": {word: word for word in ("partner", "mission", "headquarters", "other")}
    | {"joint": "both sides", "unknown": "not known"},
    "kinds": {
        "documentary": "a paper",
        "physical": "seen on site",
        "testimonial": "somebody said it",
        "analytical": "worked out from other data",
    },
    "reliability": {
        "A": "completely reliable",
        "B": "usually reliable",
        "C": "fairly reliable",
        "D": "not usually reliable",
        "E": "unreliable",
        "F": "not known",
    },
    "credibility": {
        "1": "confirmed by others",
        "2": "probably true",
        "3": "possibly true",
        "4": "doubtful",
        "5": "improbable",
        "6": "not known",
    },
    "flag": {"yes": "yes", "no": "no"},
    "seen": {"full-text": "all of it", "excerpt": "a part"},
    "custody": {"held-elsewhere": "kept by somebody else", "vault": "kept with the mission"},
    "means": {
        "not-observed": "Nobody could look this quarter, for the cause named. It says nothing about the "
        "ministry, and counts neither as the lowest level nor as last quarter's.",
        "insufficient-evidence": "Somebody looked, and what was found does not decide between levels. Say what "
        "was looked at and what would decide.",
        "not-applicable": "The question does not arise here. Say why; a moderator has to agree.",
    },
}

_PHRASES = {
    "heading": "{title} · {mission} · {period}",
    "for": "Assessor {assessor}. Holds rows marked up to: {marking}.",
    "for_practice": "Assessor {assessor}. Practice with {rubric}.",
    "progress": " of {count} complete",
    "highest": "This is the highest level.",
    "settled": "{level} (settled in {period})",
    "given": "{level} ({period}, not settled)",
    "range": "{low} to {high} ({period}, not settled)",
    "not_borne": "{level} claimed, evidence does not carry it ({period})",
    "said": "{words} ({period})",
    "seen": "Last seen: {level} in {period}",
    "withheld": "Not for your marking ({period})",
    "never": "Never scored",
    "m_score": "Level. ",
    "m_rationale": "What was seen. ",
    "m_why_not_next": "Why not the next. ",
    "m_confidence": "Confidence. ",
    "m_concerns": "Concerns. ",
    "m_evidence": "Evidence. ",
    "m_marking": "Marking. ",
    "complete": "Complete",
    "new_row": "new",
    "read_title": "For reading",
    "read_message": "This cell is for reading; what you type here is not taken back. Press Escape.",
    "recorded_title": "Recorded already",
    "recorded_message": "This row is recorded and stays as it is. Use a white row below, or press Escape.",
    "list_title": "Not in the list",
    "list_message": "Choose one of the words in the list, or press Escape.",
    "levels": "Level",
    "descriptor": "What is seen",
    "statements": "All of these must hold",
    "takes": "Evidence it takes",
    "rubrics": "Rubrics",
    "rubrics_note": "The words that scores are given against, in full.",
    "guide": "Guide",
}

_GUIDE = (
    (
        "What you are asked",
        (
            "Each row of the sheet Scores asks one question about one milestone: in what state is the "
            "institution this quarter, in the words of the rubric? You score the institution, never a person "
            "and never the mission.",
        ),
    ),
    (
        "Score a row in a minute",
        (
            "1. Read the question, and what was said last quarter.",
            "2. Choose a level in This quarter. Its meaning appears beside it, and that of the next level. "
            "Climb until a statement does not hold; stop there, whatever is true above. The sheet Rubrics has "
            "every statement.",
            "3. Say what was seen. One to three sentences: who did what, when, and how it is known.",
            "4. Say why not the next level: what it asks for and was not seen.",
            "5. Say how sure you are, and where your concerns lie.",
            "6. Cite evidence by its id. Testimony alone never carries a level: add a paper, a thing seen, or "
            "an analysis, from another origin.",
            "7. Still missing says Complete.",
        ),
    ),
    (
        "When there is no level",
        (
            "Nobody could look: choose it with the cause. Looked, and it does not decide: say what would. Does "
            "not apply: say why. None of these is the lowest level, and none is held against the ministry.",
        ),
    ),
    (
        "New evidence, meetings, positions",
        (
            "Write them on their sheets, in the white rows. The id of a new item of evidence stands there "
            "already, so you can cite it in Scores at once. Name offices, never people.",
            "Evidence that speaks against a level is worth as much as evidence for it: put it on the sheet "
            "Citations.",
        ),
    ),
    (
        "What you may do with the file",
        (
            "Sort, filter, widen columns and rows, paste texts, save and go on tomorrow. Leave out what you "
            "cannot answer: what is empty is not recorded. Grey cells are for reading; what is typed there "
            "is not taken back.",
            "Keep the file's sheets together and send the whole file back. If something cannot be read, you get "
            "it back with the cells marked and the reason beside them; nothing you wrote is lost.",
        ),
    ),
)

_PRACTICE = (
    (
        "What this is",
        (
            "Before your first quarter you score imaginary ministries whose levels the rubric's authors have "
            "set. What you choose is compared with theirs, and with what your colleagues chose, question by "
            "question. It shows where the words are read differently. It is not an examination.",
        ),
    ),
    (
        "How to do it",
        (
            "1. Read the situation to its end before you choose.",
            "2. Take each question by itself. Choose the highest level of which every statement holds, and "
            "every statement below it; one that fails stops the climb, whatever is true above.",
            "3. Take the text at its word: what it does not say was not seen.",
            "4. Say in a sentence what decided.",
            "5. Send the whole file back.",
        ),
    ),
)

ENGLISH = Words(
    rtl=False,
    sheets={
        "scores": _SCORES,
        "citations": _CITATIONS,
        "evidence": _EVIDENCE,
        "engagements": _ENGAGEMENTS,
        "positions": _POSITIONS,
        "cases": _CASES,
    },
    choices=_CHOICES,
    phrases=_PHRASES,
    guide=_GUIDE,
    practice=_PRACTICE,
)
