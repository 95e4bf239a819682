"""Joins pieces that say one thing together: `least expensive`, `founded the earliest`, `advisor number 5`."""

from collections.abc import Sequence
from dataclasses import replace

from apex.language.vocabulary import Degree
from apex.model.words import ends_with, name_words
from apex.reading.follow_ups.words import back
from apex.reading.pieces import Piece, around

_NUMBERS = frozenset({"number", "numbers", "no", "num"})
_MOST = frozenset({"most", "least", "best", "worst"})
_MOMENTS = frozenset({"date", "time", "timestamp"})
_CODES = frozenset({"code", "codes", "value", "values"})
"""Between a column and its values they say no more than the column does: `country code DE`."""
_ROWS = frozenset({"record", "records", "entry", "entries", "rows"})
"""Behind a table they say no more than the table does: `sales records`."""


def joined(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with those made one that are read as one."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        one = _one(before, piece) if before else None
        if one:
            found[-1] = one
        else:
            found.append(piece)
    return _without_idle(found)


def _one(before: Piece, piece: Piece) -> Piece | None:
    if piece.sign == "S" and before.sign == "C" and before.tokens[-1].folded.endswith(("ed", "uilt")):
        # "Founded the earliest": the superlative is of the column that the participle names.
        return replace(piece, links=before.only("column"))
    if piece.sign == before.sign == "C" and piece.text.casefold() in _NUMBERS:
        # The phone number is what the column `phone` holds.
        return replace(before, tokens=(*before.tokens, *piece.tokens))
    if piece.sign == before.sign == "C" and piece.text.casefold() in _MOMENTS and _tells_when(before):
        # The joining date is what `joined_on` holds.
        return replace(before, tokens=(*before.tokens, *piece.tokens))
    if piece.sign == "H" and piece.degree and before.sign == "M" and before.text.casefold() in _MOST:
        degree = _turned(piece.degree) if before.value == "least" else piece.degree
        return replace(piece, sign="S", tokens=(*before.tokens, *piece.tokens), degree=degree)
    if piece.sign == "H" and piece.degree and before.text.casefold() in ("more", "less"):
        degree = _turned(piece.degree) if before.value == "<" else piece.degree
        return replace(piece, sign="G", tokens=(*before.tokens, *piece.tokens), degree=degree)
    return None


def _tells_when(piece: Piece) -> bool:
    columns = [link.column for link in piece.links[:1] if link.kind == "column"]
    return any(ends_with(name_words(each), "moments") for each in columns)


def _turned(degree: Degree) -> Degree:
    return replace(degree, columns=tuple((column, not larger) for column, larger in degree.columns))


def _without_idle(pieces: Sequence[Piece]) -> list[Piece]:
    """Without `number` between a column and its number, and without a comparison that compares with nothing."""
    kept: list[Piece] = []
    for before, piece, after in around(pieces):
        numbers = piece.sign == "x" and piece.text.casefold() in _NUMBERS
        if numbers and before and before.sign in "CB" and after and after.sign == "N":
            continue
        if piece.text.casefold() in _CODES and before and before.sign in "CB" and after and after.sign in "VJ":
            continue
        if piece.sign == "x" and before and before.sign == "T" and piece.text.casefold() in _ROWS:
            continue
        if piece.sign == "#" and before and before.sign in "CT" and piece.tokens[0].lemma == "number":
            # "The phone number of all members": the number is the column's.
            kept.append(replace(piece, sign="o"))
            continue
        if piece.sign == "x" and before and before.sign == "O" and piece.text.casefold() in back()["results"]:
            # "Sort the results by age": what is sorted is what was asked for.
            continue
        if piece.sign == ">" and (after is None or after.sign == ".") and piece.value in ("before", "after"):
            continue
        kept.append(piece)
    return kept
