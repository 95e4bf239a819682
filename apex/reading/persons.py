"""`people`, where no table is called so: those whose rows are people; `employees` are those of people in general."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from apex.linking.link import Link
from apex.linking.names import NameIndex
from apex.linking.people import people_in
from apex.linking.values import ValueIndex
from apex.model.words import name_words, phrases
from apex.reading.pieces import Piece

_PERSONS = frozenset({"person", "individual", "everybody", "everyone", "anybody", "anyone"})
_GENERAL = _PERSONS | {"people"}


def with_persons(pieces: Sequence[Piece], names: NameIndex, values: ValueIndex) -> Iterator[Piece]:
    """The pieces, with tables for words that mean people of any kind, or of one that no table is called by."""
    for place, piece in enumerate(pieces):
        known = piece.sign in "ux" and len(piece.tokens) == 1
        people = _people(piece, pieces, place, names, values) if known else ()
        yield replace(piece, sign="T", links=people) if people else piece


def _people(
    piece: Piece, pieces: Sequence[Piece], place: int, names: NameIndex, values: ValueIndex
) -> tuple[Link, ...]:
    """The tables that a word for people may mean: students are among those of a table `people`, and no customers."""
    word, before = piece.tokens[0], pieces[:place]
    if word.lemma in _PERSONS:
        return () if _is_unit(before) else people_in(names.tables)
    if piece.sign != "x" or (word.lemma,) not in phrases("people"):
        return ()
    if names.find((word.folded,)) or values.find((word.folded,)):
        return ()
    # "More than 500 students" may be a number that a column holds.
    held = bool(before) and before[-1].sign == "N" and names.numbered(word.folded)
    if held or not _stands_alone(before, pieces[place + 1 :]):
        return ()
    return people_in(table for table in names.tables if name_words(table.name)[-1] in _GENERAL)


def _is_unit(before: Sequence[Piece]) -> bool:
    """`a capacity of 500 people`, `accommodates the most people`: a number of people that a column holds."""
    size = len("".join(piece.sign for piece in before).rstrip("N>ioM"))
    holds = before[size - 1] if 0 < size < len(before) else None
    return holds is not None and (holds.sign == "C" or holds.degree is not None)


def _stands_alone(before: Sequence[Piece], behind: Sequence[Piece]) -> bool:
    """Whether people are said to be nothing else: no `game players`, `actors and actresses` or `student loans`."""
    beside = "".join(piece.sign for piece in before)[-2:].rstrip("&,")
    return beside[-1:] not in ("T", "B") and not (behind and behind[0].sign in "TBCV")
