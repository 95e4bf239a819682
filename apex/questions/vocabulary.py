"""The words that questions are made of, sorted into marks; the words themselves stand in `english.txt`."""

from collections.abc import Mapping
from functools import cache

from apex.sections import sections_of

NEUTRAL = frozenset({"ask", "be", "polite", "glue"})
"""Marks that every form of question tolerates."""
SOFT_MARKS = NEUTRAL | {
    "how many", "first", "between", "like", "topic", "where", "have", "all", "per", "its", "info", "size", "smallest",
    "data word",
}  # fmt: skip
"""Marks that questions about the rows have too."""

LINKS = frozenset(
    {"of", "in", "from", "for", "on", "inside", "within", "about", "between", "and", "to", "with", "does", "is", "are"}
)
LINKS_BACK = frozenset({"table", "view", "column", "row count", "type", "primary key", "foreign key", "have"})
LINKS_ON = LINKS_BACK | {"describe", "sample", "topic", "like", "schema", "relationship", "meaning", "size"}
"""A name follows a word of LINKS or a mark of LINKS_ON, or stands before a mark of LINKS_BACK."""

_LISTS = ("numbers", "correctable", "soft words")
"""Sections of the file that are no marks."""


@cache
def marks() -> Mapping[tuple[str, ...], str]:
    """Every phrase, as its words, and the mark it bears."""
    return {
        tuple(phrase.split()): mark
        for mark, phrases in sections().items()
        if mark not in _LISTS
        for phrase in phrases
    }  # fmt: skip


@cache
def longest_phrase() -> int:
    """How many words the longest phrase has."""
    return max(map(len, marks()))


@cache
def numbers() -> Mapping[str, int]:
    """Numbers as words."""
    return {word: place for place, word in enumerate(sections()["numbers"], start=1)}


@cache
def correctable_words() -> Mapping[str, str]:
    """Words that are recognised in spite of a typing error, and their marks."""
    return {word: marks()[word,] for word in sections()["correctable"]}


@cache
def soft_words() -> frozenset[str]:
    """Words that occur in questions about the rows too, so that they alone do not make one about a catalog."""
    return frozenset(sections()["soft words"])


@cache
def sections() -> Mapping[str, tuple[str, ...]]:
    """The file as it is: the phrases under each heading."""
    found = sections_of("apex.questions", "english.txt")
    return {name: tuple(phrase.strip() for phrase in " ".join(lines).split(",")) for name, lines in found.items()}
