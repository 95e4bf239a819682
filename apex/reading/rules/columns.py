"""`whose budget is above the cost`, `with a higher asking price than final price`: two columns of what is asked for."""

from apex.reading.draft import Ref, Term, Test
from apex.reading.rules.comparisons import operator_of
from apex.reading.scan import Scan


def columns(scan: Scan) -> bool:
    """Read a column compared with another one."""
    found = scan.match(
        r"[wrhik,&]*(?:(?P<t>[TB](?=C))?(?P<c>C)[rhw]*(?P<neg>!)?(?P<op>>)[io]*|(?P<op2>>)(?P<t2>[TB](?=C))?(?P<c2>C)i)"
        r"(?P<t3>[TB](?=C))?(?P<c3>C)(?=$|[.,&|kw])"
    )
    if not found or (scan.head and found.group()[0] in "TBC"):
        return False
    suffix = "" if found["op"] else "2"
    one, other = (_column(scan, found.start(f"c{each}"), found.start(f"t{each}")) for each in (suffix, "3"))
    operator = operator_of(scan.pieces[found.start(f"op{suffix}")])
    if operator is None or not (scan.is_ordered(one) and scan.is_ordered(other)) or _is_one(one, other):
        return False
    scan.wish(Test(Term(one), operator, [Term(other)], negated=bool(found["neg"])))
    scan.head = False
    scan.at = found.end()
    return True


def _column(scan: Scan, at: int, owner: int) -> Ref:
    return scan.column(at, scan.table(owner) if owner >= 0 else None)


def _is_one(one: Ref, other: Ref) -> bool:
    """Whether both are called alike, so that other rows are compared with."""
    tables = [ref.owner.links[0].table if ref.owner and ref.owner.links else "" for ref in (one, other)]
    return tables[0] == tables[1] and one.links[0].place == other.links[0].place
