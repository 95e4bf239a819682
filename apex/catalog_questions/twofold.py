"""Words that are both a part of every database and a table of this one: `how many views are there?` beside a table `views`."""

from apex.catalog_questions.form import CatalogQuestion
from apex.catalog_questions.outcomes import ask_back
from core.values import Compiled

_PARTS = frozenset({"table", "view", "schema", "column"})


def two_meanings(question: CatalogQuestion) -> Compiled | None:
    """Ask which one is meant, with two questions that are no longer twofold."""
    if question.reading.names:
        return None
    for piece in question.reading.pieces:
        if piece.mark in _PARTS and piece.tables and len(piece.words) == 1:
            (word,) = piece.words
            before, after = question.reading.text[: word.start], question.reading.text[word.end :]
            name = piece.tables[0].name
            return ask_back(
                f"This database has a table called {name}. Do you mean that table, or the {word.folded} of the database?",
                [f'{before}"{name}"{after}', f"{before}database {word.text}{after}"],
                reason=f"{word.folded} has two meanings here",
            )
    return None
