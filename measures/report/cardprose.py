"""The sentence forms of a rubric card, in each language that a card is made in.

Fixed headings are in ``templates/words/card-*.jinja``. What depends on the rubric is said
here: how criteria become a result, how far a level leans on advisers, the evidence it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from measures.report import prose


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of one language.

    Args:
        direction: ``ltr`` or ``rtl``.
        labels: Fixed words that the card and the plain text share.
        aspect, advisers, sustains, aggregation, kinds, reliability, credibility, changes: Words
            by the ids that :mod:`measures.rubric.model` names.
        any_of: Joins kinds of evidence of which one is enough.
        origins: How many independent origins it takes, and whether one saw it itself.
        graded: Of which kinds some evidence must be, and what leads to the least grade.
        fresh: A grade's two halves in words, and how many quarters back evidence may speak of.
        valid: How many quarters a score counts.
        place: "Criterion 2 of 5".
        part: Said of a card that shows one criterion of several.
        heading: The card's title in a list of documents.
    """

    direction: str
    labels: Mapping[str, str]
    aspect: Mapping[str, str]
    advisers: Mapping[str, str]
    sustains: Mapping[str, str]
    aggregation: Mapping[str, str]
    kinds: Mapping[str, str]
    reliability: Mapping[str, str]
    credibility: Mapping[str, str]
    changes: Mapping[str, str]
    any_of: Callable[[Sequence[str]], str]
    origins: Callable[[int, bool], str]
    graded: Callable[[str], str]
    fresh: Callable[[str, str, int], str]
    valid: Callable[[int], str]
    place: Callable[[int, int], str]
    part: Callable[[int], str]
    heading: Callable[[str], str]


def _joined(words: Sequence[str], comma: str, last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return comma.join(words[:-1]) + last + words[-1]


def _origins_en(number: int, first_hand: bool) -> str:
    if number == 1:
        return "One origin, which saw it itself" if first_hand else "One origin"
    seen = ", one of which saw it itself" if first_hand else ""
    return f"{prose.capital(prose.number(number))} independent origins{seen}"


def _quarters_en(number: int) -> str:
    return "the quarter scored" if number == 1 else f"the last {prose.count(number, 'quarter')}"


def _origins_ar(number: int, first_hand: bool) -> str:
    if number == 1:
        return "مصدر أصلي واحد عاين الأمر بنفسه" if first_hand else "مصدر أصلي واحد"
    if number == 2:
        return "مصدران أصليان مستقلان" + ("، عاين أحدهما الأمر بنفسه" if first_hand else "")
    seen = "، عاين أحدها الأمر بنفسه" if first_hand else ""
    if number <= 10:
        return f"{_FEMININE_AR[number]} مصادر أصلية مستقلة{seen}"
    return f"{number} مصدراً أصلياً مستقلاً{seen}"


def _quarters_ar(number: int) -> str:
    if number <= 2:
        return ("ربع السنة المقيَّم", "آخر ربعين")[number - 1]
    return f"آخر {number} {'أرباع سنة' if number <= 10 else 'ربع سنة'}"


def _valid_ar(number: int) -> str:
    if number <= 2:
        return ("ربع سنة واحداً", "ربعي سنة")[number - 1]
    return f"{number} {'أرباع سنة' if number <= 10 else 'ربع سنة'}"


def _part_ar(whole: int) -> str:
    counted = "معيارين" if whole == 2 else f"{whole} {'معايير' if whole <= 10 else 'معياراً'}"
    return f"تعرض هذه البطاقة معياراً واحداً من {counted}، ولا تكفي وحدها لتقييم المَعْلَم."


_FEMININE_AR = {
    3: "ثلاثة",
    4: "أربعة",
    5: "خمسة",
    6: "ستة",
    7: "سبعة",
    8: "ثمانية",
    9: "تسعة",
    10: "عشرة",
}

ENGLISH = Prose(
    direction="ltr",
    labels={
        "evidence": "Evidence",
        "essential": "essential",
        "gate": "Sustainment gate",
        "gate_words": "From here up the institution staffs, funds and repeats it without advisers.",
        "sources": "Sources",
        "capped": "Capped by",
        "extends": "Takes over",
        "changes": "Declared changes",
        "since": "Since",
        "cases": "Cases to score",
        "answers": "Answers",
    },
    aspect=prose.ASPECT,
    advisers={
        "leading": "Advisers may lead",
        "alongside": "Advisers work alongside",
        "on-request": "Advisers help when asked",
        "none": "Without advisers",
    },
    sustains={"staffed": "staffed", "funded": "funded", "repeated": "repeated"},
    aggregation={
        "weakest-link": "The lowest criterion gives the result; a plus is added when another stands higher.",
        "median": "The middle criterion gives the result, the lower of the two middle ones when the "
        "number is even.",
        "gate": "A level is reached when every essential criterion stands there or higher and every "
        "other stands at most one level below.",
        "table": "A conversion table turns the levels of the criteria into the result.",
        "profile": "No single word: the levels of all criteria, side by side, are the result.",
    },
    kinds={
        "documentary": "a document",
        "physical": "something seen on site",
        "testimonial": "a testimony",
        "analytical": "an analysis",
    },
    reliability=prose.RELIABILITY,
    credibility=prose.CREDIBILITY,
    changes={
        "editorial": "wording only; scores can be compared",
        "clarified": "clarified; scores can be compared with a note",
        "recalibrated": "recalibrated; scores cannot be compared",
        "restructured": "restructured; scores cannot be compared",
    },
    any_of=lambda words: _joined(words, ", ", " or "),
    origins=_origins_en,
    graded=lambda kinds: f"; among the items {kinds}; each graded at least",
    fresh=lambda source, truth, number: f"({source}, {truth}); speaking of {_quarters_en(number)}.",
    valid=lambda number: (
        f"A score counts for {prose.count(number, 'quarter')}; after that it is shown as last seen, "
        "never as current."
    ),
    place=lambda number, whole: f"Criterion {number} of {whole}",
    part=lambda whole: (
        f"This card shows one criterion of {prose.number(whole)}; alone it does not score a milestone."
    ),
    heading=lambda title: f"{title}: rubric card",
)

ARABIC = Prose(
    direction="rtl",
    labels={
        "evidence": "الأدلة",
        "essential": "أساسي",
        "gate": "بوابة الاستدامة",
        "gate_words": "من هنا فصاعداً تتولى المؤسسة الملاك والتمويل والتكرار من دون مستشارين.",
        "sources": "المراجع",
        "capped": "لا تعلو على",
        "extends": "يأخذ معايير",
        "changes": "التغييرات المعلنة",
        "since": "منذ",
        "cases": "حالات للتقييم",
        "answers": "الأجوبة",
    },
    aspect={"de-jure": "على الورق", "de-facto": "في الممارسة"},
    advisers={
        "leading": "قد يقود المستشارون العمل",
        "alongside": "المستشارون إلى جانب المؤسسة",
        "on-request": "يساعد المستشارون عند الطلب",
        "none": "من دون مستشارين",
    },
    sustains={"staffed": "الملاك", "funded": "التمويل", "repeated": "التكرار"},
    aggregation={
        "weakest-link": "أدنى المعايير مستوى يحدد النتيجة، وتُضاف علامة زائد إذا علا معيار آخر عليه.",
        "median": "المعيار الأوسط يحدد النتيجة، وأدنى الأوسطين إذا كان عدد المعايير زوجياً.",
        "gate": "يُبلغ المستوى حين يقف عنده أو فوقه كل معيار أساسي، ولا ينزل عنه أي معيار آخر أكثر من مستوى "
        "واحد.",
        "table": "جدول تحويل يجعل من مستويات المعايير نتيجة واحدة.",
        "profile": "لا كلمة واحدة: النتيجة هي مستويات المعايير كلها جنباً إلى جنب.",
    },
    kinds={
        "documentary": "وثيقة",
        "physical": "معاينة في الموقع",
        "testimonial": "شهادة",
        "analytical": "تحليل",
    },
    reliability={
        "A": "مصدر موثوق تماماً",
        "B": "مصدر موثوق عادة",
        "C": "مصدر موثوق إلى حد ما",
        "D": "مصدر غير موثوق عادة",
        "E": "مصدر غير موثوق",
        "F": "مصدر لا تُعرف موثوقيته",
    },
    credibility={
        "1": "معلومة أكدتها مصادر أخرى",
        "2": "معلومة صحيحة على الأرجح",
        "3": "معلومة ربما تكون صحيحة",
        "4": "معلومة مشكوك فيها",
        "5": "معلومة مستبعدة",
        "6": "معلومة لا تُعرف صحتها",
    },
    changes={
        "editorial": "تحرير لفظي؛ التقييمات قابلة للمقارنة",
        "clarified": "توضيح؛ التقييمات قابلة للمقارنة مع ملاحظة",
        "recalibrated": "إعادة معايرة؛ التقييمات غير قابلة للمقارنة",
        "restructured": "إعادة بناء؛ التقييمات غير قابلة للمقارنة",
    },
    any_of=lambda words: _joined(words, " أو ", " أو "),
    origins=_origins_ar,
    graded=lambda kinds: f"؛ ومن بين الأدلة {kinds}؛ ولا يقل تصنيف كل دليل عن",
    fresh=lambda source, truth, number: f"({source}، {truth})؛ ويتناول الدليل {_quarters_ar(number)}.",
    valid=lambda number: (
        f"يسري التقييم {_valid_ar(number)}، ثم يُعرض بوصفه آخر ما شوهد، لا بوصفه الحال الراهنة."
    ),
    place=lambda number, whole: f"المعيار {number} من {whole}",
    part=_part_ar,
    heading=lambda title: f"{title}: بطاقة سلّم التقييم",
)

PROSE: Mapping[str, Prose] = {"en": ENGLISH, "ar": ARABIC}
"""The languages that a card is made in."""
