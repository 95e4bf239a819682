"""A question's words as those of time: which units, months, numbers and years stand where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from apex.language.tokens import Token
from apex.sections import sections_of
from core.values.calendar import Calendar
from core.values.plans import Grain

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST = 4
"""Words of the longest phrase."""

GRAINS: Mapping[str, Grain] = {
    "hour": "hour", "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year"
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The words of one question, asked `now`."""

    tokens: Sequence[Token]
    now: datetime
    calendar: Calendar = field(default_factory=Calendar)

    @property
    def moment(self) -> datetime:
        """When it is asked, in the business's own time."""
        local = (
            self.now.astimezone(ZoneInfo(self.calendar.zone)) if self.calendar.zone and self.now.tzinfo else self.now
        )
        return local.replace(tzinfo=None)

    @property
    def today(self) -> datetime:
        """The start of the day."""
        return self.moment.replace(hour=0, minute=0, second=0, microsecond=0)

    def word(self, at: int) -> str:
        """The folded word at a place; empty behind the end."""
        return self.tokens[at].folded if 0 <= at < len(self.tokens) else ""

    def phrase(self, at: int, name: str, section: str = "words") -> int:
        """The place behind the longest phrase of this meaning that stands here; `at` where none does."""
        return next((end for end, meaning in self.meanings(at, section) if meaning == name), at)

    def meanings(self, at: int, section: str) -> Iterator[tuple[int, str]]:
        """Every meaning of what stands here, longest phrase first, with the place behind it."""
        known = _sections()[section]
        for size in range(min(LONGEST, len(self.tokens) - at), 0, -1):
            for meaning in known.get(tuple(self.word(at + place) for place in range(size)), ()):
                yield at + size, meaning

    def unit(self, at: int) -> tuple[Grain, int] | None:
        """A unit of time."""
        for end, meaning in self.meanings(at, "units"):
            return GRAINS[meaning], end
        return None

    def number(self, at: int) -> int | None:
        """A whole number."""
        token = self.tokens[at] if 0 <= at < len(self.tokens) else None
        number = token.number if token and not token.percent else None
        return int(number) if number is not None and number == int(number) else None

    def year(self, at: int) -> int | None:
        """A number that can be a year."""
        number = self.number(at)
        plain = number is not None and self.tokens[at].text.isdigit()
        return number if plain and number and FIRST_YEAR <= number <= LAST_YEAR else None

    def said(self, start: int, end: int) -> str:
        """The words of the question, as they are written."""
        return " ".join(token.text for token in self.tokens[start:end])


@cache
def last_words(*sections: str) -> frozenset[str]:
    """The words with which the phrases of these sections end, which say most of them."""
    return frozenset(phrase[-1] for section in sections for phrase in _sections()[section])


@cache
def _sections() -> Mapping[str, Mapping[tuple[str, ...], tuple[str, ...]]]:
    found: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    for heading, lines in sections_of("apex.language", "moments.txt").items():
        known = found.setdefault(heading, {})
        for meaning, _, phrases in (line.partition(": ") for line in lines):
            for phrase in phrases.split(", "):
                words = tuple(phrase.split())
                known[words] = (*known.get(words, ()), meaning)
    return found
