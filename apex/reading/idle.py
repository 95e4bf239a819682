"""Words that say of what stands before them only what it is anyway: `founding years`, `the enrollment number`."""

from apex.linking.link import Link
from apex.reading.parts import is_year
from apex.reading.pieces import Piece
from apex.reading.scan import Scan

_THAT = frozenset({"that", "this", "same", "the same"})


def is_idle(scan: Scan, piece: Piece) -> bool:
    """Whether nothing is lost without a piece that no rule reads."""
    before, after, word = scan.sign(scan.at - 1), scan.sign(scan.at + 1), piece.tokens[-1].lemma
    if _is_said_again(scan, piece):
        return True
    if before == "C":
        return _is_of_its_kind(scan, word)
    if before == "#":
        # "The number of total orders"
        return piece.text.casefold() == "total" and after == "T"
    if piece.sign == "E":
        # "How many orders does each have": of those that are shown beside.
        plain = [term for term in scan.draft.outputs if not term.measured]
        return after in ("h", ".", "") and bool(plain) and len(plain) < len(scan.draft.outputs)
    # "Customers without address information"
    return piece.sign == "*" and before in ("T", "B") and not scan.head


def _is_of_its_kind(scan: Scan, word: str) -> bool:
    column = scan.column(scan.at - 1)
    if word == "number":
        return scan.is_number(column)
    return word == "year" and bool(column.links) and _holds_years(scan, column.links[0])


def _holds_years(scan: Scan, link: Link) -> bool:
    entity = scan.model.entity(link.table)
    measured = scan.model.profile.columns.get((entity.name, link.column)) if entity else None
    return measured is not None and is_year(measured.minimum) and is_year(measured.maximum)


def _is_said_again(scan: Scan, piece: Piece) -> bool:
    """`in the year 2021 ... that year`: what was spoken of before."""
    before = scan.pieces[scan.at - 1] if scan.at else piece
    said = {each.tokens[-1].lemma for each in scan.pieces[: scan.at - 1] if each.sign in "CzuTB"}
    return before.text.casefold() in _THAT and piece.sign in "Czu" and piece.tokens[-1].lemma in said
