"""Periods of time, and how they are calculated: where a unit starts, what lies before it, what a fiscal year is."""

import calendar as days
from datetime import datetime, timedelta
from typing import NamedTuple

from core.values.calendar import Calendar
from core.values.plans import Grain

_HOURS: dict[Grain, int] = {"hour": 1, "day": 24, "week": 168}
_MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}


class Period(NamedTuple):
    """A time from `start` up to, but without, `end`; None is open. `words` are those of the question."""

    start: datetime | None
    end: datetime | None
    unit: Grain = "day"
    """What it is a number of."""
    words: str = ""
    guess: str = ""
    """What had to be chosen to read it, in words; empty where nothing was."""


def day_of(year: int, month: int, day: int) -> datetime:
    """The start of a day; ValueError where there is none."""
    return datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}")


def start_of(moment: datetime, unit: Grain, calendar: Calendar) -> datetime:
    """The start of the unit that a moment lies in."""
    if unit == "hour":
        return moment.replace(minute=0, second=0, microsecond=0)
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "week":
        return day - timedelta(days=day.weekday() if calendar.week_start == "monday" else day.isoweekday() % 7)
    months = _MONTHS.get(unit)
    return day.replace(month=(day.month - 1) // months * months + 1, day=1) if months else day


def moved(moment: datetime, unit: Grain, steps: int) -> datetime:
    """So many units later, or earlier; a day that the month lacks becomes its last."""
    if unit in _HOURS:
        return moment + timedelta(hours=_HOURS[unit] * steps)
    year, month = divmod(moment.year * 12 + moment.month - 1 + steps * _MONTHS[unit], 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, days.monthrange(year, month + 1)[1]))


def unit_from(start: datetime, unit: Grain) -> Period:
    """One unit that starts here."""
    return Period(start, moved(start, unit, 1), unit)


def fiscal_year(year: int, calendar: Calendar) -> Period:
    """The fiscal year that ends in this year; where none is set, it is the calendar year."""
    month = calendar.fiscal_month
    period = unit_from(day_of(year - (month > 1), month, 1), "year")
    return period._replace(guess="" if month > 1 else "the fiscal year is the calendar year, as nothing else is set")


def shifted(period: Period, unit: Grain, steps: int) -> Period:
    """The same period so many units later or earlier, and as long; whole months stay whole months."""
    start, end = period.start, period.end
    if not start or not end:
        return Period(
            moved(start, unit, steps) if start else None, moved(end, unit, steps) if end else None, period.unit
        )
    first = moved(start, unit, steps)
    last = moved(first, "month", _months_between(period)) if _whole_months(period) else first + (end - start)
    return Period(first, last, period.unit)


def before(period: Period) -> Period | None:
    """The period of the same length right before it; None for an open one."""
    if not period.start or not period.end:
        return None
    if _whole_months(period):
        return Period(moved(period.start, "month", -_months_between(period)), period.start, period.unit)
    return Period(period.start - (period.end - period.start), period.start, period.unit)


def _whole_months(period: Period) -> bool:
    ends = (period.start, period.end)
    return all(each is not None and each.day == 1 and each.hour == each.minute == 0 for each in ends)


def _months_between(period: Period) -> int:
    assert period.start and period.end
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month


def told(period: Period) -> str:
    """Its days: `2026-11-14 to 2026-11-20`, both included; hours where it does not start and end with days."""
    start, end = period.start, period.end
    if start and end and not (start.hour or end.hour):
        last = (end - timedelta(days=1)).date()
        return f"{start.date()}" if last == start.date() else f"{start.date()} to {last}"
    if start and end:
        return f"{start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}"
    if start:
        return f"from {start.date()} on"
    return f"before {end.date()}" if end else "all of the time"


def written(moment: datetime | None) -> str | None:
    """ISO 8601, a date where it is the start of a day."""
    if moment is None:
        return None
    return moment.date().isoformat() if moment.hour == moment.minute == 0 else moment.isoformat()
