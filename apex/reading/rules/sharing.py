"""`in the same department as Clara`, `with the same age as the student named Tom`: what other rows have, too."""

from apex.linking.link import Link
from apex.reading.draft import Ref, Term, Test
from apex.reading.scan import Scan, is_table

_AS = frozenset({"as", "than", "like"})
_SURE = 0.9
"""How sure the column is by which rows refer to the table that they share."""


def sharing(scan: Scan) -> bool:
    """Read that something is as it is of other rows, of which more is said behind it."""
    found = scan.match(r"[wrhi,&]*=(?P<what>[TCB])i(?:x(?=[wrv]))?(?=(?P<t>[TB](?!C))?)[TB]?(?=[wrvi]*[TCBVJ])")
    subject = scan.latest or next(iter(scan.draft.subjects), None)
    if not found or subject is None:
        return False
    place = found.start("what")
    if scan.pieces[place + 1].text.casefold().split()[-1] not in _AS:
        return False
    column = _column(scan, place, subject)
    if column is None:
        return False
    rows = scan.table(found.start("t")) if found["t"] else subject
    other = Term(column, rows=rows)
    scan.wish(Test(Term(column), "in", [other]))
    scan.scope = other
    scan.head = False
    scan.at = found.end()
    return True


def _column(scan: Scan, place: int, subject: Ref) -> Ref | None:
    """The column that is shared, or by which rows refer to what is shared."""
    piece = scan.pieces[place]
    if piece.sign == "C" or not is_table(piece):
        return scan.column(place, subject)
    shared = {link.table for link in piece.only("table")}
    links: list[Link] = []
    for table in dict.fromkeys(link.table for link in subject.links):
        entity = scan.model.entity(table)
        for edge in scan.model.relations(entity.name) if entity else ():
            if edge.forward and str(edge.target) in shared and len(edge.source_columns) == 1:
                links.append(Link("column", table, edge.source_columns[0], score=_SURE, why="key"))
    return Ref(piece, "column", tuple(links)) if links else None
