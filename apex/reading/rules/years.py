"""`in 2014`, `born in 1990`: a year that no column stands beside."""

from apex.reading.draft import Term, Test
from apex.reading.rules.constants import constant, is_year, year_column
from apex.reading.scan import Scan


def years(scan: Scan) -> bool:
    """Read a bare year."""
    found = scan.match(r"[wrh,&]*(?P<v>v)?i+(?P<n>N)(?!u?[CBTH])")
    if not found:
        return False
    value = constant(scan, found.start("n"))
    if not is_year(value):
        return False
    column = scan.implied(scan.pieces[found.start("v")]) if found["v"] else None
    column = column or year_column(scan, [value])
    if column is None:
        return False
    scan.wish(Test(Term(column), "=", [value]))
    scan.head = False
    scan.at = found.end()
    return True
