"""`created in March 2025`, `in the past 30 days`, `on weekends`, `per month`, `monthly`: when rows happened."""

from apex.linking.link import Link
from apex.reading.draft import During, Ref, Term
from apex.reading.pieces import Piece
from apex.reading.scan import Scan
from core.values.plans import Grain, Part

_ONLY, _FIRST, _LATER = 0.92, 0.8, 0.6
"""How sure it is that a time speaks of the only moment of a table, of the most telling one, and of another."""
GRAINS: dict[str, Grain | Part] = {
    "hour": "hour", "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year",
    "weekday": "weekday", "month of year": "month of year", "hour of day": "hour of day",
    "day of month": "day of month",
}  # fmt: skip


def moments(scan: Scan) -> bool:
    """Read a time, and the moment that lies in it: named before it, or the one that says when a row happened."""
    found = scan.match(r"[wrh,&]*(?:(?P<owner>[TB](?=C))?(?P<c>[CB]))?(?P<v>v)?[hir]*(?P<neg>!)?[i]*(?P<z>Z)")
    column = _named(scan, found.start("c")) if found and found["c"] else None
    if found and found["c"] and (column is None or (scan.head and not scan.draft.outputs)):
        return False
    if not found:
        return False
    implied = scan.implied(scan.pieces[found.start("v")]) if found["v"] else None
    column = column or (_only_moments(scan, implied) if implied else None) or _assumed(scan, found.start("z"))
    if column is None:
        return False
    piece = scan.pieces[found.start("z")]
    weekdays = tuple(map(int, piece.value.split()))
    if piece.period and piece.period.guess:
        scan.draft.doubts.append(piece.period.guess)
    scan.wish(During(column, piece.period, weekdays, negated=bool(found["neg"])))
    scan.at = found.end()
    return True


def grains(scan: Scan) -> bool:
    """Read a unit that time is cut to: what rows are grouped by, or what is shown of their moment."""
    return _each_of(scan) or _unit(scan)


def _each_of(scan: Scan) -> bool:
    """`in each of the last 8 weeks`: a time, and the unit in which it is told."""
    found = scan.match(r"[,&i]*Eo*(?P<z>Z)")
    period = scan.pieces[found.start("z")].period if found else None
    column = _assumed(scan, found.start("z")) if found and period and period.start and period.end else None
    if not found or period is None or column is None:
        return False
    column.grain = period.unit
    scan.wish(During(column, period))
    scan.draft.groups.append(column)
    scan.draft.each = True
    scan.at = found.end()
    return True


def _unit(scan: Scan) -> bool:
    found = scan.match(r"(?P<lead>[,&iQdov]*(?:E[odri]*)?)(?P<c>C)?(?P<z>z)")
    if not found:
        return False
    unit: str = scan.pieces[found.start("z")].value
    column = _named(scan, found.start("c")) if found["c"] else _assumed(scan, found.start("z"))
    if column is None or (found["c"] and "E" not in found["lead"]):
        return False
    column.grain = GRAINS[unit.removeprefix("by ")]
    if "E" in found["lead"] or unit.startswith("by "):
        scan.draft.groups.append(column)
        scan.draft.each = True
    elif scan.head:
        scan.draft.outputs.append(Term(column))
    else:
        return False
    scan.at = found.end()
    return True


def _named(scan: Scan, at: int) -> Ref | None:
    return _only_moments(scan, scan.column(at))


def _only_moments(scan: Scan, ref: Ref) -> Ref | None:
    ref.links = tuple(link for link in ref.links if scan.is_moment(link.table, link.column))
    return ref if ref.links else None


def _assumed(scan: Scan, at: int) -> Ref | None:
    """The moments of every table, for a time that none stands beside."""
    links: list[Link] = []
    for table in scan.tables():
        entity = scan.model.entity(table.full_name)
        times = entity.times if entity else ()
        for place, name in enumerate(times):
            score, why = (_ONLY, "time") if len(times) == 1 else (_LATER if place else _FIRST, "year")
            links.append(Link("column", str(table.full_name), name, score=score, why=why))
    piece: Piece = scan.pieces[at]
    return Ref(piece, "column", tuple(scan.of_deed(links)), owner=scan.latest) if links else None
