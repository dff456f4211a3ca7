"""Dates as people type them and as spreadsheet programs keep them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from measures.errors import PeriodError
from measures.period import Interval

_NAMES = (
    "january janvier januar enero gennaio يناير كانون الثاني",
    "february février fevrier februar febrero febbraio فبراير شباط",
    "march mars märz maerz marzo مارس آذار اذار",
    "april avril abril aprile أبريل ابريل نيسان",
    "may mai mayo maggio مايو أيار ايار",
    "june juin juni junio giugno يونيو حزيران",
    "july juillet juli julio luglio يوليو تموز",
    "august août aout agosto أغسطس اغسطس آب",
    "september septembre septiembre settembre سبتمبر أيلول ايلول",
    "october octobre oktober octubre ottobre أكتوبر اكتوبر تشرين الأول تشرين الاول",
    "november novembre noviembre نوفمبر تشرين الثاني",
    "december décembre decembre dezember diciembre dicembre ديسمبر كانون الأول كانون الاول",
)
_TWO_WORDS = re.compile("(كانون|تشرين) (الثاني|الأول|الاول)")
_SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EXTRA = {
    "sept": 9,
    "mrz": 3,
    "okt": 10,
    "dez": 12,
    "déc": 12,
    "fév": 2,
    "ene": 1,
    "ago": 8,
    "abr": 4,
    "dic": 12,
}


def _months() -> dict[str, int]:
    known = {short: number for number, short in enumerate(_SHORT, start=1)} | _EXTRA
    for number, names in enumerate(_NAMES, start=1):
        for pair in _TWO_WORDS.findall(names):
            known[" ".join(pair)] = number
        known |= dict.fromkeys(_TWO_WORDS.sub("", names).split(), number)
    return known


MONTHS = _months()
"""Numbers of months by their names: English, French, German, Spanish, Italian and both Arabic sets."""

_YEAR_FIRST = re.compile(r"([0-9]{4})[./-]([0-9]{1,2})(?:[./-]([0-9]{1,2}))?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[./]([0-9]{4})")
_DAY_NAME_YEAR = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?[ -]+([^0-9]+?)\.?[ ,-]+([0-9]{4})")
_NAME_DAY_YEAR = re.compile(r"([^0-9]+?)\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})")
_NAME_YEAR = re.compile(r"([^0-9]+?)\.?[ ,-]+([0-9]{4})")
_MIDNIGHT = re.compile(r"[ t]0{1,2}:00(?::00(?:\.0+)?)?z?$")
_BETWEEN = re.compile(r"\s+(?:-|to|until|bis|au|al|إلى|الى|حتى)\s+|\s*/\s*(?=[0-9]{4}-)")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')

_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Serial days from 1954 to 2119; smaller numbers are years, larger ones are no days."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a date may mean: one text, or two that cannot be told apart; none when it is no date."""

    texts: tuple[str, ...]


def from_text(text: str) -> Reading:
    """Read a date or an interval that somebody typed, digits and dashes already plain."""
    given = _MIDNIGHT.sub("", text.casefold().strip())
    if _iso(given):
        return Reading((given.upper(),))
    parts = _BETWEEN.split(given)
    if len(parts) == 2:
        ends = [from_text(part).texts for part in parts]
        if all(len(one) == 1 and "/" not in one[0] for one in ends):
            joined = f"{ends[0][0]}/{ends[1][0]}"
            return Reading((joined,) if _iso(joined) else ())
        return Reading(())
    found = {read for read in _readings(given) if _iso(read)}
    return Reading(tuple(sorted(found)))


def _readings(text: str) -> list[str]:
    if match := _YEAR_FIRST.fullmatch(text):
        return [_written(match[1], match[2], match[3])]
    if match := _YEAR_LAST.fullmatch(text):
        day_first = _written(match[4], match[3], match[1])
        return [day_first] if match[2] == "." else [day_first, _written(match[4], match[1], match[3])]
    if match := _MONTH_YEAR.fullmatch(text):
        return [_written(match[2], match[1])]
    for form, (name, year, day) in (
        (_DAY_NAME_YEAR, (2, 3, 1)),
        (_NAME_DAY_YEAR, (1, 3, 2)),
        (_NAME_YEAR, (1, 2, 0)),
    ):
        match = form.fullmatch(text)
        month = MONTHS.get(match[name].strip()) if match else None
        if match and month:
            return [_written(match[year], str(month), match[day] if day else None)]
    return []


def _written(year: str, month: str, day: str | None = None) -> str:
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def _iso(text: str) -> bool:
    try:
        Interval.parse(text)
    except PeriodError:
        return False
    return True


def from_day(value: datetime | date, number_format: str) -> str:
    """Return a day that a program keeps, as precisely as its format shows it."""
    shown = _LITERAL.sub("", number_format.casefold())
    day = value.date() if isinstance(value, datetime) else value
    if "d" in shown or not shown or shown == "general" or day.day != 1:
        return day.isoformat()
    if "m" in shown:
        return f"{day.year:04}-{day.month:02}"
    return f"{day.year:04}" if day.month == 1 else day.isoformat()


def from_number(value: float, zero: date) -> str:
    """Return the year or the serial day that a bare number means; empty when neither.

    Args:
        value: The number.
        zero: The day that the workbook counts from.
    """
    if value != int(value):
        return ""
    if 1900 <= value <= 2999:
        return f"{int(value):04}"
    if _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return (zero + timedelta(days=int(value))).isoformat()
    return ""
