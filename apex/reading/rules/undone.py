"""`products that were never ordered`, `books that are not published`: no row tells that it was done."""

from itertools import takewhile

from apex.linking.link import Link
from apex.linking.names import stem
from apex.names import words_of
from apex.reading.draft import Exists, Ref
from apex.reading.pieces import Piece
from apex.reading.scan import Scan

ALIKE, LOST = 4, 2
"""So many letters a verb and a noun share at least, and of so many at the verb's end the noun may have others."""
DONE = 0.8
"""How sure a table is that is called as what was done."""


def undone(scan: Scan) -> bool:
    """Read that something was not done, where another table is called as it."""
    found = scan.match(r"[wrhi,&k]*!h?(?P<v>[vOVHx])(?=$|[.,&|k])")
    piece = scan.pieces[found.start("v")] if found else None
    if not found or piece is None or not piece.tokens[-1].folded.endswith("ed"):
        return False
    links = tuple(_done(scan, piece))
    if not links:
        return False
    scan.wish(Exists(Ref(piece, "table", links), negated=True))
    scan.head = False
    scan.at = found.end()
    return True


def _done(scan: Scan, piece: Piece) -> list[Link]:
    """The tables that are called as the verb, of which a row of the subject may have several."""
    shown = (term.of for term in scan.draft.outputs if term.of)
    subject = scan.latest or next(iter(scan.draft.subjects), None) or next(shown, None)
    entity = scan.model.entity(subject.links[0].table) if subject and subject.links else None
    many = [edge.target for edge in (scan.model.relations(entity.name) if entity else ()) if edge.multiplies]
    verb = stem(piece.tokens[-1].folded)
    return [
        Link("table", str(table), score=DONE, why="stem")
        for table in dict.fromkeys(many)
        if any(_is_noun_of(verb, word) for word in words_of(table.name))
    ]


def _is_noun_of(verb: str, noun: str) -> bool:
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(verb, noun, strict=False)))
    whole = shared == len(verb) and noun[shared:] in _ENDINGS
    return whole or shared >= max(ALIKE, len(verb) - LOST)


_ENDINGS = ("e", "es", "ing", "ings")
