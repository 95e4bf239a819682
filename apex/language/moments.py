"""Reads phrases of time: `last month`, `Q3 2025`, `past 8 weeks`, `since January`, `between March and May 2025`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from apex.language.moments_periods import Period
from apex.language.moments_rules import Found, ImpossibleError, period_at
from apex.language.moments_words import Words

__all__ = ["Found", "ImpossibleError", "Moments", "Period"]


@dataclass(frozen=True)
class Moments(Words):
    """Reads one question's phrases of time."""

    def read(self, at: int) -> Found | None:
        """The longest phrase of time that starts here, with the word that leads it in."""
        found = [each for each in (self._bounded(at), self._led(at)) if each]
        best = max(found, key=lambda each: each.end, default=None)
        if best is None:
            return None
        period = best.period._replace(words=self.said(self._without_lead(at), best.end))
        if period.start and period.end and period.start >= period.end:
            raise ImpossibleError(f"The period {period.words!r} ends before it begins.")
        return Found(period, best.end)

    def _without_lead(self, at: int) -> int:
        return self.phrase(at, "lead")

    def _led(self, at: int) -> Found | None:
        """`in March`; a bare year or month needs the lead."""
        lead = self.phrase(at, "lead")
        the = lead + (self.word(lead) == "the")
        return period_at(self, the, led=lead > at)

    def _bounded(self, at: int) -> Found | None:
        """`since`, `before`, `after`, `until`, `between ... and ...`."""
        for meaning, bound in _BOUNDS.items():
            first = self._edge(at, meaning)
            found = period_at(self, first, led=True) if first > at else None
            if found:
                both = self._both(found) if meaning in ("since", "between") else None
                if both:
                    return both
                if meaning == "since" and self.word(at) == "from":
                    onward = self.phrase(found.end, "onward")
                    if onward == found.end:
                        continue
                    found = Found(found.period, onward)
                return Found(bound(found.period), found.end)
        between = self.phrase(at, "between")
        found = period_at(self, between, led=True) if between > at else None
        return self._both(found) if found else None

    def _edge(self, at: int, meaning: str) -> int:
        """Behind a bound and the edge that it names anyway: `since the start of`, `until the end of`."""
        first = self.phrase(at, meaning)
        return self.phrase(first, "start" if meaning in ("since", "before") else "end") if first > at else at

    def _both(self, first: Found) -> Found | None:
        """The second bound: `... and March 2025`, whose year the first one takes where it has none."""
        join = self.phrase(first.end, "and")
        second = period_at(self, join, led=True) if join > first.end else None
        if second is None:
            return None
        one, other = first.period, second.period
        if one.guess and not other.guess and one.start and other.start:
            year = other.start.year - (one.start.month > other.start.month)
            one = one._replace(start=one.start.replace(year=year), guess="")
        if one.start and other.end and one.start >= other.end:
            raise ImpossibleError(f"The period from {one.start.date()} to {other.end.date()} ends before it begins.")
        return Found(Period(one.start, other.end, other.unit, guess=one.guess or other.guess), second.end)


def _since(period: Period) -> Period:
    return period._replace(end=None)


def _after(period: Period) -> Period:
    return period._replace(start=period.end, end=None)


def _before(period: Period) -> Period:
    return period._replace(start=None, end=period.start)


def _until(period: Period) -> Period:
    return period._replace(start=None)


_BOUNDS: Mapping[str, Callable[[Period], Period]] = {
    "since": _since, "after": _after, "before": _before, "until": _until
}  # fmt: skip
