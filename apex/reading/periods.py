"""Times in a question as pieces: `in March 2025`, `the past 30 days`, `on weekends`, and units that time is cut to."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from apex.language.moments import Found, Moments
from apex.language.moments_periods import Period, moved
from apex.language.moments_rules import period_at
from apex.language.moments_words import last_words
from apex.language.tokens import Token
from apex.reading.pieces import Piece
from core.values.calendar import Calendar

Sized = tuple[int, Piece]
"""How many tokens a piece has, and the piece."""

TIME, UNIT = 0.95, 0.5
"""What a word is worth as part of a time, and as a unit."""
_EACH = frozenset({"each", "every", "per"})
_SHAPED = re.compile(r"(\d{1,4}[-/]\d{1,2}[-/]\d{1,4}.*|[qh][1-4]|fy\d+|[12]\d\d0s)\Z")


def times_by_start(tokens: Sequence[Token], now: datetime | None, calendar: Calendar) -> Sequence[Sequence[Sized]]:
    """The times and units that begin at each token; none where no `now` is known."""
    moments = Moments(tokens, now, calendar) if now else None
    if moments is None or not any(map(_speaks_of_time, tokens)):
        return [()] * len(tokens)
    return [[*_times(moments, at), *_units(moments, at)] for at in range(len(tokens))]


def _speaks_of_time(token: Token) -> bool:
    known = last_words("units", "months", "days", "weekdays", "recurring", "to date", "grains", "parts", "halves")
    return token.folded in known or bool(_SHAPED.match(token.folded))


def _times(moments: Moments, at: int) -> Iterator[Sized]:
    found = moments.read(at)
    if found and not (_says_less(moments, at, found) or _cuts(moments, at)):
        period, end = _bounded(moments, at, found)
        yield end - at, Piece("Z", tuple(moments.tokens[at:end]), period=period, weight=TIME * (end - at))
    behind = moments.phrase(at, "lead")
    for end, meaning in moments.meanings(behind, "recurring"):
        part = tuple(moments.tokens[at:end])
        yield end - at, Piece("Z", part, value=meaning, weight=TIME * len(part))
        return


def _says_less(moments: Moments, at: int, found: Found) -> bool:
    """Whether other rules know better: bare years, days of the week, and what is latest among the rows."""
    words = range(at, found.end)
    latest = any(moments.word(each) in ("latest", "recent") for each in words)
    weekday = bool(found.period.guess) and any(next(moments.meanings(each, "weekdays"), None) for each in words)
    return latest or weekday or all(moments.year(each) or _is_small(moments, each) for each in words)


def _cuts(moments: Moments, at: int) -> bool:
    """Whether a unit is one of many: `in each month of 2022`."""
    return moments.word(at - 1) in _EACH and moments.unit(at) is not None


def _is_small(moments: Moments, at: int) -> bool:
    """Whether a word only leads to a year."""
    sections = ("lead", "since", "after", "before", "until", "between", "and", "onward", "of year")
    small = ("the", "year", "years", ",")
    return moments.word(at) in small or any(meaning in sections for _, meaning in moments.meanings(at, "words"))


def _bounded(moments: Moments, at: int, found: Found) -> tuple[Period, int]:
    """The period with what is said of its ends: `inclusive of today`, `excluding the current month`."""
    period, end = found
    opened = end + (moments.word(end) in (",", "("))
    inclusive, exclusive = (moments.phrase(opened, meaning) for meaning in ("inclusive", "exclusive"))
    behind = max(inclusive, exclusive)
    named = period_at(moments, behind, led=True) if behind > opened else None
    if named is None:
        return period, end
    closed = named.end + 2 * (moments.word(named.end) == "'s")
    closed += moments.word(closed) == ")"
    if exclusive == behind or period.end is None:
        return period, closed
    return _up_to_now(moments, at, found, period), closed


def _up_to_now(moments: Moments, at: int, found: Found, period: Period) -> Period:
    """So many units back from today, and today."""
    unit, number = period.unit, 1
    for place in range(at, found.end):
        if named := moments.unit(place):
            unit, number = named[0], moments.number(place - 1) or 1
    start = moved(moments.today, unit, -number) if period.start and period.start < moments.today else period.start
    return period._replace(start=start, end=moved(moments.today, "day", 1), guess="")


def _units(moments: Moments, at: int) -> Iterator[Sized]:
    for end, meaning in moments.meanings(at, "parts"):
        part = tuple(moments.tokens[at:end])
        yield len(part), Piece("z", part, value=meaning, weight=TIME * len(part))
    for end, meaning in moments.meanings(at, "grains"):
        part = tuple(moments.tokens[at:end])
        yield len(part), Piece("z", part, value=f"by {meaning}", weight=UNIT + 0.3 * len(part))
    unit = moments.unit(at)
    if unit and moments.word(at) == unit[0]:
        yield 1, Piece("z", (moments.tokens[at],), value=unit[0], weight=UNIT)
