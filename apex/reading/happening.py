"""Which moments words speak of: `delivery` of `delivered_at`, `being hired` of `hire_date`, `submission` of its own."""

from collections.abc import Iterator, Sequence

from apex.linking.link import Link
from apex.model import Entity
from apex.model.words import ends_with, name_words, phrases, speaks_of
from apex.names import letters_alike
from apex.reading.draft import Ref
from apex.reading.pieces import Piece
from apex.reading.scan import Scan

ALIKE, LEFT = 4, 3
"""Words that begin with so many letters alike, but for so few, are forms of one: `decision` and `decided`."""
_NAMED, _FORMED, _OF_TABLE = 0.95, 0.85, 0.6
"""How sure a moment is that is called so, that is called by another form, and that is only the table's own."""


def moment_of(scan: Scan, pieces: Sequence[Piece]) -> Ref | None:
    """The moments that pieces name, or say in another form; None where they speak of none."""
    tables = {link.table for piece in pieces for link in piece.only("table")}
    named = [link for piece in pieces for link in piece.only("column") if scan.is_moment(*link.place)]
    formed = [] if named else [link for entity in _entities(scan) for link in _formed(entity, pieces)]
    own = [
        Link("column", str(entity.name), entity.times[0], score=_OF_TABLE, why="implied")
        for entity in _entities(scan)
        if entity.times and str(entity.name) in tables
    ]
    found = named or formed
    # The payment date is that of the payment, where dates are called so elsewhere, too.
    found = [link for link in found if len(pieces) > 1 and link.table in tables] or found or own
    return Ref(pieces[-1], "column", tuple(sorted(found, key=lambda link: -link.score))) if found else None


def ends_of(entity: Entity | None) -> tuple[str, str] | None:
    """The moment that begins a row, and the only one that ends it; without one that is called so, the most telling."""
    if entity is None:
        return None
    ends = [name for name in entity.times if speaks_of(name_words(name), "ends")]
    begins = [name for name in entity.times if speaks_of(name_words(name), "beginnings") and name not in ends]
    begins = begins or [name for name in entity.times if name not in ends][:1]
    return (begins[0], ends[0]) if len(ends) == 1 and len(begins) == 1 else None


def beginning_of(entity: Entity | None, end: str) -> str | None:
    """The moment from which time goes by up to another one of the same row."""
    names = [name for name in entity.times if name != end] if entity else []
    begins = [name for name in names if speaks_of(name_words(name), "beginnings")]
    return next(iter(begins or names), None)


def _entities(scan: Scan) -> Iterator[Entity]:
    for table in scan.tables():
        entity = scan.model.entity(table.full_name)
        if entity:
            yield entity


def _formed(entity: Entity, pieces: Sequence[Piece]) -> Iterator[Link]:
    idle = {*(phrase[0] for phrase in phrases("moments")), "up", "in", "out"}
    said = [token.folded for piece in pieces for token in piece.tokens if token.lemma not in idle]
    for name in entity.times if said else ():
        words = [word for word in name_words(name) if not ends_with((word,), "moments")]
        score = sum(max((_alike(one, word) for word in words), default=0.0) for one in said) / len(said)
        if score >= _FORMED / 2:
            yield Link("column", str(entity.name), name, score=score, why="implied")


def _alike(one: str, other: str) -> float:
    if one == other:
        return _NAMED
    shared = letters_alike(one, other)
    return _FORMED if shared >= max(ALIKE, min(len(one), len(other)) - LEFT) else 0.0
