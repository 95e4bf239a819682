"""Leaves out what only points to the answer before: `those customers' cities`, `the year of that song`."""

from collections.abc import Sequence
from itertools import takewhile

from apex.reading.follow_ups.words import back
from apex.reading.pieces import Piece, without


def without_pointing(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a question that follows another, as they would stand alone."""
    kept = [piece for piece in pieces if piece.sign != "x" or piece.text.casefold() not in back()["results"]]
    return _without_opening(without(without(kept, _are_those), _is_that_noun))


def _are_those(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    """`what are those customers' cities`: those of whom the question before spoke, and nothing relates."""
    named = after is not None and after.sign in "TB" and (before is None or before.sign in "Q#A")
    return named and piece.sign == "r" and piece.text.casefold() in back()["those"]


def _is_that_noun(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    """`the year of that song`: "that" says which rows are meant, and the noun behind it nothing more."""
    told = before is not None and before.text.casefold() in ("that", "this") and (after is None or after.sign in ".,")
    return told and piece.sign in "Cx" and piece.text.casefold() not in back()["present"]


def _without_opening(pieces: Sequence[Piece]) -> list[Piece]:
    """`only those from France`: what is left of the answer before, and not all that somebody has."""
    opening = list(takewhile(lambda piece: piece.sign in "Q&x>" and not piece.number, pieces))
    empty = [piece for piece in opening if piece.text.casefold() in back()["means nothing"]]
    # What is to be done with the columns behind it is told by how the question begins.
    told = back()["removes"] | back()["more"]
    empty += [piece for piece in opening[:1] if piece.sign == "x" and piece.text.casefold() in told]
    return [piece for piece in pieces if piece not in empty]
