"""How well names fit the words that were taken for them, and which words of the question are left over."""

from collections.abc import Mapping

from apex.linking.forms import stem
from apex.reading.factors.case import SILENT, Case, others, roots_in, roots_of

_MARKS = frozenset("Q#AMSG>~EODlLKP$%U!kpX=dt2eac*")
"""Signs of words that say what is to be done, and name nothing."""


def spoken(case: Case) -> Mapping[str, float]:
    """How much of what was said, and of what it was taken for, is the same."""
    named = [*case.meant_as("column"), *case.meant_as("table")]
    shares = [
        _shares(roots_in([ref.piece]), roots_of(link.column or link.table), roots_of(link.table)) for ref, link in named
    ]
    places = [link.place for _, link in case.meant_as("column")]
    tables, values = case.meant_as("table"), case.meant_as("value")
    return {
        "least of words": min((said for said, _ in shares), default=1.0),
        "least of a name": min((own for _, own in shares), default=1.0),
        "same place twice": float(len(places) - len(set(places))),
        "table ties": float(min(3, others(tables, 0.1))),
        "value elsewhere": float(min(4, others(values, 0.06))),
        "words left": float(min(5, len(_left(case)))),
    }


def _shares(told: set[str], own: frozenset[str], table: frozenset[str]) -> tuple[float, float]:
    return len(told & (own | table)) / max(1, len(told)), len(own & told) / max(1, len(own))


def _left(case: Case) -> set[str]:
    """The roots of words that are in no name that is used, in no value, and say nothing of what is to be done."""
    used = [roots_of(table) for table in case.tables] + [roots_of(column) for _, column in case.places]
    marks = {token.start for piece in case.pieces if piece.sign in _MARKS for token in piece.tokens}
    taken = {token.start for ref, _ in case.meant for token in ref.piece.tokens}
    words = {
        stem(word.lemma)
        for word in case.words
        if word.kind == "word" and word.folded not in SILENT and word.start not in marks and word.start not in taken
    }
    return words.difference(*used)
