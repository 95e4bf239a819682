"""What of an answer's words is worth reading above the table that says it too."""

import re
from collections.abc import Sequence

from core.values import Answer, Cell

_SENTENCE_END = re.compile(r"(?<=\.)\s+")
_TOKEN = re.compile(r"\w+")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3})")
_FILLERS = frozenset({"the", "columns", "column", "are", "is", "and", "first", "last", "none", "yes", "no", "row"})


def beside_a_table(answer: Answer, rows: Sequence[Sequence[Cell]]) -> str:
    """The words without assumptions, which have lines of their own, and without what only repeats names and cells."""
    words = answer.answer
    for each in answer.assumptions:
        words = words.replace(f" Assumed: {each}", "")
    seen = _tokens(" ".join(column.name.replace("_", " ") + " " + column.name for column in answer.columns))
    seen |= _FILLERS.union(*(_tokens(str(cell)) for row in rows for cell in row))
    first, *others = _SENTENCE_END.split(words)
    return " ".join([_unlisted(first, seen), *(_unlisted(each, seen) for each in others if not _tokens(each) <= seen)])


def _unlisted(sentence: str, seen: set[str]) -> str:
    """The sentence up to its colon when only names and cells stand behind it."""
    head, _, listed = sentence.partition(": ")
    return f"{head}." if listed and _tokens(listed) <= seen else sentence


def _tokens(text: str) -> set[str]:
    return set(_TOKEN.findall(_GROUPED.sub("", text).casefold().replace("_", " ")))
