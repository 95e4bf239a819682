"""`how much tax did each shop pay`, `how much did customers spend`: an amount is added up."""

from apex.language.sections import listed
from apex.reading.draft import Ref, Term
from apex.reading.scan import Scan
from apex.reading.worth import sum_of

_OPEN = 0.7
"""How sure an amount is that nothing names."""


def how_much(scan: Scan) -> bool:
    """Read the sum of what is named, or of what rows are worth where something is spent."""
    return "$" in scan.signs and (_named(scan) or _spent(scan) or _only_says_so(scan))


def _named(scan: Scan) -> bool:
    found = scan.match(r"[,&]*(?P<how>[$])(?=[TB]?C)")
    if not found:
        return False
    terms: list[Term] = []
    at = found.end()
    while (more := scan.term(at)) and more[0].of and scan.is_number(more[0].of):
        terms.append(Term(more[0].of, "sum"))
        joined = scan.match(r"[,&]+(?=[TB]?C)", more[1])
        at = joined.end() if joined else more[1]
        if not joined:
            break
    if not terms:
        return False
    scan.draft.outputs += terms
    scan.at = at
    return True


def _spent(scan: Scan) -> bool:
    if scan.sign(scan.at) != "$" or scan.draft.outputs:
        return False
    if _spending().isdisjoint(token.folded for piece in scan.pieces for token in piece.tokens):
        return False
    worth = (sum_of(str(table.full_name), scan.model, _OPEN) for table in scan.tables())
    links = tuple(link for link in worth if link)
    if not links:
        return False
    scan.draft.outputs.append(Term(Ref(scan.pieces[scan.at], "column", links), "sum"))
    scan.at += 1
    return True


def _only_says_so(scan: Scan) -> bool:
    """`spend` itself, behind `how much`."""
    said = scan.sign(scan.at) in ("x", "v") and scan.pieces[scan.at].tokens[-1].folded in _spending()
    if not said or "$" not in scan.signs[: scan.at]:
        return False
    scan.at += 1
    return True


def _spending() -> frozenset[str]:
    return listed("worth.txt")["spending"]
