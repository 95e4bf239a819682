"""`the latest balance`, `the most recent price of each product`, `in the latest snapshot`: what stood there last."""

from apex.linking.link import Link
from apex.model.words import name_words, speaks_of
from apex.reading.draft import During, Extreme, Ref, Term, Test
from apex.reading.parts import is_year
from apex.reading.pieces import Piece
from apex.reading.rules.constants import constant
from apex.reading.rules.extremes import is_done, set_extreme
from apex.reading.scan import Scan

_AT = frozenset({"in", "for", "at", "on", "as", "during"})
"""Behind these a moment says which rows are meant."""


def latest(scan: Scan) -> bool:
    """Read a superlative of time before what is no moment itself."""
    return _as_it_stood(scan) or _of_a_moment(scan)


def _as_it_stood(scan: Scan) -> bool:
    """`the latest balance`: what stands in the row of the latest moment."""
    found = scan.match(r"[wrhi,&]*(?P<m>S)(?:#o?)?(?P<t>[TB](?=C))?(?P<c>C)")
    piece = scan.pieces[found.start("m")] if found else None
    if not found or not piece or not _is_of_time(piece) or is_done(scan.pieces[found.start("c")]):
        return False
    told = scan.column(found.start("c"), scan.table(found.start("t")) if found["t"] else None)
    moment, tables = scan.implied(piece), {link.table for link in told.links}
    if not told.links or _tells_when(scan, told.links[0]):
        return False
    if moment is None or not tables & {link.table for link in moment.links}:
        return False
    moment.owner = told
    if scan.head:
        scan.draft.outputs.append(Term(told))
    set_extreme(scan, Extreme(Term(moment), scan.rises(piece, moment.links[0]), of=scan.latest))
    scan.at = found.end()
    return True


def _of_a_moment(scan: Scan) -> bool:
    """`the number of guests in the latest snapshot`: all rows of that moment, and not one of them."""
    found = scan.match(r"[,&]*(?P<lead>[io])(?P<m>S)(?P<what>[TBC])(?!C)")
    if found and scan.pieces[found.start("lead")].text.split()[0].casefold() not in _AT:
        return False
    piece = scan.pieces[found.start("m")] if found else None
    moment = scan.implied(piece) if piece and _is_of_time(piece) else None
    if not found or not piece or moment is None or piece.nth > 1:
        return False
    what = scan.pieces[found.start("what")]
    tables = {link.table for link in what.only("table")}
    links = tuple(link for link in what.only("column") if scan.is_moment(*link.place))
    links += tuple(link for link in moment.links if link.table in tables and scan.is_moment(*link.place))
    if not links:
        return False
    moment.links = links
    other = Term(moment, "max" if scan.rises(piece, links[0]) else "min")
    scan.wish(Test(Term(moment), "=", [other]))
    scan.head, scan.at = False, _within(scan, other, moment, found.end())
    return True


def _within(scan: Scan, other: Term, moment: Ref, at: int) -> int:
    """The time in which it is the latest one, and where that ends: `the latest snapshot in March 2023`."""
    found = scan.match(r"i*(?:(?P<z>Z)|(?P<n>N)(?!u?[CBTH]))", at)
    if not found:
        return at
    place = found.end() - 1
    number, period = constant(scan, place) if found["n"] else None, scan.pieces[place].period
    if period:
        other.where.append(During(moment, period))
    elif is_year(number):
        other.where.append(Test(Term(moment), "=", [number]))
    else:
        return at
    return found.end()


def _is_of_time(piece: Piece) -> bool:
    """Whether a superlative speaks of moments alone: `latest`."""
    columns = [words for words, _ in piece.degree.columns] if piece.degree and not piece.links else []
    return columns[:1] == ["date"] and "time" in columns


def _tells_when(scan: Scan, link: Link) -> bool:
    """Whether a column is a moment, or is called like one."""
    words = name_words(link.column)
    return scan.is_moment(*link.place) or speaks_of(words, "calendar") or speaks_of(words, "moments")
