"""`in 2014`, `born in 1990`, `on 2014-05-01`: a year or a day that no column stands beside."""

from apex.reading.draft import Term, Test
from apex.reading.rules.constants import constant, is_day, is_year, year_column
from apex.reading.scan import Scan


def years(scan: Scan) -> bool:
    """Read a bare year."""
    found = scan.match(r"[wrh,&]*(?P<v>v)?i+(?P<n>[NJ](?:[,|]+i?[NJ])*)(?!u?[CBTH])")
    if not found:
        return False
    places = range(found.start("n"), found.end("n"))
    values = [constant(scan, place) for place in places if scan.sign(place) in "NJ"]
    days = all(map(is_day, values))
    if not days and not all(map(is_year, values)):
        return False
    column = scan.implied(scan.pieces[found.start("v")]) if found["v"] else None
    column = column or year_column(scan, values, sure=days)
    if column is None:
        return False
    scan.wish(Test(Term(column), "=" if len(values) == 1 else "in", values))
    scan.head = False
    scan.at = found.end()
    return True
