"""`higher than any wine from France`, `more than the employee with id 5`, `than the one with the most points`."""

import re

from apex.reading.draft import Extreme, OneOf, Ref, Term, Test
from apex.reading.scan import Scan
from core.values.plans import Aggregate, Operator

_AGAINST: dict[str, Operator] = {">": ">", ">=": ">=", "<": "<", "<=": "<=", "after": ">", "before": "<"}


def rivals(scan: Scan) -> bool:
    """Read a comparison with rows of which more is said; what follows is said of them."""
    return _called(scan) or _described(scan)


def _called(scan: Scan) -> bool:
    """`earn more than Ada`, `cost more than any red chair`: a value of another column says which rows."""
    found = scan.match(
        r"[wrhi,&]*(?:(?P<c>C)|(?P<v>v))?[rh]*(?P<op>[>G])(?P<c1>C)?(?P<all>a)?[io]*(?:(?P<c2>C)o)?(?P<n>[VJ])(?P<t>[TB])?(?!C)"
    )
    column = _column(scan, found) if found else None
    value = scan.value(found.start("n")) if found else None
    if not found or column is None or value is None or not column.links or not scan.is_ordered(column):
        return False
    operator = _operator(scan, found, column)
    own = {link.place for link in column.links} & {link.place for link in value.links}
    if operator is None or own or not (value.links or value.piece.value == "name"):
        return False
    rows = scan.table(found.start("t")) if found["t"] else scan.latest
    best: Aggregate = "max" if operator in (">", ">=") else "min"
    scan.wish(Test(Term(column), operator, [Term(column, best, rows=rows, where=[OneOf([value])])]))
    scan.draft.doubts.append("rivals")
    scan.head = False
    scan.at = found.end()
    return True


def _operator(scan: Scan, found: re.Match[str], column: Ref) -> Operator | None:
    opened = scan.pieces[found.start("op")]
    if opened.sign == "G":
        return (">" if scan.rises(opened, column.links[0]) else "<") if column.links else None
    return _AGAINST.get(opened.value)


def _described(scan: Scan) -> bool:
    found = scan.match(
        r"[wrhi,&]*(?:(?P<c>[CB])|(?P<v>v))?[rh]*(?P<op>[>G])(?P<c1>C)?(?P<all>a)?[io]*(?:(?P<c2>C)o)?(?P<s>[SM])?v?"
        r"(?P<t>[TB])(?:w(?P<m>M)#?(?P<by>C)|(?=[wriv]*[VJCN]|[wrv]*i)|(?=$|[.,&]))"
    )
    if not found or not (
        found["all"] or found["s"] or found["m"] or not re.match(r"$|[.,&]", scan.signs[found.end() :])
    ):
        return False
    column = _column(scan, found)
    operator = _operator(scan, found, column) if column else None
    if column is None or operator is None:
        return False
    rows = scan.table(found.start("t"))
    best: Aggregate = "max" if operator in (">", ">=") else "min"
    some = bool(found["all"]) and scan.pieces[found.start("all")].value == "some"
    worst: Aggregate = "min" if best == "max" else "max"
    if found["m"]:
        by = Term(scan.column(found.start("by"), rows))
        extreme = Extreme(by, scan.pieces[found.start("m")].value == "most")
        other = Term(column, rows=rows, extreme=extreme)
    else:
        other = Term(column, worst if some else best, rows=rows)
    scan.wish(Test(Term(column), operator, [other]))
    scan.draft.doubts.append("rivals")
    scan.scope = other
    scan.latest = rows
    scan.head = False
    scan.at = found.end()
    return True


def _column(scan: Scan, found: re.Match[str]) -> Ref | None:
    """What is compared: said before or behind, or implied."""
    for name in ("c", "c1", "c2"):
        if found[name]:
            return scan.column(found.start(name))
    speaking = [scan.pieces[found.start(name)] for name in ("v", "op") if found[name]]
    return next((column for piece in speaking if (column := scan.implied(piece))), None)
