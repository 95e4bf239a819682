"""`the cities in Peru and their population`: behind a condition, more of the same is shown."""

from apex.reading.draft import Term
from apex.reading.scan import Scan

_WHOSE = frozenset({"their", "its", "his", "her"})


def besides(scan: Scan) -> bool:
    """Read a column of what was asked for."""
    found = None if scan.head else scan.match(r"[,&]*&(?P<c>C)(?=$|[.,&])")
    if not found or not scan.draft.outputs:
        return False
    joined = scan.pieces[found.start("c") - 1].text.casefold().split()
    if joined[-1] not in _WHOSE:
        return False
    first = scan.draft.outputs[0].of
    scan.draft.outputs.append(Term(scan.column(found.start("c"), first.owner or first if first else None)))
    scan.at = found.end()
    return True
