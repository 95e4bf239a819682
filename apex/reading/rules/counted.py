"""`how many French students`, `the number of active or pending orders`: rows are counted that a value describes."""

from apex.reading.draft import Term
from apex.reading.scan import Scan, is_table


def counted(scan: Scan) -> bool:
    """Read that rows are counted; the values before their table are read by the rule of values."""
    found = scan.match(r"d?#[do]*(?=V(?:[,|&]*V)*(?P<t>[TB]))")
    if not found or not scan.head:
        return False
    place = found.start("t")
    if scan.pieces[place].sign == "B" and not is_table(scan.pieces[place]):
        return False
    scan.draft.outputs.append(Term(None, "count", rows=scan.table(place)))
    scan.head = False
    scan.at = found.end()
    return True
