"""The forms of time, one rule each: `yesterday`, `last 7 days`, `March 2025`, `Q3`, `FY2025`, `on Monday`."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from apex.language.moments_periods import Period, day_of, fiscal_year, moved, start_of, unit_from
from apex.language.moments_words import GRAINS, Words
from core.values.plans import Grain

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_QUARTER = re.compile(r"([qh])([1-4])\Z")
_FISCAL = re.compile(r"fy(\d{2}|\d{4})\Z")
_DECADE = re.compile(r"([12]\d\d0)s\Z")
_MONTH = re.compile(r"\d{1,2}\Z")
_NTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\Z")
MOST = 10_000
"""So many units are a period; more are a slip."""


class ImpossibleError(Exception):
    """A time that does not exist, in words."""


class Found(NamedTuple):
    """A period, and the place behind its last word."""

    period: Period
    end: int


def period_at(words: Words, at: int, *, led: bool) -> Found | None:
    """The longest period that starts here; `led` says that a word before it speaks of time: `in March`."""
    at += words.word(at) == "the"
    found = [each for rule in RULES if (each := rule(words, at, led))]
    best = max(found, key=lambda each: each.end, default=None)
    return _so_far(best, words) if best else None


def _so_far(found: Found, words: Words) -> Found:
    """`this year so far` ends today."""
    end, start = words.phrase(found.end, "to date"), found.period.start
    if end == found.end or not start or not start <= words.today:
        return found
    return Found(found.period._replace(end=moved(words.today, "day", 1)), end)


def _day(words: Words, at: int, led: bool) -> Found | None:
    """`yesterday`."""
    for end, meaning in words.meanings(at, "days"):
        return Found(unit_from(moved(words.today, "day", int(meaning)), "day"), end)
    return None


def _counted(words: Words, at: int, led: bool) -> Found | None:
    """`last 7 days`: so many whole units before the current one; `past 7 days` go on; `next 3 days` lie ahead."""
    last, ahead = words.phrase(at, "last"), words.phrase(at, "next")
    behind = max(last, ahead)
    number = words.number(behind) if behind > at else None
    unit = words.unit(behind + 1) if number is not None else None
    if number is None or unit is None:
        return None
    if number < 1:
        raise ImpossibleError(f"The period {words.said(at, unit[1])!r} holds no time.")
    if number > 10_000:
        raise ImpossibleError(f"The period {words.said(at, unit[1])!r} is too long.")
    now = start_of(words.moment, unit[0], words.calendar)
    if ahead > last:
        start = moved(now, unit[0], 1)
        return Found(Period(start, moved(start, unit[0], number), unit[0]), unit[1])
    if words.phrase(at, "rolling") > at:
        return Found(up_to_now(words, unit[0], number), unit[1])
    return Found(Period(moved(now, unit[0], -number), now, unit[0]), unit[1])


def up_to_now(words: Words, unit: Grain, number: int) -> Period:
    """So many units back from today, and today; hours go back from this one."""
    least: Grain = "hour" if unit == "hour" else "day"
    now = start_of(words.moment, least, words.calendar)
    return Period(moved(now, unit, -number), moved(now, least, 1), unit)


def _relative(words: Words, at: int, led: bool) -> Found | None:
    """`last month`, `this fiscal year`, `next week`; `past week` are the seven days before today, and today."""
    for meaning, steps in (("last", -1), ("this", 0), ("next", 1)):
        behind = words.phrase(at, meaning)
        fiscal = words.phrase(behind, "fiscal")
        unit = words.unit(fiscal) if behind > at else None
        if unit is None:
            continue
        grain, end = unit
        if fiscal > behind and grain == "year":
            return Found(fiscal_year(_current_fiscal(words) + steps, words.calendar), end)
        if words.phrase(at, "rolling") > at:
            return Found(up_to_now(words, grain, 1), end)
        start = moved(start_of(words.moment, grain, words.calendar), grain, steps)
        return Found(unit_from(start, grain), end)
    return None


def _to_date(words: Words, at: int, led: bool) -> Found | None:
    """`year to date`, `MTD`."""
    known = words.unit(at)
    end = words.phrase(known[1], "to date") if known else at
    grain = known[0] if known and end > known[1] else None
    if grain is None:
        short = next(iter(words.meanings(at, "to date")), None)
        if short is None:
            return None
        end, grain = short[0], GRAINS[short[1]]
    start = start_of(words.today, grain, words.calendar)
    return Found(Period(start, moved(words.today, "day", 1), grain), end)


def _ago(words: Words, at: int, led: bool) -> Found | None:
    """`3 days ago`, `a week ago`: the unit that lies so far back."""
    number = 1 if words.word(at) in ("a", "an") else words.number(at)
    unit = words.unit(at + 1) if number else None
    if number is None or unit is None or words.phrase(unit[1], "ago") == unit[1]:
        return None
    start = moved(start_of(words.moment, unit[0], words.calendar), unit[0], -number)
    return Found(unit_from(start, unit[0]), words.phrase(unit[1], "ago"))


def _date(words: Words, at: int, led: bool) -> Found | None:
    """`2024-03-01`, `5 March 2025`, `March 5th, 2025`."""
    token = words.tokens[at] if at < len(words.tokens) else None
    iso = _ISO.match(token.text) if token and token.kind == "quoted" else None
    if iso and token:
        return Found(unit_from(_made(int(iso[1]), int(iso[2]), int(iso[3]), token.text), "day"), at + 1)
    slashed = _SLASHED.match(token.text) if token else None
    if slashed and token:
        one, other, year = map(int, slashed.groups())
        if one <= 12 < other or one == other:
            return Found(unit_from(_made(year, one, other, token.text), "day"), at + 1)
        return Found(unit_from(_made(year, other, one, token.text), "day"), at + 1) if one > 12 else None
    return _spelled_date(words, at)


def _spelled_date(words: Words, at: int) -> Found | None:
    day, month, end = _nth(words, at), _month_at(words, at), at
    if month is not None and (named := _nth(words, at + 1)):
        day, end = named, at + 2
    elif day is not None:
        behind = at + 1 + (words.word(at + 1) == "of")
        month, end = _month_at(words, behind), behind + 1
    if day is None or month is None:
        return None
    behind = end + (words.word(end) == ",")
    year, said = words.year(behind), words.said(at, end)
    if year:
        return Found(unit_from(_made(year, month, day, f"{said} {year}"), "day"), behind + 1)
    start = _made(words.today.year, month, day, said)
    if start > words.today:
        start = _made(words.today.year - 1, month, day, said)
    return Found(unit_from(start, "day")._replace(guess=f"the last {said} is meant"), end)


def _month(words: Words, at: int, led: bool) -> Found | None:
    """`March 2025`, `2025-03`, `in March`."""
    dashed = _dashed(words, at)
    if dashed:
        return dashed
    token = words.tokens[at] if at < len(words.tokens) else None
    month = _month_at(words, at)
    if month is None:
        return None
    behind = words.phrase(at + 1, "of year") + (words.word(at + 1) == ",")
    year = words.year(behind)
    if year:
        return Found(unit_from(day_of(year, month, 1), "month"), behind + 1)
    told = _relative_year(words, at + 1)
    if told:
        return Found(unit_from(day_of(told[0], month, 1), "month"), told[1])
    if not led:
        return None
    start = day_of(words.today.year - (month > words.today.month), month, 1)
    return Found(unit_from(start, "month")._replace(guess=f"the last {token.text if token else ''} is meant"), at + 1)


def _dashed(words: Words, at: int) -> Found | None:
    """`2025-03`, which comes as two numbers."""
    year, month = words.year(at), words.tokens[at + 1] if at + 1 < len(words.tokens) else None
    number = _MONTH.match(month.text) if month and month.start == words.tokens[at].end + 1 else None
    if year is None or number is None:
        return None
    return Found(unit_from(_made(year, int(number[0]), 1, f"{year}-{number[0]}"), "month"), at + 2)


def _relative_year(words: Words, at: int) -> tuple[int, int] | None:
    """`last year` behind a month or a quarter."""
    at = words.phrase(at, "of year")
    for meaning, steps in (("last", -1), ("this", 0)):
        behind = words.phrase(at, meaning)
        unit = words.unit(behind) if behind > at else None
        if unit and unit[0] == "year":
            return words.today.year + steps, unit[1]
    return None


def _quarter(words: Words, at: int, led: bool) -> Found | None:
    """`Q3 2025`, `2025 Q3`, `the third quarter of 2025`, `H1 2025`, `first half of 2025`."""
    ahead = words.year(at)
    place = at + (ahead is not None)
    part = _part_at(words, place)
    if part is None:
        return None
    letter, number, end = part
    behind = words.phrase(end, "of year")
    year = ahead or words.year(behind)
    end = behind + 1 if year and not ahead else end
    told = None if year else _relative_year(words, end)
    year, end = told if told else (year, end)
    months = 3 if letter == "q" else 6
    if letter == "h" and number > 2:
        raise ImpossibleError(f"A year has two halves, so there is no {words.said(at, end)}.")
    guess = ""
    if year is None:
        year, guess = words.today.year, f"the last {words.said(at, end)} is meant"
        if day_of(year, (number - 1) * months + 1, 1) > words.today:
            year -= 1
    start = day_of(year, (number - 1) * months + 1, 1)
    unit: Grain = "quarter" if letter == "q" else "month"
    return Found(Period(start, moved(start, "month", months), unit, guess=guess), end)


def _part_at(words: Words, at: int) -> tuple[str, int, int] | None:
    short = _QUARTER.match(words.word(at))
    if short:
        return short[1], int(short[2]), at + 1
    at += words.word(at) == "the"
    for end, meaning in words.meanings(at, "ordinals"):
        unit, half = words.unit(end), words.phrase(end, "half", "halves")
        if unit and unit[0] == "quarter":
            return "q", int(meaning), unit[1]
        if half > end:
            return "h", int(meaning), half
    return None


def _fiscal(words: Words, at: int, led: bool) -> Found | None:
    """`FY2025`, `fiscal year 2025`: the one that ends in that year."""
    short = _FISCAL.match(words.word(at))
    if short:
        year = int(short[1]) + (2000 if len(short[1]) == 2 else 0)
        return Found(fiscal_year(year, words.calendar), at + 1)
    behind = words.phrase(at, "fiscal")
    unit = words.unit(behind) if behind > at else None
    year = words.year(unit[1]) if unit and unit[0] == "year" else None
    return Found(fiscal_year(year, words.calendar), unit[1] + 1) if unit and year else None


def _year(words: Words, at: int, led: bool) -> Found | None:
    """`in 2024`, `the year 2024`."""
    unit = words.unit(at)
    place = unit[1] if unit and unit[0] == "year" else at
    year = words.year(place)
    if year is None or not (led or place > at):
        return None
    return Found(unit_from(day_of(year, 1, 1), "year"), place + 1)


def _decade(words: Words, at: int, led: bool) -> Found | None:
    """`the 1990s`."""
    found = _DECADE.match(words.word(at))
    return (
        Found(Period(day_of(int(found[1]), 1, 1), day_of(int(found[1]) + 10, 1, 1), "year"), at + 1) if found else None
    )


def _weekday(words: Words, at: int, led: bool) -> Found | None:
    """`on Monday`, `last Friday`: the last one before today."""
    behind = words.phrase(at, "last")
    if behind == at and not led:
        return None
    for end, meaning in words.meanings(behind, "weekdays"):
        back = (words.today.isoweekday() - int(meaning)) % 7 or 7
        guess = "" if behind > at else f"the last {words.said(behind, end)} is meant"
        return Found(unit_from(moved(words.today, "day", -back), "day")._replace(guess=guess), end)
    return None


def _around(words: Words, at: int, led: bool) -> Found | None:
    """`week of 2025-03-05`, `month of March 2025`."""
    unit = words.unit(at)
    if unit is None or words.word(unit[1]) != "of" or unit[0] == "hour":
        return None
    rule = _date(words, unit[1] + 1, True) if unit[0] == "week" else period_at(words, unit[1] + 1, led=True)
    if rule is None or not rule.period.start:
        return None
    return Found(unit_from(start_of(rule.period.start, unit[0], words.calendar), unit[0]), rule.end)


RULES: tuple[Callable[[Words, int, bool], Found | None], ...] = (
    _day, _counted, _relative, _to_date, _ago, _date, _month, _quarter, _fiscal, _year, _decade, _weekday, _around,
)  # fmt: skip


def _made(year: int, month: int, day: int, said: str) -> datetime:
    try:
        return day_of(year, month, day)
    except ValueError:
        raise ImpossibleError(f"There is no day {said}.") from None


def _nth(words: Words, at: int) -> int | None:
    found = _NTH.match(words.word(at))
    return int(found[1]) if found and words.year(at) is None else None


def _month_at(words: Words, at: int) -> int | None:
    return next((int(meaning) for _, meaning in words.meanings(at, "months")), None)


def _current_fiscal(words: Words) -> int:
    month = words.calendar.fiscal_month
    return words.today.year + (1 < month <= words.today.month)
