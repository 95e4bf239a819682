"""What of an answer's words is worth reading above the table that says it too."""

import re
from collections.abc import Sequence

from core.values import Answer, Cell

_CLAUSE = re.compile(r"(?<=[.:;])\s+")
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
    return " ".join(_kept(_CLAUSE.split(words), seen))


def _kept(clauses: Sequence[str], seen: set[str]) -> list[str]:
    """The first clause and those that say something new; what announced one that is gone ends there."""
    kept = [clauses[0]]
    for clause in clauses[1:]:
        if not _tokens(clause) <= seen:
            kept.append(clause)
        elif kept[-1].endswith((":", ";")):
            kept[-1] = f"{kept[-1][:-1]}."
    return kept


def _tokens(text: str) -> set[str]:
    return set(_TOKEN.findall(_GROUPED.sub("", text).casefold().replace("_", " ")))
