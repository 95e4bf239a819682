"""`Which customers ...? Return their names and the number of orders.`: a second sentence says what is shown."""

from apex.linking.names import COUNTS
from apex.reading.draft import Term
from apex.reading.scan import Scan

_QUESTIONS = frozenset({"what", "which", "how", "what's", "whats"})


def restating(scan: Scan) -> bool:
    """Read that another sentence begins, or that it names a count that was asked for already."""
    return _begins(scan) or _counted_before(scan) or _based_on(scan)


def _begins(scan: Scan) -> bool:
    found = scan.match(r"\.Q+")
    if not found or not scan.draft.outputs:
        return False
    shown = scan.draft.outputs
    asks = scan.pieces[found.end() - 1].text.casefold().split()[0] in _QUESTIONS
    if "also" not in _between(scan, found.start()):
        scan.told = tuple(shown)
        # "What are their names?" adds to what is asked, "Return ..." says all of it.
        scan.draft.outputs = [each for each in shown if each.of and each.of.meant == "column"] if asks else []
    scan.scope = None
    scan.head = True
    scan.at = found.end()
    return True


def _between(scan: Scan, at: int) -> str:
    return " ".join(piece.text.casefold() for piece in scan.pieces[at : at + 4])


def _counted_before(scan: Scan) -> bool:
    """`List the country and the count.`, `the most common countries and their counts`"""
    found = scan.match(r"[,&d]*(?P<what>[#xC])(?=$|[.,&])")
    named = scan.told and scan.head
    if not found or not (named or (scan.draft.extreme and "&" in found.group())):
        return False
    piece = scan.pieces[found.start("what")]
    if found["what"] == "C" and not (len(piece.tokens) == 1 and any(each.aggregate == "count" for each in scan.told)):
        return False
    if found["what"] != "#" and piece.tokens[-1].lemma not in COUNTS:
        return False
    scan.draft.outputs.append(_count(scan))
    scan.at = found.end()
    return True


def _based_on(scan: Scan) -> bool:
    """`the total revenue based on the sale price`: which column is meant by what was just asked for."""
    found = scan.match(r",?(?P<by>i)(?P<t>[TB](?=C))?(?P<c>C)(?![NVJ])")
    shown = scan.draft.outputs[-1] if scan.draft.outputs else None
    ranks = scan.draft.limit is not None and not scan.draft.orders
    if not found or scan.pieces[found.start("by")].text.casefold() != "based on" or ranks:
        return False
    if shown is None or shown.aggregate is None or shown.of is None:
        return False
    shown.of = scan.column(found.start("c"), scan.table(found.start("t")) if found["t"] else None)
    scan.at = found.end()
    return True


def _count(scan: Scan) -> Term:
    """The count that was asked for, or by which the rows were chosen; else that of the subject."""
    extreme = scan.draft.extreme
    counts = [*scan.told, *([extreme.by] if extreme else []), *(by for by, _ in scan.draft.orders)]
    return next((each for each in counts if each.aggregate == "count"), Term(None, "count"))
