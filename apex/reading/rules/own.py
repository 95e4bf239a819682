"""`the number of sales and the number of online sales`: what is said of one measure beside others is its own."""

import re

from apex.reading.draft import OneOf, Ref, Term
from apex.reading.scan import AGGREGATES, Scan, is_table

_COUNTED = r"A?#[do]*(?P<v>V(?:[,|]V)*)(?P<t>[TB])(?!C)"
_SAME = r"[,&]*&(?P<v>V(?:[,|]V)*)(?P<t>[TB])(?!C)"
_ADDED = r"(?P<a>A)[do]*(?P<v>V)(?P<t>[TB](?=C))?(?P<c>C)"
_NEXT = r"[,&Qd]*[&,.][E&Qd]*(?:A?#[do]*V*[TB](?!C)|A[do]*V[TB]?C|V+[TB](?!C)|%)"


def own(scan: Scan) -> bool:
    """Read a measure of some rows, where another is asked for beside it."""
    last = scan.draft.outputs[-1] if scan.draft.outputs else None
    found = scan.match(rf"[,&Q]*d?{_COUNTED}") or scan.match(rf"[,&Q]*d?{_ADDED}")
    if not found and last and last.rows and last.where and last.aggregate == "count":
        # "How many red chairs and blue chairs"
        found = scan.match(_SAME)
    if not found or not (scan.head or "&" in found.group() or "," in found.group()):
        return False
    # "The number of paid invoices and their average amount" are both of those that are paid.
    beside = any(term.measured and (term.rows or term.where) for term in scan.draft.outputs)
    if not beside and not scan.match(_NEXT, found.end()):
        return False
    term = _term(scan, found)
    if term is None:
        return False
    term.where.append(OneOf([scan.value(at) for at in range(*found.span("v")) if scan.sign(at) == "V"]))
    scan.draft.outputs.append(term)
    if term.rows:
        scan.latest = term.rows
        scan.draft.subjects.append(term.rows)
    scan.head = True
    scan.at = found.end()
    return True


def _term(scan: Scan, found: re.Match[str]) -> Term | None:
    if "c" not in found.groupdict():
        rows = scan.pieces[found.start("t")]
        return Term(None, "count", rows=scan.table(found.start("t"))) if rows.sign == "T" or is_table(rows) else None
    owner: Ref | None = scan.table(found.start("t")) if found["t"] else None
    column = scan.column(found.start("c"), owner)
    how = AGGREGATES[scan.pieces[found.start("a")].value]
    return Term(column, how) if scan.is_number(column) else None
