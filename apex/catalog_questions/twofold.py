"""Words that mean a part of every database, and a table of this one too: `how many views are there?`"""

from apex.catalog_questions.form import CatalogQuestion
from apex.catalog_questions.outcomes import ask_back
from core.values import Compiled

_OF_SOMETHING = frozenset(
    {"row", "row count", "type", "primary key", "foreign key", "describe", "sample", "null", "meaning"}
)
"""Beside these, and behind `columns of`, a table is expected, so the word is its name."""
_PARTS = frozenset({"table", "view", "schema", "column"})


def two_meanings(question: CatalogQuestion) -> Compiled | None:
    """Ask which one is meant, with two questions that are no longer twofold."""
    if question.reading.names or question.reading.marks & _OF_SOMETHING:
        return None
    for piece in question.reading.pieces:
        if piece.mark == "column" and "table" not in question.reading.marks:
            return None
        if piece.mark in _PARTS and piece.tables and len(piece.words) == 1:
            (word,) = piece.words
            before, after = question.reading.text[: word.start], question.reading.text[word.end :]
            name = piece.tables[0].name
            return ask_back(
                f"There is a table called {name}. Do you mean that table, or the {word.folded} of the database?",
                [f'{before}"{name}"{after}', f"{before}database {word.text}{after}"],
                reason=f"{word.folded} has two meanings here",
            )
    return None
