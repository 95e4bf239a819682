"""`the date they were hired`, `the date on which it was paid`: the moment at which something was done."""

from apex.linking.forms import stem
from apex.linking.link import Link
from apex.names import words_of
from apex.reading.draft import Ref, Term
from apex.reading.pieces import Piece
from apex.reading.scan import Scan

_WHEN = frozenset({"date", "dates", "day", "time", "timestamp"})
DONE = 0.95
"""How sure a moment is whose name says what was done."""


def dated(scan: Scan) -> bool:
    """Read the moment that a verb behind `date` tells, where a column is called by that verb."""
    asked = scan.head or scan.sign(scan.at - 1) in ("&", ",")
    found = scan.match(r"(?P<when>[CHK])[rib]*(?P<verb>[CVvxO])(?=$|[.,&])") if asked else None
    if not found or scan.pieces[found.start("when")].text.casefold() not in _WHEN:
        return False
    piece = scan.pieces[found.start("verb")]
    links = tuple(_done(scan, piece))
    if not links or not scan.draft.outputs:
        return False
    scan.draft.outputs.append(Term(Ref(piece, "column", links)))
    scan.at = found.end()
    return True


def _done(scan: Scan, piece: Piece) -> list[Link]:
    """The moments whose names begin with what was done."""
    verb = stem(piece.tokens[0].folded)
    return [
        Link("column", str(table.full_name), column.name, score=DONE, why="stem")
        for table in scan.tables()
        for column in table.columns
        if scan.is_moment(str(table.full_name), column.name) and verb == stem(words_of(column.name)[0])
    ]
