"""`countries that appear more than twice`, `colors used at least 3 times`: how many rows share what is shown."""

from apex.reading.draft import Term, Test
from apex.reading.rules.comparisons import operator_of
from apex.reading.scan import Scan


def often(scan: Scan) -> bool:
    """Read how often what is shown must occur, where nothing else is counted."""
    found = scan.match(r"[wrhiv,&]*(?:v|(?P<op>>))+(?P<n>N)(?P<u>u?)(?=$|[.,&i])")
    if not found or not says_times(scan, found.start("n"), found.end("u") - 1) or not _is_shared(scan):
        return False
    operator = operator_of(scan.pieces[found.start("op")]) if found["op"] else "="
    if operator is None:
        return False
    scan.wish(Test(Term(None, "count"), operator, [int(scan.pieces[found.start("n")].number or 0)]))
    scan.head = False
    scan.at = found.end()
    return True


def says_times(scan: Scan, number: int, unit: int) -> bool:
    """Whether a number with what stands behind it says how often: `twice`, `three times`."""
    said = scan.pieces[number].text.casefold(), scan.pieces[unit].text.casefold()
    return said[0] in ("once", "twice") or said[1] in ("times", "time")


def _is_shared(scan: Scan) -> bool:
    """Whether what is shown is something that several rows may have in common."""
    shown = [term.of for term in scan.draft.outputs if not term.measured]
    attribute = scan.attribute(shown[0].links[0]) if shown and shown[0] and shown[0].links else None
    return attribute is not None and attribute.role in ("dimension", "reference") and not attribute.unique
