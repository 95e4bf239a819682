"""`people` and `person`, where no table is called so: those whose rows are people."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from apex.linking.people import people_in
from apex.reading.pieces import Piece
from core.catalog import Table

_PERSONS = frozenset({"person", "individual"})


def with_persons(pieces: Sequence[Piece], tables: Sequence[Table]) -> Iterator[Piece]:
    """The pieces, with tables for words that mean people of any kind."""
    for place, piece in enumerate(pieces):
        known = piece.sign in "ux" and len(piece.tokens) == 1 and piece.tokens[0].lemma in _PERSONS
        people = people_in(tables) if known and not _is_unit(pieces[:place]) else ()
        yield replace(piece, sign="T", links=people) if people else piece


def _is_unit(before: Sequence[Piece]) -> bool:
    """`a capacity of 500 people`, `accommodates the most people`: a number of people that a column holds."""
    size = len("".join(piece.sign for piece in before).rstrip("N>ioM"))
    holds = before[size - 1] if 0 < size < len(before) else None
    return holds is not None and (holds.sign == "C" or holds.degree is not None)
