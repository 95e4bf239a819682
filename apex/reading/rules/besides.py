"""`the cities in Peru and their population`: behind a condition, more of the same is shown."""

from apex.reading.draft import Term
from apex.reading.scan import Scan

_WHOSE = frozenset({"their", "its", "his", "her"})


def besides(scan: Scan) -> bool:
    """Read a column of what was asked for."""
    return _of_another(scan) or _of_the_same(scan)


def _of_another(scan: Scan) -> bool:
    """`concerts with the name of the stadium`: what is told of other rows is shown, for nothing is said of it."""
    found = scan.match(r"w(?P<c>C)oT(?=[iv]*(?:$|[.]))")
    if not found or not scan.draft.outputs or any(term.measured for term in scan.draft.outputs):
        return False
    owner = scan.table(found.end() - 1)
    scan.draft.outputs.append(Term(scan.column(found.start("c"), owner)))
    scan.draft.subjects.append(owner)
    scan.at = found.end()
    return True


def _of_the_same(scan: Scan) -> bool:
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
