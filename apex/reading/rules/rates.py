"""`the success rate`, `the percentage of failed orders`: a part of the rows, by all of them."""

import re

from apex.language.sections import listed
from apex.linking.link import Link
from apex.reading.draft import OneOf, Ref, Term
from apex.reading.pieces import Piece
from apex.reading.rules.extremes import shown_or_most
from apex.reading.scan import Scan, is_table

_SHARE = r"(?P<share>%)(?:(?P<v>V)(?P<t>[TB])|(?P<t2>[TB])[rwh]*(?P<v2>V)(?![TC]))|(?P<rate>%)(?:o(?P<t3>[TB])(?!C))?"


def rates(scan: Scan) -> bool:
    """Read a part of the rows that is told by all of them, shown or as what is largest."""
    return shown_or_most(scan, _SHARE, _term)


def _term(scan: Scan, found: re.Match[str]) -> Term | None:
    place = found.start("rate") if found["rate"] else found.start("share")
    said = scan.pieces[place]
    states = said if found["rate"] else scan.pieces[found.start("v") if found["v"] else found.start("v2")]
    if not states.only("value"):
        return None
    named = next((found.start(name) for name in ("t", "t2", "t3") if found[name]), None)
    rows = _rows(scan, states, named)
    hundred = 100 if said.tokens[0].folded in listed("ratios.txt")["hundred"] else 1
    return Term(None, "count", rows=rows, where=[OneOf([Ref(states, "value", states.only("value"))])], share=hundred)


def _rows(scan: Scan, states: Piece, named: int | None) -> Ref:
    """The rows that are in these states."""
    tables = {link.table: Link("table", link.table, score=link.score) for link in states.only("value")}
    table = scan.table(named) if named is not None and is_table(scan.pieces[named]) else None
    if table and tables.keys() & {link.table for link in table.links}:
        return table
    return Ref(states, "table", tuple(tables.values()))
