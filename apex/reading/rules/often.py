"""`countries that appear more than twice`, `books that were lent at least 3 times`: how many rows there must be."""

import re

from apex.linking.link import Link
from apex.reading.draft import Ref, Term, Test
from apex.reading.rules.comparisons import operator_of
from apex.reading.rules.deeds import deeds, many_of
from apex.reading.scan import Scan


def often(scan: Scan) -> bool:
    """Read how often something is done, or must be."""
    return _asked(scan) or _said(scan)


def _said(scan: Scan) -> bool:
    """How often what is shown must occur, or something must have been done with it."""
    found = scan.match(r"[wrhiv,&kC]*(?:[vC]|(?P<op>>))+(?P<n>N)(?P<u>u?)(?:i(?P<t>T)(?![CV]))?(?=$|[.,&ik])")
    if not found or not scan.says_times(found.start("n")):
        return False
    rows = None if _is_shared(scan) else _rows(scan, found)
    operator = operator_of(scan.pieces[found.start("op")]) if found["op"] else "="
    if operator is None or not (rows or _is_shared(scan)):
        return False
    scan.wish(Test(Term(None, "count", rows=rows), operator, [int(scan.pieces[found.start("n")].number or 0)]))
    scan.head = False
    scan.at = found.end() if rows and found["t"] else found.end("u")
    return True


def _asked(scan: Scan) -> bool:
    """`how many times was each product ordered`: how many rows tell of it, for each."""
    found = scan.match(r"Q*#[dhv]*E(?P<t>T)[hv]*(?P<v>[vOCTx])(?=$|[.,])|Q*#v?(?P<t2>T)[hv]*(?P<v2>[vOC])(?=$|[.,])")
    if not found or not scan.pieces[scan.signs.index("#", scan.at)].text.casefold().endswith(("times", "often")):
        return False
    suffix = "" if found["t"] else "2"
    scan.latest = scan.table(found.start(f"t{suffix}"))
    rows = deeds(scan, scan.pieces[found.start(f"v{suffix}")])
    if rows is None:
        return False
    scan.draft.outputs.append(Term(None, "count", rows=rows))
    scan.draft.groups += [scan.latest] if found["t"] else []
    scan.draft.each = bool(found["t"])
    scan.draft.subjects += [] if found["t"] else [scan.latest]
    scan.at = found.end()
    return True


def _is_shared(scan: Scan) -> bool:
    """Whether what is shown is something that several rows may have in common."""
    shown = [term.of for term in scan.draft.outputs if not term.measured]
    attribute = scan.attribute(shown[0].links[0]) if shown and shown[0] and shown[0].links else None
    return attribute is not None and attribute.role in ("dimension", "reference") and not attribute.unique


def _rows(scan: Scan, found: re.Match[str]) -> Ref | None:
    """The rows of a table that is named, that is called as the verb, or of the only one of which there may be more."""
    if found["t"]:
        return scan.table(found.start("t"))
    verbs = [scan.pieces[place] for place in range(found.start(), found.start("n")) if scan.sign(place) in "vC"]
    first = scan.draft.subjects[:1]
    if not verbs and first and scan.latest and scan.latest.links[:1] != first[0].links[:1]:
        # "Actors who starred in a film at least 20 times": in so many of them.
        return scan.latest
    done = next((rows for verb in reversed(verbs) if (rows := deeds(scan, verb))), None)
    many = list(many_of(scan))
    only = Link("table", many[0], score=TOLD, why="relation") if len(many) == 1 else None
    return done or (Ref(scan.pieces[found.start("n")], "table", (only,)) if only else None)


TOLD = 0.7
"""How sure a table is of which nothing is said but how many rows there are."""
