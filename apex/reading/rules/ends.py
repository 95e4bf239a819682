"""`with the maximum age`, `the lowest and average price`, `the oldest and the youngest`: one end, or several."""

from apex.reading.draft import Extreme, Ref, Term
from apex.reading.pieces import Piece
from apex.reading.rules.extremes import set_extreme
from apex.reading.scan import AGGREGATES, Scan
from core.values.plans import Aggregate


def ends(scan: Scan) -> bool:
    """Read the row at one end, or the values at both."""
    return _maximal(scan) or _several(scan) or _both_ends(scan)


def _several(scan: Scan) -> bool:
    """`the minimum, average and maximum age`, `the lowest and highest price`, `the earliest and latest order dates`."""
    found = scan.match(r"[,&]*d?(?P<how>[AMS](?:[,&]+[AMS])+)o?") if scan.head else None
    term = scan.term(found.end()) if found else None
    if not found or not term:
        return False
    of, (start, end) = term[0].of, found.span("how")
    pieces = [piece for piece in scan.pieces[start:end] if piece.sign in "AMS"]
    if any(piece.sign in "MS" for piece in pieces) and not (of and scan.is_ordered(of)):
        return False
    scan.draft.outputs += [Term(of, _at_end(scan, piece, of)) for piece in pieces]
    scan.at = term[1]
    return True


def _at_end(scan: Scan, piece: Piece, of: Ref | None) -> Aggregate:
    """The aggregate that a word says of a column."""
    if piece.sign == "A":
        return AGGREGATES[piece.value]
    larger = scan.rises(piece, of.links[0]) if piece.sign == "S" and of else piece.value == "most"
    return "max" if larger else "min"


def _maximal(scan: Scan) -> bool:
    """`with the maximum age`: the row that has it, for a largest value is no value of one row."""
    found = scan.match(r"[wrh]+(?P<a>A)o?(?P<owner>[TB](?=C))?(?P<c>[CB])(?=$|[.,&ori])")
    if not found or not scan.draft.outputs or scan.pieces[found.start("a")].value not in ("maximum", "minimum"):
        return False
    column = scan.column(found.start("c"), scan.table(found.start("owner")) if found["owner"] else None)
    if not (scan.is_number(column) or scan.is_ordered(column)):
        return False
    set_extreme(scan, Extreme(Term(column), scan.pieces[found.start("a")].value == "maximum", of=scan.latest))
    scan.head = False
    scan.at = found.end()
    return True


def _both_ends(scan: Scan) -> bool:
    """`the ages of the oldest and the youngest students`: the largest and the smallest of what is shown."""
    found = scan.match(r"o?(?P<one>[SM])&(?P<other>[SM])(?=[TB])")
    shown = scan.draft.outputs[0] if len(scan.draft.outputs) == 1 else None
    if not found or not shown or not shown.of or shown.measured or not shown.of.links:
        return False
    place = shown.of.links[0].place
    for name in ("one", "other"):
        piece = scan.pieces[found.start(name)]
        column = scan.implied(piece) if piece.sign == "S" else shown.of
        link = next((each for each in column.links if each.place == place), None) if column else None
        if link is None:
            scan.draft.outputs = [shown]
            return False
        larger = scan.rises(piece, link) if piece.sign == "S" else piece.value == "most"
        scan.draft.outputs.append(Term(shown.of, "max" if larger else "min"))
    scan.draft.outputs.remove(shown)
    scan.at = found.end()
    return True
