"""`people`, and `employees` where no table is called so: those whose rows are people."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

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
        people = people_in(names.tables) if known and _are_people(piece, pieces, place, names, values) else ()
        if piece.sign == "x" and piece.tokens[0].lemma not in _PERSONS:
            # Students are among the people of a table `people`, and are no customers.
            people = tuple(link for link in people if name_words(link.table.rsplit(".", 1)[-1])[-1] in _GENERAL)
        yield replace(piece, sign="T", links=people) if people else piece


def _are_people(piece: Piece, pieces: Sequence[Piece], place: int, names: NameIndex, values: ValueIndex) -> bool:
    word, before = piece.tokens[0], pieces[:place]
    if word.lemma in _PERSONS:
        return not _is_unit(before)
    if piece.sign != "x" or (word.lemma,) not in phrases("people"):
        return False
    if names.find((word.folded,)) or values.find((word.folded,)):
        return False
    # "More than 500 students" may be a number that a column holds.
    held = bool(before) and before[-1].sign == "N" and names.numbered(word.folded)
    return not held and _stands_alone(before, pieces[place + 1 :])


def _is_unit(before: Sequence[Piece]) -> bool:
    """`a capacity of 500 people`, `accommodates the most people`: a number of people that a column holds."""
    size = len("".join(piece.sign for piece in before).rstrip("N>ioM"))
    holds = before[size - 1] if 0 < size < len(before) else None
    return holds is not None and (holds.sign == "C" or holds.degree is not None)


def _stands_alone(before: Sequence[Piece], behind: Sequence[Piece]) -> bool:
    """Whether people are said to be nothing else: no `game players`, `actors and actresses` or `student loans`."""
    beside = "".join(piece.sign for piece in before)[-2:].rstrip("&,")
    return beside[-1:] not in ("T", "B") and not (behind and behind[0].sign in "TBCV")
