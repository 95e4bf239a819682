"""`age over 20`, `more than 5 cylinders`, `older than 56`, `before 2015`, `not equal to`."""

import re

from apex.reading.draft import Ref, Term, Test
from apex.reading.pieces import Piece
from apex.reading.rules.constants import constant, year_column
from apex.reading.scan import AGGREGATES, Scan, is_table
from core.values.plans import Operator

_OPERATORS: dict[str, Operator] = {
    ">": ">", ">=": ">=", "<": "<", "<=": "<=", "=": "=", "!=": "!=",
    "after": ">", "since": ">=", "before": "<", "until": "<=",
}  # fmt: skip
_AGED = (
    "over",
    "under",
    "above",
    "below",
    "over the age of",
    "under the age of",
    "above the age of",
    "below the age of",
)
_MOMENTS = ("after", "since", "before", "until")


def comparisons(scan: Scan) -> bool:
    """Read a column compared with a number or a value."""
    found = scan.match(
        r"[wrhi,&ko]*(?P<a>A)?[o#]*(?P<t>[TB](?=C))?(?:(?P<c>[CB])|(?P<v>v))?(?P<x>(?<=C)x)?(?P<of>o[TB](?=[h!]*[>G]))?[rohvw]*(?P<neg>!)?[h]*(?P<op>[>G])(?:[io]|u(?=o?N))*"
        r"(?:(?P<c3>C)o?)?(?P<n>[NJV])(?!u?T)u?(?P<c2>[CBHx](?![NVJ]))?"
    )
    if not found:
        return False
    if scan.head and found["c"] and found.start("c") == scan.at and re.search("[wrh]", found.group()):
        # "Which states have more than two": what stands before is asked for, and not compared.
        return False
    asked = scan.sign(scan.at) == "#" and scan.head and not (scan.draft.outputs or found["t"])
    if asked and found["c"] and "many" in scan.pieces[scan.at].text.casefold():
        # "How many companies have more than 10": how many is asked for, and not compared.
        return False
    if _is_asked_for(scan, found) or _says_whose(scan, found) or scan.says_times(found.start("n")):
        return False
    opened = scan.pieces[found.start("op")]
    column, end = _column(scan, found, opened)
    operator = compared_by(scan, opened, column)
    if column is None or operator is None or _is_counted(scan, found, column):
        return False
    if found["x"] and not scan.is_ordered(column):
        # "Countries that occur more than twice" compares no country.
        return False
    if found["x"]:
        scan.draft.skipped.append(scan.pieces[found.start("x")])
    if found["t"] and column.owner is None:
        column.owner = scan.table(found.start("t"))
    average = scan.match(r"i?A(?=$|[.,&|k])", end)
    how = scan.pieces[average.end() - 1 if average else found.start("a")].value if average or found["a"] else None
    term = Term(column, AGGREGATES[how]) if how else Term(column)
    scan.wish(Test(term, operator, [constant(scan, found.start("n"))], negated=bool(found["neg"])))
    scan.head = False
    scan.at = average.end() if average else end
    return True


def _is_asked_for(scan: Scan, found: re.Match[str]) -> bool:
    """`payments over 50 euro`: what stands before, and may be a table, is shown."""
    place = found.start("c") if found["c"] and not found["a"] else -1
    return scan.head and not scan.draft.outputs and scan.sign(place) == "B" and is_table(scan.pieces[place])


def _is_counted(scan: Scan, found: re.Match[str], column: Ref) -> bool:
    """`the name with at least 4 orders`: the orders are counted, for no name is above a number."""
    if found["n"] != "N" or scan.is_ordered(column):
        return False
    behind = scan.pieces[found.end("n")] if scan.sign(found.end("n")) in ("T", "B") else None
    return is_table(behind or column.piece)


def _says_whose(scan: Scan, found: re.Match[str]) -> bool:
    """`the age of students over 20`: the age is asked for, unless it is measured of each of what was asked for."""
    return bool(found["of"]) and not (found["a"] and scan.draft.outputs)


def operator_of(piece: Piece) -> Operator | None:
    """The operator that a comparison says."""
    return _OPERATORS.get(piece.value)


def compared_by(scan: Scan, opened: Piece, column: Ref | None) -> Operator | None:
    """The operator that a mark or an adjective says of a column."""
    if opened.sign == "G":
        return (">" if scan.rises(opened, column.links[0]) else "<") if column else None
    return operator_of(opened)


def _column(scan: Scan, found: re.Match[str], opened: Piece) -> tuple[Ref | None, int]:
    """The compared column, said before or behind, or implied; and where the comparison ends."""
    behind = found["c2"]
    if behind == "x":
        counted, behind = scan.numbered(found.start("c2")), None
        if counted and not found["c"]:
            return counted, found.end()
    if found["c3"]:
        return scan.column(found.start("c3")), found.end("n")
    if found["c"] and not (behind and found.start("c") == scan.at and scan.head):
        return scan.column(found.start("c")), found.start("c2") if found["c2"] else found.end()
    if found["v"] and (column := scan.implied(scan.pieces[found.start("v")])):
        return column, found.start("c2") if found["c2"] else found.end()
    if behind == "H":
        return scan.implied(scan.pieces[found.start("c2")]), found.end()
    if behind:
        return scan.column(found.start("c2")), found.end()
    end = found.start("c2") if found["c2"] else found.end()
    if opened.sign == "G" or opened.degree:
        return scan.implied(opened), end
    constants = [constant(scan, found.start("n"))]
    stored = scan.pieces[found.start("n")].only("value")
    if stored and opened.value == "!=":
        return Ref(scan.pieces[found.start("n")], "column", stored), end
    moment = opened.value in _MOMENTS
    aged = opened.text.casefold() in _AGED and scan.sign(scan.at - 1) in ("T", "B")
    implied = scan.priced(found.start("n")) or year_column(scan, constants, sure=moment)
    return _same_column(scan, end) or implied or (scan.aged() if aged else None), end


def _same_column(scan: Scan, end: int) -> Ref | None:
    """`over 1500 or less than 500`: what was compared before is compared again, or what will be."""
    later = scan.match(r"[,&|k]+>i?Nu?(?P<c>C)", end)
    if later:
        return scan.column(later.start("c"))
    last = scan.draft.wishes[-1] if scan.draft.wishes else None
    joined = scan.either or scan.sign(scan.at) in "|&k" or scan.sign(scan.at - 1) in "|&"
    return last.left.of if joined and isinstance(last, Test) and not last.left.measured else None
