"""`between 1990 and 2000`."""

import re

from apex.reading.draft import Ref, Term, Test
from apex.reading.rules.constants import constant, year_column
from apex.reading.scan import Scan


def ranges(scan: Scan) -> bool:
    """Read a column between two constants, both included."""
    found = scan.match(
        r"[wrhi,&ko]*(?:(?P<c>[CB])|(?P<v>v))?[oihr]*~(?P<low>[NJV])u?[&i](?P<high>[NJV])u?(?P<c2>[CBH])?"
    )
    found = found or _from_to(scan)
    if not found:
        return False
    low, high = constant(scan, found.start("low")), constant(scan, found.start("high"))
    column = _column(scan, {name: found.start(name) for name in ("c", "c2", "v") if found[name]})
    money = scan.priced(found.start("high")) or scan.priced(found.start("low"))
    column = column or money or year_column(scan, [low, high])
    if column is None:
        return False
    scan.wish(Test(Term(column), "between", [low, high]))
    scan.head = False
    scan.at = found.end("high") + (scan.sign(found.end("high")) == "u") if found["c"] else found.end()
    return True


def _from_to(scan: Scan) -> re.Match[str] | None:
    """`of age 20 to 25`, `with prices from 5 to 10`."""
    found = scan.match(r"[wrhi,&ko]*(?P<c>[CB])(?P<v>)[oihr]*(?P<low>N)u?(?P<to>i)(?P<high>N)u?(?P<c2>)")
    return found if found and scan.pieces[found.start("to")].text.casefold() == "to" else None


def _column(scan: Scan, places: dict[str, int]) -> Ref | None:
    for name in ("c", "c2"):
        if name in places and scan.sign(places[name]) != "H":
            return scan.column(places[name])
    adjective = places.get("v", places.get("c2"))
    return scan.implied(scan.pieces[adjective]) if adjective is not None else None
