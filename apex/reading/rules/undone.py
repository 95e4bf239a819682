"""`products that were never ordered`, `books that are not published`: no row tells that it was done."""

from apex.reading.draft import Exists
from apex.reading.rules.deeds import deeds
from apex.reading.scan import Scan


def undone(scan: Scan) -> bool:
    """Read that something was not done, where another table is called as it."""
    found = scan.match(r"[wrhi,&k]*!h?(?P<v>[vOVHx])(?=$|[.,&|k])")
    piece = scan.pieces[found.start("v")] if found else None
    if not found or piece is None or not piece.tokens[-1].folded.endswith("ed"):
        return False
    rows = deeds(scan, piece)
    if rows is None:
        return False
    scan.wish(Exists(rows, negated=True))
    scan.head = False
    scan.at = found.end()
    return True
