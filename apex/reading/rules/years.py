"""`in 2014`, `born in 1990`, `on 2014-05-01`: a year or a day that no column stands beside."""

from apex.reading.draft import Term, Test
from apex.reading.parts import is_year
from apex.reading.rules.constants import constant, is_day, year_column
from apex.reading.scan import Scan


def years(scan: Scan) -> bool:
    """Read a bare year."""
    return _both(scan) or _one(scan)


def _both(scan: Scan) -> bool:
    """`in both 2014 and 2015`: each in a row of its own."""
    found = scan.match(r"[wrh,&i]*(?:(?P<c>C)[ohi]*)?2i?(?P<one>N)&i?(?P<other>N)(?!u?[CBTH])")
    values = [constant(scan, found.start(name)) for name in ("one", "other")] if found else []
    if not found or not all(map(is_year, values)):
        return False
    told = year_column(scan, values)
    column = scan.column(found.start("c")) if found["c"] else told
    if column is None or not told or not {link.place for link in column.links} & {link.place for link in told.links}:
        return False
    for value in values:
        scan.wish(Test(Term(column), "=", [value], apart=True))
    scan.head = False
    scan.at = found.end()
    return True


def _one(scan: Scan) -> bool:
    found = scan.match(r"(?:[wrh,&]*(?P<v>v)?i+e?|(?<=V)|(?<=z)o)(?P<n>[NJ](?:[,|]+i?[NJ])*)(?!u?[CBTH])")
    if found and found.start("n") == scan.at and scan.signs.count("VN") > 1:
        # "In fall 2009 but not in spring 2010": which belongs to which is more than is read.
        return False
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
