"""`Which customers ...? Return their names and the number of orders.`: a second sentence says what is shown."""

from apex.language.sections import listed
from apex.linking.names import COUNTS
from apex.reading.draft import Term, Test
from apex.reading.pieces import Piece
from apex.reading.scan import AGGREGATES, Scan
from core.values.plans import Aggregate

_COUNTED = frozenset({"number", "num", "count"})
"""What is said of rows alone: an amount that was not asked for before is one of money."""
_QUESTIONS = frozenset({"what", "which", "how", "what's", "whats"})


def restating(scan: Scan) -> bool:
    """Read that another sentence begins, or that it names a measure that was asked for already."""
    return _begins(scan) or _measured_before(scan) or _based_on(scan)


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


def _measured_before(scan: Scan) -> bool:
    """`List the country and the count.`, `the most common countries and their counts`, `... and both totals`"""
    named = scan.told and scan.head
    found = scan.match(r"[,&d2]*(?P<what>[#AxC%])(?=$|[.,&])") if named or scan.draft.extreme else None
    if not found or not (named or (scan.draft.extreme and "&" in found.group())):
        return False
    piece = scan.pieces[found.start("what")]
    word = piece.tokens[-1]
    known = [each for each in _measures(scan) if each not in scan.draft.outputs]
    of_two = [each for each in known if each.share or each.operation]
    of_two = of_two if piece.sign in "x%" and word.lemma in listed("definitions.txt")["quotients"] else []
    if piece.sign in "xC" and not of_two and (len(piece.tokens) > 1 or word.lemma not in COUNTS):
        return False
    said = of_two or [each for each in known if each.aggregate in _meant(piece)]
    if not said and (piece.sign in "AC%" or (piece.sign == "x" and word.lemma not in _COUNTED)):
        return False
    several = "2" in found.group() or word.is_plural
    scan.draft.outputs += (said if several else said[:1]) or [Term(None, "count")]
    scan.at = found.end()
    return True


def _meant(piece: Piece) -> tuple[Aggregate, ...]:
    """What a word that stands alone measures: `the count`, `the average`, `the totals`."""
    if piece.sign == "A":
        return (AGGREGATES[piece.value],)
    return ("count", "sum") if piece.tokens[-1].lemma in AGGREGATES else ("count",)


def _measures(scan: Scan) -> list[Term]:
    """What was measured before, or by which the rows were chosen."""
    extreme = scan.draft.extreme
    terms = [*scan.told, *([extreme.by] if extreme else []), *(by for by, _ in scan.draft.orders)]
    terms += [wish.left for wish in scan.draft.wishes if isinstance(wish, Test)]
    return [term for term in terms if term.measured]


def _based_on(scan: Scan) -> bool:
    """`the total revenue based on the sale price`: which column is meant by what was just asked for."""
    shown = scan.draft.outputs[-1] if scan.draft.outputs else None
    ranks = scan.draft.limit is not None and not scan.draft.orders
    if ranks or shown is None or shown.aggregate is None or shown.of is None:
        return False
    found = scan.match(r",?(?P<by>i)(?P<t>[TB](?=C))?(?P<c>C)(?![NVJ])")
    if not found or scan.pieces[found.start("by")].text.casefold() != "based on":
        return False
    shown.of = scan.column(found.start("c"), scan.table(found.start("t")) if found["t"] else None)
    scan.at = found.end()
    return True
