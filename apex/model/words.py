"""The words in column names that tell what a column is for; they stand in `words.txt`."""

from collections.abc import Mapping
from functools import cache, lru_cache

from apex.compounds import parts_of
from apex.language.vocabulary import vocabulary
from apex.names import common_form, words_of
from apex.sections import sections_of

Phrase = tuple[str, ...]

_PLAIN = frozenset({"id", "no"})
"""Said as they are written."""


@lru_cache(maxsize=20_000)
def name_words(name: str) -> Phrase:
    """The common forms of a name's words, written out: those of `OrderIds`, `order_id` and `ord_id` are the same."""
    known, words = vocabulary().abbreviations, words_of(name)
    # `LName` is written as two words, and means one.
    words = ("".join(words),) if "".join(words) in known else tuple(part for word in words for part in parts_of(word))
    written = (known.get(word, word) if word not in _PLAIN else word for word in words)
    return tuple(common_form(part) for word in written for part in word.split())


@lru_cache(maxsize=20_000)
def speaks_of(name: Phrase, section: str) -> bool:
    """Whether a phrase of the section stands in the name."""
    return any(_holds(name, phrase) for phrase in phrases(section))


@lru_cache(maxsize=20_000)
def ends_with(name: Phrase, section: str) -> bool:
    """Whether a phrase of the section is the last of the name: of `hire_date` the date, not of `date_of_hire`."""
    return any(name[-len(phrase) :] == phrase for phrase in phrases(section))


def phrases(section: str) -> tuple[Phrase, ...]:
    """The phrases of a section, in order."""
    return _sections()[section]


def _holds(name: Phrase, phrase: Phrase) -> bool:
    size = len(phrase)
    return any(name[place : place + size] == phrase for place in range(len(name) - size + 1))


@cache
def _sections() -> Mapping[str, tuple[Phrase, ...]]:
    found = {name: " ".join(lines) for name, lines in sections_of("apex.model", "words.txt").items()}
    return {name: tuple(name_words(each) for each in text.split(",") if each.strip()) for name, text in found.items()}
