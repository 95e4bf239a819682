"""`the top 5 customers by number of orders`, `the bottom 3 shops by total sales`: by what rows are the first."""

from apex.reading.draft import Draft, Term
from apex.reading.scan import Scan, is_table

_BY = frozenset({"by", "based on", "in terms of", "ranked by", "according to"})


def ranking(scan: Scan) -> bool:
    """Read by what the rows of which only some are shown are ordered."""
    found = scan.match(r"[,]*[EOi][do]*")
    draft = scan.draft
    if not found or draft.orders or not (_is_vague(draft) or _is_implied(draft) if draft.extreme else draft.limit):
        return False
    by = next(piece for piece in scan.pieces[scan.at : found.end()] if piece.sign in "EOi")
    term = _term(scan, found.end()) if by.text.casefold() in _BY else None
    if term is None:
        return False
    if draft.extreme and _is_implied(draft):
        # "The 3 most expensive products by list price": which of their prices is told.
        draft.lowest, draft.limit, draft.extreme = not draft.extreme.descending, draft.extreme.limit, None
    elif draft.extreme:
        # "The 5 best selling models by revenue": the revenue says what best is.
        shown, draft.limit, draft.lowest = draft.extreme.by.of, draft.extreme.limit, not draft.extreme.descending
        draft.outputs += [Term(shown)] if shown and not draft.outputs else []
        draft.extreme = None
    draft.orders.append((term[0], not draft.lowest))
    scan.at = term[1]
    return True


def _is_vague(draft: Draft) -> bool:
    """Whether it is only said that some are the best, of which column it is not told."""
    extreme = draft.extreme
    return extreme is not None and extreme.by.aggregate == "count" and extreme.by.distinct and extreme.limit > 1


def _is_implied(draft: Draft) -> bool:
    """Whether an adjective says by what rows are the first, and names no column."""
    by = draft.extreme.by if draft.extreme else None
    return by is not None and by.of is not None and not by.measured and by.of.piece.sign in ("S", "M")


def _term(scan: Scan, at: int) -> tuple[Term, int] | None:
    counted = scan.match(r"(?P<t>[TB])(?!C)", at)
    if counted and is_table(scan.pieces[counted.start("t")]):
        return Term(None, "count", rows=scan.table(counted.start("t"))), counted.end()
    term = scan.term(at)
    if term is None:
        return None
    return term if term[0].measured or (term[0].of and scan.is_number(term[0].of)) else None
