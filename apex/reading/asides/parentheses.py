"""`merchants (id and name) who ...`, `the score (csat_score)`, `(e.g. V6)`: what stands in parentheses."""

import re
from functools import cache

from apex.language.vocabulary import vocabulary
from apex.linking.names import NameIndex
from apex.names import words_of
from apex.reading.asides.sentences import any_of

_PARENTHESES = re.compile(r"(?P<before>(?:[\w'’\-]+\s+){1,4})\((?P<inner>[^()]+)\)")
_ITEMS = re.compile(r"\s*(?:,\s*and\b|,|\band\b|&)\s*")
SURE = 0.7
"""How sure a name must be that a list in parentheses is one of columns."""


def parentheses(question: str, names: NameIndex) -> str:
    """Say of rows what is to be shown of them, and of words which column they mean."""
    if "(" not in question:
        return question
    return _PARENTHESES.sub(lambda found: _without(found, names), question)


def _without(found: re.Match[str], names: NameIndex) -> str:
    before, inner = found["before"], found["inner"].strip()
    if _examples().match(inner):
        return before.rstrip()
    clause = _clause().match(inner)
    if clause:
        return f"{before.rstrip()}, i.e. {inner[clause.end() :].strip()}"
    words = before.split()
    noun = _noun(words)
    if noun and _is_list(inner, names) and _is_table(noun[-1], names):
        kept = " ".join(words[: len(words) - len(noun)])
        return f"{kept} {inner} of {' '.join(noun)}".strip()
    if "_" in inner and noun and _is_column(inner, names):
        return " ".join([*words[: len(words) - len(noun)], inner])
    return found.group()


def _noun(words: list[str]) -> list[str]:
    """The last words that name something, and say nothing of what is to be done."""
    marks = vocabulary().marks
    at = next((at for at in range(len(words) - 1, -1, -1) if (words[at].casefold(),) in marks), -1)
    return words[at + 1 :]


def _is_list(inner: str, names: NameIndex) -> bool:
    items = [re.sub(r"^(?:the|their|its)\s+", "", item) for item in _ITEMS.split(inner)]
    return all(_is_column(item, names) for item in items)


def _is_column(item: str, names: NameIndex) -> bool:
    words = tuple(words_of(item.casefold()))
    if not words:
        return False
    if "_" in item:
        return any(link.kind == "column" for link in names.stored(item))
    return any(link.kind == "column" and link.score >= SURE for link in names.find(words)) or words[-1] in _SHOWN


_SHOWN = frozenset({"name", "names", "id", "ids"})
"""What every row has, whatever it is called."""


def _is_table(word: str, names: NameIndex) -> bool:
    return any(link.kind == "table" and link.score >= SURE for link in names.find((word.casefold(),)))


@cache
def _examples() -> re.Pattern[str]:
    return re.compile(rf"{any_of('such as')}(?!\w)", re.IGNORECASE)


@cache
def _clause() -> re.Pattern[str]:
    return re.compile(rf"{any_of('that is')}(?!\w),?", re.IGNORECASE)
