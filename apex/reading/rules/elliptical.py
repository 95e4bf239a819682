"""`how many are there?`, `and the maximum?`, `which one has the most?`: what the words before complete."""

import re

from apex.linking.names import COUNTS
from apex.reading.draft import Term, Test
from apex.reading.rules.comparisons import compared_by, operator_of
from apex.reading.rules.extremes import so_many
from apex.reading.rules.ordering import TURNS
from apex.reading.scan import AGGREGATES, Scan

_NUMBERS = frozenset({"number", "count"})
_SIDES = frozenset({"<", ">", "<=", ">="})


def elliptical(scan: Scan) -> bool:
    """Read what lacks its noun, where the question before may lend it."""
    return _count(scan) or _on_average(scan) or (scan.follows and _of_before(scan))


def _of_before(scan: Scan) -> bool:
    return (
        _aggregates(scan)
        or _bound(scan)
        or _than_that(scan)
        or _extreme(scan)
        or _order(scan)
        or _first(scan)
        or _each(scan)
        or _others(scan)
    )


def _count(scan: Scan) -> bool:
    found = scan.match(r"[Q&,]*#[dihv]*(?:(?=[.,&wriE])|$)")
    spoken = scan.draft.outputs or scan.draft.subjects or scan.draft.groups
    told = scan.match(r"[Q&,]*#(?:(?=r[oi]*[TBVCN])|(?P<for>o)(?=[TV]))") if scan.follows and not spoken else None
    if told and scan.head and (not told["for"] or scan.pieces[told.start("for")].text.casefold() == "for"):
        scan.draft.outputs.append(Term(None, "count"))
        scan.draft.counts_them = True
        scan.at = told.end()
        return True
    times = scan.match(r"[Q&,]*#(?=[hv]*[AC])")
    if times and spoken and scan.pieces[times.end() - 1].text.casefold().endswith("times"):
        # "How many times has it reached 25": the rows in which it has.
        found = times
    if scan.follows and not spoken:
        found = scan.match(r"Q*#[di]*(?!V[,|&V]*[TB])(?:(?=[.,wrihvGVJ!E])|$)") or _number(scan)
    if not found or not (scan.head or _counts_most(scan)) or not (spoken or scan.follows):
        return False
    # "The shop with the most orders and how many it has": the orders are counted.
    most = scan.draft.extreme.by if scan.draft.extreme and _counts_most(scan) else None
    scan.draft.outputs.append(most or Term(None, "count"))
    scan.at = found.end()
    return True


def _on_average(scan: Scan) -> bool:
    """`how many pages do they have on average`, `their price on average`: no sum of them, and not each."""
    found = scan.match(r"[ihv]*(?P<how>A)(?=$|[.?])")
    summed = scan.draft.outputs[-1:] if found and scan.pieces[found.start("how")].value == "average" else []
    of = summed[0].of if summed else None
    if not found or of is None or summed[0].aggregate not in (None, "sum") or not scan.is_number(of):
        return False
    summed[0].aggregate = "avg"
    scan.at = found.end()
    return True


def _number(scan: Scan) -> re.Match[str] | None:
    """`show the number for each city`: how many of what was spoken of there are."""
    found = scan.match(r"[Q&,]*(?P<what>[Cx])(?=E)")
    named = scan.pieces[found.start("what")].tokens if found else ()
    return found if named and all(token.lemma in _NUMBERS for token in named) else None


def _counts_most(scan: Scan) -> bool:
    extreme = scan.draft.extreme
    return extreme is not None and extreme.by.aggregate == "count" and extreme.by.rows is not None


def _aggregates(scan: Scan) -> bool:
    found = scan.match(r"Q*(?P<how>A(?:[,&]+A)*)o?(?=$|[.?E])")
    if not found or (scan.draft.outputs and scan.pieces[found.start("how")].value != "total"):
        return False
    pieces = scan.pieces[found.start("how") : found.end("how")]
    scan.draft.again.extend(AGGREGATES[piece.value] for piece in pieces if piece.sign == "A")
    scan.at = found.end()
    return True


def _bound(scan: Scan) -> bool:
    found = scan.match(r"[Q,&wh]*(?P<about>o)?(?P<op>>)?(?P<n>N)(?:u|(?(about)T))?(?=$|[.?])")
    if not found or scan.draft.outputs:
        return False
    operator = scan.pieces[found.start("op")].value if found["op"] else ""
    if operator.isalpha():
        # "Since 2015" speaks of a time.
        return False
    scan.draft.bounds.append((operator, scan.pieces[found.start("n")].number or 0.0))
    scan.at = found.end()
    return True


def _than_that(scan: Scan) -> bool:
    """`older than that`."""
    found = scan.match(r"[wrhi,&]*(?P<c>C)?[wrh]*(?P<op>[>G])i?r?(?=$|[.,])")
    piece = scan.pieces[found.start("op")] if found else None
    if not found or piece is None or scan.draft.wishes:
        return False
    if not found["c"] and piece.sign == ">" and piece.value in _SIDES:
        scan.draft.than_that = operator_of(piece)
        scan.at = found.end()
        return True
    column = scan.column(found.start("c")) if found["c"] else scan.implied(piece)
    operator = compared_by(scan, piece, column)
    if column is None or operator is None:
        return False
    scan.wish(Test(Term(column), operator, []))
    scan.at = found.end()
    return True


def _extreme(scan: Scan) -> bool:
    """`which one has the most?`, `how about the least?`"""
    found = scan.match(r"[wrhiQP,&]*(?P<m>M)o?(?=$|[.,])")
    if not found or scan.draft.extreme:
        return False
    scan.draft.turned = scan.pieces[found.start("m")].value == "most"
    scan.draft.limit = 1
    scan.at = found.end()
    return True


def _order(scan: Scan) -> bool:
    """`sort them in descending order`."""
    found = scan.match(r"[Q,&i]*(?:O[ioT]*(?:E?(?P<what>[#x]),?)?)?(?P<d>D)(?=$|[.])")
    if not found or scan.draft.outputs or scan.draft.orders:
        return False
    if found["what"] and not COUNTS.issuperset(token.lemma for token in scan.pieces[found.start("what")].tokens):
        return False
    scan.draft.turned = TURNS[scan.pieces[found.start("d")].value]
    scan.at = found.end()
    return True


def _first(scan: Scan) -> bool:
    """`just the top 3`."""
    found = scan.match(r"[Q,&]*t(?P<n>N)?(?=$|[.,])")
    if not found or scan.draft.outputs:
        return False
    scan.draft.limit = so_many(scan.pieces[found.start("n")]) if found["n"] else 1
    scan.at = found.end()
    return True


def _each(scan: Scan) -> bool:
    """`for each of them`, `for each`."""
    found = scan.match(r"[,&i]*E[o]*(?=$|[.,Q#h])")
    if not found:
        return False
    scan.draft.one_by_one = True
    scan.at = found.end()
    return True


def _others(scan: Scan) -> bool:
    """`except for those`."""
    found = scan.match(r"(?P<op>>)r?(?=$|[.])")
    if not found or scan.pieces[found.start("op")].value != "!=":
        return False
    scan.draft.others = True
    scan.at = found.end()
    return True
