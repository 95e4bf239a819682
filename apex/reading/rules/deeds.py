"""The tables that tell what was done: rows of `rentals` tell what was rented, and how often."""

from collections.abc import Iterator

from apex.linking.forms import stem
from apex.linking.link import Link
from apex.model import Entity
from apex.names import letters_alike, words_of
from apex.reading.draft import Ref
from apex.reading.pieces import Piece
from apex.reading.scan import Scan

ALIKE, LOST = 4, 2
"""So many letters a verb and a noun share at least, and of so many at the verb's end the noun may have others."""
DONE = 0.8
"""How sure a table is that is called as what was done."""
_ENDINGS = ("e", "es", "ing", "ings")


def subject_of(scan: Scan) -> Entity | None:
    """The table of what is spoken of."""
    shown = (of for term in scan.draft.outputs if (of := term.of or term.rows))
    subject = scan.latest or next(iter(scan.draft.subjects), None) or next(shown, None)
    return scan.model.entity(subject.links[0].table) if subject and subject.links else None


def deeds(scan: Scan, piece: Piece) -> Ref | None:
    """The rows that tell what a verb says of the subject, each row of which may have several."""
    verb, entity = stem(piece.tokens[-1].folded), subject_of(scan)
    called = [table for table in scan.tables() if any(_is_noun_of(verb, word) for word in words_of(table.name))]
    links = [
        Link("table", str(table.full_name), score=DONE, why="stem")
        for table in called
        if entity and (paths := scan.model.paths(entity.name, table.full_name)) and paths[0].multiplies
    ]
    return Ref(piece, "table", tuple(links)) if links else None


def many_of(scan: Scan) -> Iterator[str]:
    """The tables of which a row of the subject may have several rows."""
    entity = subject_of(scan)
    edges = scan.model.relations(entity.name) if entity else ()
    yield from dict.fromkeys(str(edge.target) for edge in edges if edge.multiplies)


def _is_noun_of(verb: str, noun: str) -> bool:
    shared = letters_alike(verb, noun)
    whole = shared == len(verb) and noun[shared:] in _ENDINGS
    return whole or shared >= max(ALIKE, len(verb) - LOST)
