"""`that lasted more than 180 days`, `cancelled within 2 days of being made`, `lasts the longest`."""

from apex.language.sections import listed
from apex.linking.link import Link
from apex.reading.draft import Extreme, Ref, Term, Test
from apex.reading.happening import ends_of, moment_of
from apex.reading.pieces import Piece
from apex.reading.rules.comparisons import operator_of
from apex.reading.rules.constants import constant
from apex.reading.rules.elapsed import is_date, unit_of
from apex.reading.rules.extremes import set_extreme
from apex.reading.scan import Scan
from core.values.plans import Operator, Span

_SURE = 0.88
"""How sure the two moments are that begin and end what a table holds."""
_HOURS = 24


def lasting(scan: Scan) -> bool:
    """Read how long something is to last, or that its length is shown."""
    return _again(scan) or _lasts(scan) or _longest(scan) or _within(scan)


def _again(scan: Scan) -> bool:
    """`Return the title and the number of days`: the time by which the rows were chosen."""
    known = [term for term in _terms(scan) if term.until]
    found = scan.match(r"[,&]*A?#?o?(?P<u>[CuzxB])(?=$|[.,&i])") if known and scan.head else None
    if not found or unit_of(scan.pieces[found.start("u")].text) is None:
        return False
    said = unit_of(scan.pieces[found.start("u")].text)
    scan.draft.outputs.append(Term(known[0].of, known[0].aggregate, until=known[0].until, unit=said or known[0].unit))
    scan.at = found.end()
    return True


def _terms(scan: Scan) -> list[Term]:
    extreme = [scan.draft.extreme.by] if scan.draft.extreme else []
    tests = [wish.left for wish in scan.draft.wishes if isinstance(wish, Test)]
    return [*scan.told, *extreme, *(term for term, _ in scan.draft.orders), *tests]


def _lasts(scan: Scan) -> bool:
    """`lasted more than 180 days`, `lasts the longest`."""
    found = scan.match(r"[wrh,&]*(?P<v>[vx])(?:(?P<op>>|G(?=i))i?(?P<n>N)(?P<u>[uz])|(?P<s>[SM])(?=$|[.,]))")
    if not found or scan.pieces[found.start("v")].text.casefold() not in listed("elapsed.txt")["lasts"]:
        return False
    pair = _whole(scan, scan.pieces[found.start("v")], scan.latest)
    if pair is None:
        return False
    start, end = pair
    if found["s"]:
        longest = scan.pieces[found.start("s")].text.casefold() in listed("elapsed.txt")["longest"]
        set_extreme(scan, Extreme(Term(start, until=end, unit=_unit(scan, pair)), longest, of=scan.latest))
    else:
        operator = _compared(scan.pieces[found.start("op")])
        unit = unit_of(scan.pieces[found.start("u")].text)
        if operator is None or unit is None:
            return False
        scan.wish(Test(Term(start, until=end, unit=unit), operator, [constant(scan, found.start("n"))]))
    scan.head, scan.at = False, found.end()
    return True


def _compared(piece: Piece) -> Operator | None:
    """`more than`, `longer than`."""
    if piece.sign != "G":
        return operator_of(piece)
    return ">" if piece.text.casefold() == "longer" else "<" if piece.text.casefold() == "shorter" else None


def _longest(scan: Scan) -> bool:
    """`the longest visit`, where no column says how long one is."""
    found = scan.match(r"[wrh,&]*(?P<s>S)(?=(?P<t>[TB])(?![Cx]))")
    piece = scan.pieces[found.start("s")] if found else None
    if not found or not piece or piece.text.casefold() not in ("longest", "shortest"):
        return False
    rows, column = scan.table(found.start("t")), scan.implied(piece)
    tables = {link.table for link in rows.links}
    lengths = [link for link in column.links if link.table in tables] if column else []
    pair = _whole(scan, piece, rows)
    if pair is None or any(not scan.is_moment(*link.place) for link in lengths):
        return False
    term = Term(pair[0], until=pair[1], unit=_unit(scan, pair))
    set_extreme(scan, Extreme(term, piece.text.casefold() == "longest", of=scan.latest))
    scan.at = found.end()
    return True


def _whole(scan: Scan, piece: Piece, rows: Ref | None) -> tuple[Ref, Ref] | None:
    """When rows begin and end."""
    tables = {link.table for link in rows.links} if rows else set[str]()
    known = [(table, pair) for table in sorted(tables) if (pair := ends_of(scan.model.entity(table)))]
    if not known:
        return None
    start, end = (
        Ref(piece, "column", tuple(Link("column", table, pair[side], score=_SURE) for table, pair in known))
        for side in (0, 1)
    )
    return start, end


def _unit(scan: Scan, moments: tuple[Ref, Ref]) -> Span:
    return "day" if all(is_date(scan, ref) for ref in moments) else "minute"


def _within(scan: Scan) -> bool:
    """`cancelled within 2 days of being made`, `shipped more than 3 days after the order date`."""
    found = scan.match(
        r"(?P<t>[TB](?=C))?[wrh,&]*(?P<to>[CvxBV])(?:(?P<op>>)|i)(?P<n>N)(?P<u>[uz])(?P<by>[oi>])(?P<from>[TBCVvx]{1,2})(?=$|[.,o])"
    )
    if not found:
        return False
    before = scan.pieces[found.start("n") - 1]
    operator = operator_of(before) if found["op"] else "<=" if before.text.casefold() == "within" else None
    unit = unit_of(scan.pieces[found.start("u")].text)
    late = moment_of(scan, [scan.pieces[found.start("to")]])
    early = moment_of(scan, scan.pieces[found.start("from") : found.end("from")])
    if operator is None or unit is None or late is None or early is None:
        return False
    if scan.pieces[found.start("by")].text.casefold() == "before":
        early, late = late, early
    number = constant(scan, found.start("n"))
    if isinstance(number, int) and unit == "day" and not (is_date(scan, early) or is_date(scan, late)):
        number, unit = number * _HOURS, "hour"
    if found["t"]:
        scan.latest = scan.table(found.start("t"))
        scan.draft.subjects.append(scan.latest)
        if scan.head and not scan.draft.outputs:
            scan.draft.outputs.append(Term(scan.latest))
    scan.wish(Test(Term(early, until=late, unit=unit), operator, [number]))
    scan.head, scan.at = False, found.end()
    return True
