"""`older than the average`, `above the average salary`, `more than the maximum price of ...`."""

from apex.reading.draft import Ref, Term, Test
from apex.reading.pieces import Piece
from apex.reading.scan import AGGREGATES, Scan
from core.values.plans import Operator

_ENDS = {"most": "maximum", "least": "minimum"}


def averages(scan: Scan) -> bool:
    """Read a comparison with an aggregate over all rows."""
    found = scan.match(
        r"[wrhik,&]*(?:(?:(?P<each>A)o?(?=[TB]?C))?(?P<t>[TB](?=C))?(?P<c>[CB])|(?P<v>v))?(?:(?P<op>[>G])?(?P<c3>(?<=[>G])C)?(?P<x>X)(?P<n>x)?|(?P<op2>[>G])[io]*(?P<a>A|M(?=#?[TB]?C|$))[o]*)"
        r"#?(?:(?P<t2>[TB])(?=C))?(?P<c2>[CB])?(?P<of>o[TB])?"
    )
    if not found or (found["each"] and not scan.draft.outputs):
        return False
    named = next((found.start(name) for name in ("c", "c2", "c3") if found[name]), None)
    owner = next((scan.table(found.start(name)) for name in ("t", "t2") if found[name]), None)
    opened = next((scan.pieces[found.start(name)] for name in ("op", "op2") if found[name]), None)
    counted = scan.numbered(found.start("n")) if found["n"] and named is None else None
    column = counted or _column(scan, named, [scan.pieces[found.start("v")]] if found["v"] else [], opened)
    if column is None:
        return False
    said = scan.pieces[found.start("a")].value if found["a"] else "average"
    how = _ENDS.get(said, said)
    operator: Operator = "<"
    if opened is None:
        operator = ">" if _is_above(scan.pieces[found.start("x")].text) else "<"
    elif opened.sign == "G":
        operator = ">" if scan.rises(opened, column.links[0]) else "<"
    elif opened.value in (">", ">=", "<", "<=", "=", "!="):
        operator = opened.value
    column.owner = owner
    other = Term(column, AGGREGATES[how])
    # "Types whose average price is above the average": of each of those that are shown.
    each = AGGREGATES[scan.pieces[found.start("each")].value] if found["each"] else None
    scan.wish(Test(Term(column, each), operator, [other]))
    if found["of"] or scan.match("o", found.end()):
        # "The average age of students in History": what follows is said of these.
        scan.scope = other
    scan.head = False
    scan.at = found.end()
    return True


def _column(scan: Scan, named: int | None, verbs: list[Piece], opened: Piece | None) -> Ref | None:
    if named is not None:
        return scan.column(named)
    implied = (scan.implied(piece) for piece in (*verbs, *([opened] if opened else [])))
    return next((column for column in implied if column), None)


def _is_above(text: str) -> bool:
    return text.split()[0].casefold() in ("above", "over")
