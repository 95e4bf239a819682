"""`who have a pet`, `without any concerts`, `that never ordered`."""

from apex.reading.draft import Exists
from apex.reading.scan import Scan, is_table


def existence(scan: Scan) -> bool:
    """Read whether there are related rows."""
    found = scan.match(r"[,&k]*[wrv]*(?P<neg>!)?(?P<h>[hwvi]*)[hvdio]*(?P<t>[TB])(?!C|[>VJ~])")
    spoken = scan.draft.outputs or scan.draft.subjects or (scan.follows and "w" in (found.group() if found else ""))
    if not found or (scan.head and not spoken):
        return False
    negated = bool(found["neg"]) or scan.negated
    if not negated and not ({"h", "w"} & set(found.group())):
        return False
    piece = scan.pieces[found.start("t")]
    if piece.sign == "B" and not is_table(piece):
        return False
    exists = Exists(scan.table(found.start("t")), negated=bool(found["neg"]))
    scan.wish(exists)
    scan.scope = exists if negated else None
    scan.latest = exists.rows
    scan.head = False
    scan.at = found.end()
    return True
