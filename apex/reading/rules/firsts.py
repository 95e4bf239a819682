"""`top 5 customers`, `with the top 3 durations`, `the first payment`, `the last date`."""

import re
from dataclasses import replace

from apex.reading.draft import Extreme, Ref, Term
from apex.reading.happening import moment_of
from apex.reading.rules.extremes import limit_of, set_extreme
from apex.reading.scan import Scan

_ENDS = {"first": "earliest", "last": "latest"}


def firsts(scan: Scan) -> bool:
    """Read that only the first rows are meant."""
    return _top(scan) or _first(scan) or _done_first(scan)


def _done_first(scan: Scan) -> bool:
    """`the employee hired first`, `the last hired employee`: whose moment, as the verb names it, is at that end."""
    found = scan.match(r"[wrh]*(?P<v>v)(?P<t>t)(?=$|[.,])|(?P<t2>t)(?P<v2>v)(?=[TB])")
    suffix = "" if found and found["t"] else "2"
    deed = scan.pieces[found.start(f"v{suffix}")] if found else None
    column = (scan.implied(deed) or moment_of(scan, [deed])) if deed else None
    said = scan.pieces[found.start(f"t{suffix}")].text.casefold() if found else ""
    if not found or not column or said not in _ENDS or not scan.is_ordered(column):
        return False
    set_extreme(scan, Extreme(Term(column), said == "last", of=scan.latest))
    scan.at = found.end()
    return True


def _top(scan: Scan) -> bool:
    """`top 5 customers`, `with the top 3 durations`."""
    by = scan.match(r"[wrh]+t(?P<n>N)#?(?P<c>C)")
    if by and scan.is_ordered(scan.column(by.start("c"))):
        set_extreme(scan, Extreme(Term(scan.column(by.start("c"))), True, limit_of(scan, by, "n"), of=scan.latest))
        scan.head = False
        scan.at = by.end()
        return True
    found = scan.match(r"[tM](?P<n>N)(?=[TCB])|(?P<n2>N)(?=[TBC][rwhv]*C?(?:[MS](?!N)|.*U))")
    if not found:
        return False
    if scan.pieces[scan.at].text.casefold() == "last" and _latest(scan, found):
        return True
    scan.draft.limit = limit_of(scan, found)
    scan.draft.lowest = scan.pieces[scan.at].value == "least"
    scan.at = found.end()
    return True


def _latest(scan: Scan, found: re.Match[str]) -> bool:
    """`the last three orders`: those with the latest moments."""
    degree = scan.names.vocabulary.adjectives[(_ENDS["last"],)]
    column = scan.implied(replace(scan.pieces[scan.at], degree=degree)) if scan.sign(found.end()) == "T" else None
    rows = scan.table(found.end()) if column else None
    if not column or not rows or not {link.table for link in column.links} & {link.table for link in rows.links[:1]}:
        return False
    column.owner = rows
    set_extreme(scan, Extreme(Term(column), True, limit_of(scan, found), of=scan.latest))
    scan.at = found.end()
    return True


def _first(scan: Scan) -> bool:
    """`the first payment`: that with the earliest moment."""
    found = scan.match(r"[wrhi,&o]*(?P<t>t)(?:(?P<of>[TB])(?=C[.,]?$))?(?P<what>[TBC])(?![CB])")
    piece = scan.pieces[found.start("t")] if found else None
    degree = scan.names.vocabulary.adjectives.get((_ENDS.get(piece.text.casefold(), ""),)) if piece else None
    if not found or not piece or not degree:
        return False
    if scan.sign(found.start("what")) == "C":
        return _last_of(scan, found, last=piece.text.casefold() == "last")
    column = _asked(scan) or scan.implied(replace(piece, degree=degree)) or scan.moments()
    if column is None:
        return False
    column.owner = scan.table(found.start("what"))
    set_extreme(scan, Extreme(Term(column), piece.text.casefold() == "last", of=scan.latest))
    scan.at = found.end("t")
    return True


def _asked(scan: Scan) -> Ref | None:
    """`when was the last parcel shipped`: the moment that is asked for is the one that says which is the last."""
    shown = scan.draft.outputs[0].of if len(scan.draft.outputs) == 1 else None
    asked = shown and shown.links and scan.pieces[0].sign == "K" and scan.is_moment(*shown.links[0].place)
    return Ref(shown.piece, "column", shown.links) if shown and asked else None


def _last_of(scan: Scan, found: re.Match[str], *, last: bool) -> bool:
    """`the last date`: the largest of them; `the last shipped parcel`: the row that has it."""
    column = scan.column(found.start("what"))
    happened = column.piece.tokens[-1].folded.endswith("ed")
    if not column.links or not scan.is_moment(*column.links[0].place) or (happened and found["of"]):
        return False
    if happened and scan.sign(found.end()) == "T":
        set_extreme(scan, Extreme(Term(column), last, of=scan.latest))
    elif scan.head:
        scan.draft.outputs.append(Term(column, "max" if last else "min"))
    else:
        return False
    scan.at = found.end()
    return True
