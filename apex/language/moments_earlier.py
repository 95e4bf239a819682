"""Reads periods that are told by another: `the day before`, `the previous 7 days`, `same weekday a week before`."""

from typing import NamedTuple

from apex.language.moments_periods import Period, before, shifted
from apex.language.moments_words import GRAINS, Words
from core.values.plans import Grain


class Earlier(NamedTuple):
    """So many units before another period; without a unit, as long as that and right before it."""

    unit: Grain | None
    steps: int
    end: int
    later: bool = False

    def of(self, period: Period) -> Period | None:
        """The period meant; None where the other one is open."""
        if not period.start or not period.end:
            return None
        if self.unit is None:
            return before(period)
        return shifted(period, self.unit, self.steps if self.later else -self.steps)


def earlier_at(words: Words, at: int) -> Earlier | None:
    """The longest phrase of this kind that starts here."""
    found = [each for rule in (_over, _previous, _before, _same) if (each := rule(words, at))]
    return max(found, key=lambda each: each.end, default=None)


def _over(words: Words, at: int) -> Earlier | None:
    """`month over month`, `YoY`."""
    return next((Earlier(GRAINS[meaning], 1, end) for end, meaning in words.meanings(at, "over")), None)


def _previous(words: Words, at: int) -> Earlier | None:
    """`the previous month`, `previous 7 days`, `previous period`, `last year`."""
    at += words.word(at) in ("the", "a")
    behind = words.phrase(at, "previous", "earlier")
    if behind == at:
        return None
    period = words.phrase(behind, "period", "earlier")
    if period > behind:
        return Earlier(None, 1, period)
    number = words.number(behind)
    unit = words.unit(behind + (number is not None))
    if unit is None:
        return None
    return Earlier(unit[0], number or 1, unit[1]) if number is None else Earlier(None, 1, unit[1])


def _before(words: Words, at: int) -> Earlier | None:
    """`the day before`, `a week earlier`, `2 months before`, `the period before`, `the day after`."""
    at += words.word(at) in ("the", "a", "an", "of", "in")
    number = words.number(at)
    at += number is not None
    period = words.phrase(at, "period", "earlier")
    unit = words.unit(at)
    place = period if period > at else unit[1] if unit else at
    later = words.word(place) == "after"
    end = place + 1 if later else words.phrase(place, "before", "earlier")
    if place == at or end == place or words.word(end) in ("yesterday", "the"):
        return None
    return Earlier(unit[0] if unit and period == at else None, number or 1, end, later)


def _same(words: Words, at: int) -> Earlier | None:
    """`same period last year`, `the same weekday a week before`, `the same day of the previous week`."""
    at += words.word(at) == "the"
    behind = words.phrase(at, "same", "earlier")
    if behind == at:
        return None
    unit, period = words.unit(behind), words.phrase(behind, "period", "earlier")
    place = unit[1] if unit else period
    place += words.word(place) in ("weekday", "date") if place == behind else 0
    if place == behind:
        return None
    place += words.word(place) in ("of", "in", "from")
    return _previous(words, place) or _before(words, place)
