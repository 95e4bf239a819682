"""The words by which people ask for metrics; they stand in `english.txt`, by what they mean."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from apex.sections import sections_of

Phrase = tuple[str, ...]


def end_of(words: Sequence[str], at: int, meaning: str) -> int:
    """The place behind the longest phrase of this meaning that starts here; `at` where none does."""
    return next(ends_of(words, at, meaning), at)


def ends_of(words: Sequence[str], at: int, meaning: str) -> Iterator[int]:
    """The places behind every phrase of this meaning that starts here, longest first."""
    known = _sections()[meaning]
    for size in range(min(_longest(), len(words) - at), 0, -1):
        if tuple(words[at : at + size]) in known:
            yield at + size


def named(words: Sequence[str], at: int, group: str) -> tuple[str, int] | None:
    """Which meaning of a group (`grain`, `part`) the longest phrase here has, and the place behind it."""
    found = ((name, end_of(words, at, name)) for name in _sections() if name.startswith(f"{group}: "))
    name, end = max(found, key=lambda each: each[1])
    return (name.partition(": ")[2], end) if end > at else None


@cache
def _longest() -> int:
    return max(len(phrase) for phrases in _sections().values() for phrase in phrases)


@cache
def _sections() -> Mapping[str, frozenset[Phrase]]:
    found = sections_of("apex.metric_questions", "english.txt")
    return {name: frozenset(_phrases(" ".join(lines))) for name, lines in found.items()}


def _phrases(text: str) -> Iterator[Phrase]:
    for phrase in text.split(","):
        words = tuple("," if word == "comma" else word for word in phrase.split())
        if words:
            yield words
