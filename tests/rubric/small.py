"""A small sound rubric in two languages, and edits that spoil it."""

# ruff: noqa: E501 - the rubric reads as an author wrote it

from __future__ import annotations

from measures.finding import Finding
from measures.rubric import Known, Rubric, parse_rubric

SMALL = """\
id: fuel
version: "1.0"
title: {en: Fuel, ar: الوقود}
summary: {en: Whether fuel is ordered and counted by the ministry., ar: هل تأمر الوزارة بالوقود وتعدّه.}
derives_from:
  - title: "Handbook of stores"
    publisher: "A stores office"
    note: {en: It counts shelves., ar: يعدّ الرفوف.}
validity: "4"
aggregation: weakest-link
sustainment: own
levels:
  - {id: none, label: {en: None of it, ar: لا شيء منه}}
  - {id: asked, label: {en: Asked for, ar: طُلب}}
  - {id: shared, label: {en: Done with advisers, ar: بمساندة المستشارين}}
  - {id: own, label: {en: Done alone, ar: دون مساندة}}
criteria:
  - id: order
    title: {en: The order, ar: الأمر}
    aspect: de-jure
    question: {en: What does the fuel order say?, ar: ماذا يقول أمر الوقود؟}
    levels:
      none:
        descriptor: {en: No order of the ministry names fuel., ar: لا يذكر الوقود أي أمر للوزارة.}
      asked:
        descriptor: {en: A director has asked on record for an order. Advisers wrote the request., ar: طلب مدير أمراً طلباً موثَّقاً. كتب المستشارون الطلب.}
        attributes:
          - {id: order-asked, text: {en: A director has asked on record for a fuel order., ar: طلب مدير أمراً للوقود طلباً موثَّقاً.}}
        advisers: leading
        evidence: {origins: "1", kinds: [documentary, physical], grade: D4, first_hand: "no", fresh: "8"}
      shared:
        descriptor: {en: The minister has signed an order. Advisers sat beside the drafters., ar: وقّع الوزير أمراً. جلس المستشارون مع من صاغوه.}
        attributes:
          - {id: order-signed, text: {en: The minister has signed the fuel order., ar: وقّع الوزير أمر الوقود.}}
        advisers: alongside
        evidence: {origins: "1", kinds: [documentary, physical], grade: C3, first_hand: "no", fresh: "8"}
      own:
        descriptor: {en: Fuel clerks hold posts in the establishment. No adviser drafts the yearly order., ar: لكتّاب الوقود وظائف في الملاك. لا يصوغ أي مستشار الأمر السنوي.}
        attributes:
          - {id: order-staffed, text: {en: The establishment lists the posts of the fuel clerks., ar: يدرج الملاك وظائف كتّاب الوقود.}, sustains: staffed}
          - {id: order-funded, text: {en: The budget of the ministry names money for fuel., ar: ترصد موازنة الوزارة مالاً للوقود.}, sustains: funded}
          - {id: order-repeated, text: {en: The ministry has issued the order in two consecutive years., ar: أصدرت الوزارة الأمر في سنتين متتاليتين.}, sustains: repeated}
        advisers: none
        evidence: {origins: "2", kinds: [documentary, physical], grade: B2, first_hand: "yes", fresh: "4"}
  - id: tanks
    title: {en: The tanks, ar: الخزانات}
    aspect: de-facto
    question: {en: Who counts the fuel?, ar: من يعدّ الوقود؟}
    levels:
      none:
        descriptor: {en: No clerk counts what the tanks hold., ar: لا يعدّ أي كاتب ما في الخزانات.}
      asked:
        descriptor: {en: A depot chief has asked for a count. Advisers lead the talks., ar: طلب رئيس مستودع الجرد. يقود المستشارون المحادثات.}
        attributes:
          - {id: tanks-asked, text: {en: A depot chief has asked for a fuel count., ar: طلب رئيس مستودع جرد الوقود.}}
        advisers: leading
        evidence: {origins: "1", kinds: [documentary, physical], grade: D4, first_hand: "no", fresh: "8"}
      shared:
        descriptor: {en: Clerks have counted the tanks with advisers beside them., ar: جرد الكتّاب الخزانات وإلى جانبهم مستشارون.}
        attributes:
          - {id: tanks-counted, text: {en: Clerks of the depot have counted its tanks., ar: جرد كتّاب المستودع خزاناته.}}
        advisers: alongside
        evidence: {origins: "1", kinds: [documentary, physical], grade: C3, first_hand: "no", fresh: "8"}
      own:
        descriptor: {en: Clerks on the payroll count the tanks. No adviser attends., ar: يجرد الخزانات كتّاب مدرجون في كشف الرواتب. لا يحضر أي مستشار.}
        attributes:
          - {id: tanks-staffed, text: {en: The clerks who count stand on the payroll., ar: الكتّاب القائمون بالجرد مدرجون في كشف الرواتب.}, sustains: staffed}
          - {id: tanks-funded, text: {en: The ministry paid for the gauges in the past year., ar: دفعت الوزارة ثمن المقاييس في السنة الماضية.}, sustains: funded}
          - {id: tanks-repeated, text: {en: The count was repeated in two consecutive quarters., ar: تكرر الجرد في ربعي سنة متتاليين.}, sustains: repeated}
        advisers: none
        evidence: {origins: "2", kinds: [documentary, physical], grade: B2, first_hand: "yes", fresh: "4"}
vignettes:
  - id: coast
    title: {en: The coast, ar: الساحل}
    situation: {en: The minister signed an order a director had asked for. Nobody counts., ar: وقّع الوزير أمراً طلبه مدير. لا أحد يعدّ.}
    expected:
      - {criterion: order, level: shared, holds: [order-asked, order-signed], why: {en: No post is listed., ar: لم تُدرج أي وظيفة.}}
      - {criterion: tanks, level: none, holds: [], why: {en: Nobody has asked., ar: لم يطلب أحد.}}
  - id: hills
    title: {en: The hills, ar: التلال}
    situation: {en: Paid clerks count each quarter. Nobody wrote an order., ar: يعدّ كتّاب برواتب كل ربع سنة. لم يكتب أحد أمراً.}
    expected:
      - {criterion: order, level: none, holds: [order-funded], why: {en: Nobody has asked for one., ar: لم يطلب ذلك أحد.}}
      - {criterion: tanks, level: own, holds: [tanks-asked, tanks-counted, tanks-staffed, tanks-funded, tanks-repeated], why: {en: All statements hold., ar: كل العبارات قائمة.}}
"""

_AT_TANKS, _AT_VIGNETTES = SMALL.index("  - id: tanks\n    title"), SMALL.index("vignettes:\n")
TANKS = SMALL[_AT_TANKS:_AT_VIGNETTES]
"""The second criterion as text."""
VIGNETTES = SMALL[_AT_VIGNETTES:]

TABLE = """\
aggregation: table
table:
  id: lower-of-two
  title: {en: The lower of two, ar: الأدنى من اثنين}
  source: "A manual of stores, annex B"
  levels: [none, asked, shared, own]
  results:
    - {id: none, label: {en: Nothing, ar: لا شيء}}
    - {id: asked, label: {en: Wanted, ar: مطلوب}}
    - {id: shared, label: {en: Helped, ar: بمساندة}}
    - {id: own, label: {en: Alone, ar: بلا مساندة}}
  rows:
    none none: none
    none asked: none
    none shared: none
    none own: none
    asked asked: asked
    asked shared: asked
    asked own: asked
    shared shared: shared
    shared own: shared
    own own: own
"""

EVERY_ANNEX = f"""\
id: fuel-islands
version: "2.0"
extends: {{rubric: fuel, version: "1.0"}}
title: {{en: Fuel on islands, ar: الوقود في الجزر}}
derives_from:
  - title: "Handbook of ports"
    publisher: "A ports office"
    note: It counts tanks.
{TABLE}caps:
  - {{rubric: roads, criterion: bridges, reason: {{en: Fuel comes by road., ar: يأتي الوقود بالطريق.}}}}
  - {{rubric: ports, reason: {{en: Fuel comes by sea., ar: يأتي الوقود بالبحر.}}}}
criteria:
{TANKS.replace("Who counts the fuel?", "Who counts the fuel on the island?")}{VIGNETTES}changes:
  - {{since: "1.0", class: recalibrated, criterion: tanks, note: {{en: It asks of islands., ar: يسأل عن الجزر.}}}}
  - {{since: "1.1", class: clarified, note: {{en: Another table., ar: جدول آخر.}}}}
"""
"""A rubric with everything that may stand in one; it extends the small one."""


def edited(text: str, *edits: tuple[str, str]) -> str:
    """Return ``text`` with each edit made at the one place where its first part stands."""
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def sound(text: str = SMALL, known: Known | None = None) -> Rubric:
    """Read a rubric that has no findings."""
    rubric, findings = parse_rubric(text, known=known or Known())
    assert findings == []
    assert rubric is not None
    return rubric


def base(*edits: tuple[str, str]) -> Known:
    """Return what an extension of the small rubric, itself edited, may refer to."""
    return Known({("fuel", "1.0"): sound(edited(SMALL, *edits))})


def told(findings: list[Finding] | tuple[Finding, ...]) -> list[tuple[str, int, int]]:
    """Return code, line and column of each finding."""
    return [(finding.code, finding.place.line, finding.place.column) for finding in findings]
