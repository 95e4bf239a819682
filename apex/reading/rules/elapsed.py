"""`the average visit duration in minutes`, `the number of days between the order date and the shipping date`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from apex.language.sections import listed
from apex.linking.link import Link
from apex.reading.draft import Extreme, Ref, Term
from apex.reading.happening import beginning_of, ends_of, moment_of
from apex.reading.pieces import Piece, text_of
from apex.reading.rules.extremes import set_extreme
from apex.reading.scan import AGGREGATES, Scan
from core.values.plans import Span

_UNITS: Mapping[str, Span] = {"seconds": "second", "minutes": "minute", "hours": "hour", "days": "day"}
_SURE = 0.88
"""How sure the two moments are that begin and end what a table holds."""


def elapsed(scan: Scan) -> bool:
    """Read the time that goes by between two moments."""
    return _between(scan) or _until(scan) or _duration(scan)


def _between(scan: Scan) -> bool:
    found = scan.match(
        r"[wh]*(?P<s>[SM])?(?P<a>A)?o?(?P<span>#?[uzxC])(?P<told>i[uz])?A?(?P<lead>[~i])"
        r"(?P<from>[TB]?[TBCVvx])[&i](?P<to>[TBV]?[TBCvx])"
    )
    if not found or text_of(_pieces(scan, found, "span")).casefold().removeprefix("the ") not in _spoken("between"):
        return False
    if found["lead"] == "i" and scan.pieces[found.start("lead")].text.casefold() != "from":
        return False
    start, end = (moment_of(scan, _pieces(scan, found, name)) for name in ("from", "to"))
    if start is None or end is None or start.links[0].place == end.links[0].place:
        return False
    return _read(scan, found, start, end)


def _until(scan: Scan) -> bool:
    """`the average time to close a ticket`: from where the ticket begins."""
    found = scan.match(r"[wh]*(?P<s>[SM])?(?P<a>A)?o?(?P<span>#?[uzxC])(?P<told>i[uz])?(?P<lead>i)(?P<to>[Cvx])[TB]?")
    if not found or text_of(_pieces(scan, found, "span")).casefold().removeprefix("the ") not in _spoken("between"):
        return False
    end = moment_of(scan, _pieces(scan, found, "to"))
    if end is None or scan.pieces[found.start("lead")].text.casefold() != "to":
        return False
    begins = [(link, beginning_of(scan.model.entity(link.table), link.column)) for link in end.links]
    links = tuple(replace(link, column=name) for link, name in begins if name)
    return _read(scan, found, Ref(end.piece, "column", links), end) if links else False


def _duration(scan: Scan) -> bool:
    """What a table holds begins and ends, and no column says how long it lasts."""
    found = scan.match(r"[wh]*(?P<s>[SM])?(?P<a>A)?o?(?P<t>[TB])?o?(?P<span>x)(?:o+(?P<t2>[TB]))?")
    if not found or text_of(_pieces(scan, found, "span")).casefold() not in _spoken("spans"):
        return False
    place = next((found.start(name) for name in ("t", "t2") if found[name]), None)
    owner = scan.table(place) if place is not None else scan.latest
    tables = {link.table for link in owner.links} if owner else {str(table.full_name) for table in scan.tables()}
    ends = [(table, pair) for table in sorted(tables) if (pair := ends_of(scan.model.entity(table)))]
    if not ends:
        return False
    piece = scan.pieces[found.start("span")]
    start, end = (
        Ref(piece, "column", tuple(Link("column", table, pair[side], score=_SURE) for table, pair in ends), owner)
        for side in (0, 1)
    )
    return _read(scan, found, start, end)


def _read(scan: Scan, found: re.Match[str], start: Ref, end: Ref) -> bool:
    how = AGGREGATES[scan.pieces[found.start("a")].value] if found["a"] else None
    told = scan.match(r"i[uz]", found.end())
    within = found.groupdict().get("told")
    places = [found.start("told") + 1] if within else [told.start() + 1] if told else []
    texts = [text_of(_pieces(scan, found, "span")), *(scan.pieces[place].text for place in places)]
    said: Span | None = next((unit for unit in map(unit_of, texts) if unit), None)
    dates = all(is_date(scan, ref) for ref in (start, end))
    if not said and not dates:
        scan.draft.doubts.append("a unit of time left open")
    term = Term(start, how, until=end, unit=said or ("day" if dates else "minute"))
    if found["s"]:
        _most(scan, scan.pieces[found.start("s")], term)
    elif scan.head:
        scan.draft.outputs.append(term)
    else:
        return False
    scan.at = told.end() if told else found.end()
    return True


def _most(scan: Scan, piece: Piece, term: Term) -> None:
    """`the longest duration`, or what has it."""
    longest = piece.value == "most" if piece.sign == "M" else piece.text.casefold() in _spoken("longest")
    if scan.draft.outputs or scan.draft.subjects:
        set_extreme(scan, Extreme(term, longest, of=scan.latest))
    else:
        scan.draft.outputs.append(replace(term, aggregate="max" if longest else "min"))


def is_date(scan: Scan, ref: Ref) -> bool:
    """Whether the likeliest column holds days without a time."""
    attribute = scan.attribute(ref.links[0])
    return attribute is not None and attribute.family == "date"


def unit_of(text: str) -> Span | None:
    """The unit of time that words name."""
    words = text.casefold().split()
    return next((unit for name, unit in _UNITS.items() if _spoken(name).intersection(words)), None)


def _spoken(heading: str) -> frozenset[str]:
    return listed("elapsed.txt")[heading]


def _pieces(scan: Scan, found: re.Match[str], name: str) -> Sequence[Piece]:
    return scan.pieces[found.start(name) : found.end(name)]
