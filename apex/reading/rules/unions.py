"""`the phone numbers of customers and staff`: the same of the rows of two tables."""

from apex.reading.draft import Ref
from apex.reading.scan import Scan

SURE = 0.9
"""So sure the columns of both tables must be."""


def unions(scan: Scan) -> bool:
    """Read that what is shown is shown of two tables."""
    found = scan.match(r"o2?(?P<one>T)(?P<and>&)o?(?P<other>T)(?=$|[.])")
    shown = [term.of for term in scan.draft.outputs if term.of and term.of.meant == "column" and not term.measured]
    if not found or len(shown) != len(scan.draft.outputs) or scan.draft.wishes:
        return False
    if len(scan.pieces[found.start("and")].tokens) > 1:
        # "Students and their teachers": who belongs to whom is asked for.
        return False
    one, other = scan.table(found.start("one")), scan.table(found.start("other"))
    tables = {ref.links[0].table for ref in (one, other)}
    fitting = [{link.table for link in ref.links if link.score >= SURE} >= tables for ref in shown]
    if len(tables) < 2 or not fitting or not all(fitting) or _are_related(scan, one, other):
        return False
    for ref in shown:
        ref.owner = one
    scan.draft.subjects.append(one)
    scan.draft.also = other
    scan.at = found.end()
    return True


def _are_related(scan: Scan, one: Ref, other: Ref) -> bool:
    """Whether rows of the one table refer to rows of the other, so that pairs of them may be meant."""
    start, end = (scan.model.entity(ref.links[0].table) for ref in (one, other))
    return bool(start and end and any(edge.target == end.name for edge in scan.model.relations(start.name)))
