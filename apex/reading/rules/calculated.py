"""`the average high minus low`, `paid orders divided by all orders`: two columns, or two measures, calculated with."""

import re
from dataclasses import replace

from apex.reading.draft import OneOf, Term
from apex.reading.rules.extremes import shown_or_most
from apex.reading.scan import AGGREGATES, Scan, is_table
from core.values.plans import Operation

_COUNT = r"d?(?:A?#[do]*V?|V)?[TB](?!C)"
_SIDE = rf"(?:{_COUNT}|A?o?[TB]?[CB])"
_FORM = rf"(?P<a>A)?o?(?:(?P<diff>x)~)?(?P<left>{_SIDE})(?P<how>[mu&])(?P<right>{_SIDE})"
_ENDS = r"(?P<a>A)?o?(?P<diff>x)~(?P<one>[AM])&(?P<other>[AM])o?(?P<c>[TB]?C)"
_OPERATIONS: dict[str, Operation] = {"+": "+", "-": "-", "*": "*", "/": "/"}
_DIFFERENCE = frozenset({"difference", "gap", "spread"})
_HIGHEST = frozenset({"most", "maximum"})


def calculated(scan: Scan) -> bool:
    """Read what is calculated of two things, shown or as what is largest."""
    return shown_or_most(scan, _FORM, _term) or _between_ends(scan)


def _term(scan: Scan, found: re.Match[str]) -> Term | None:
    operation = _operation(scan, found)
    left, right = _side(scan, found, "left"), _side(scan, found, "right")
    if operation is None or left is None or right is None:
        return None
    if found["a"] and not right.measured and not left.measured:
        how = AGGREGATES[scan.pieces[found.start("a")].value]
        return replace(left, aggregate=how, operation=operation, other=right)
    if found["a"] and left.of:
        left = replace(left, aggregate=AGGREGATES[scan.pieces[found.start("a")].value])
    return replace(left, operation=operation, other=right) if left.measured == right.measured else None


def _operation(scan: Scan, found: re.Match[str]) -> Operation | None:
    piece = scan.pieces[found.start("how")]
    if found["diff"]:
        named = scan.pieces[found.start("diff")].tokens[-1].lemma in _DIFFERENCE
        return "-" if piece.sign == "&" and named else None
    if piece.sign == "u":
        return "*" if piece.text.casefold() == "times" else None
    return _OPERATIONS.get(piece.value) if piece.sign == "m" else None


def _side(scan: Scan, found: re.Match[str], name: str) -> Term | None:
    """A number of rows, or a column of numbers."""
    signs, start = found[name], found.start(name)
    last = found.end(name) - 1
    if signs[-1] in "CB" and not (signs[-1] == "B" and is_table(scan.pieces[last]) and ("#" in signs or "V" in signs)):
        column = scan.column(last, scan.table(last - 1) if last > start and scan.sign(last - 1) in "TB" else None)
        how = AGGREGATES[scan.pieces[start].value] if signs[0] == "A" else None
        return Term(column, how) if scan.is_number(column) else None
    values = [scan.value(at) for at in range(start, last) if scan.sign(at) == "V"]
    return Term(None, "count", "d" in signs, rows=scan.table(last), where=[OneOf(values)] if values else [])


def _between_ends(scan: Scan) -> bool:
    """`the difference between the highest and the lowest price`."""
    found = scan.match(rf"[,&Q]*{_ENDS}") if scan.head else None
    if not found or scan.pieces[found.start("diff")].tokens[-1].lemma not in _DIFFERENCE:
        return False
    last = found.end("c") - 1
    column = scan.column(last, scan.table(last - 1) if len(found["c"]) > 1 else None)
    ends = [scan.pieces[found.start(name)].value in _HIGHEST for name in ("one", "other")]
    if not scan.is_number(column) or ends[0] == ends[1]:
        return False
    scan.draft.outputs.append(Term(column, "max", operation="-", other=Term(column, "min")))
    scan.at = found.end()
    return True
