"""`whose average price is the highest`, `in which year is the number of sales the lowest`: what it is comes first."""

from apex.reading.draft import Extreme
from apex.reading.rules.extremes import set_extreme
from apex.reading.scan import Scan


def trailing(scan: Scan) -> bool:
    """Read a term that is said to be the largest or the smallest."""
    opened = scan.match(r"[wrhi,&]*")
    term = scan.term(opened.end()) if opened and (scan.draft.outputs or scan.draft.subjects) else None
    found = scan.match(r"(?:o[TB])?(?P<m>M)(?=$|[.,&i])", term[1]) if term else None
    if not term or not found:
        return False
    set_extreme(scan, Extreme(term[0], scan.pieces[found.start("m")].value == "most", of=scan.latest))
    scan.head = False
    scan.at = found.end()
    return True
