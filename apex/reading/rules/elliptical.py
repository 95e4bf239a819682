"""`how many are there?`, `and the maximum?`, `what about at least 3?`: what only the question before completes."""

from apex.reading.draft import Term
from apex.reading.scan import AGGREGATES, Scan


def elliptical(scan: Scan) -> bool:
    """Read what lacks its noun, where the question before may lend it."""
    return scan.follows and (_count(scan) or _aggregates(scan) or _bound(scan))


def _count(scan: Scan) -> bool:
    found = scan.match(r"Q*#[di]*(?:(?=[.,wri])|$)")
    if not found or not scan.head:
        return False
    scan.draft.outputs.append(Term(None, "count"))
    scan.at = found.end()
    return True


def _aggregates(scan: Scan) -> bool:
    found = scan.match(r"Q*(?P<how>A(?:[,&]+A)*)o?(?=$|[.?E])")
    if not found:
        return False
    pieces = scan.pieces[found.start("how") : found.end("how")]
    scan.draft.again.extend(AGGREGATES[piece.value] for piece in pieces if piece.sign == "A")
    scan.at = found.end()
    return True


def _bound(scan: Scan) -> bool:
    found = scan.match(r"[Q,&wh]*(?P<op>>)?(?P<n>N)u?(?=$|[.?])")
    if not found or scan.draft.outputs:
        return False
    operator = scan.pieces[found.start("op")].value if found["op"] else ""
    scan.draft.bounds.append((operator, scan.pieces[found.start("n")].number or 0.0))
    scan.at = found.end()
    return True
