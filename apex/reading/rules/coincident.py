"""`closed in the same month in which they signed up`, `ended on a different day than they started`."""

import re

from apex.reading.draft import Ref, Term, Test
from apex.reading.happening import moment_of
from apex.reading.rules.moments import GRAINS
from apex.reading.scan import Scan

_PATTERNS = (
    r"(?P<t>[TB](?=C))?[wrh,&]*(?P<a>[CvxV])&(?P<b>[CvxV])[io]*(?P<same>=)(?P<u>[zuC])(?P<t2>(?!))?(?=$|[.,&])",
    r"(?:(?P<t>[TB](?=C))?[wrh,&]*(?P<a>[CvxV]))?[io]*(?P<same>[=d])(?P<u>[zuC])[ir]*(?P<t2>[TB])?[rhw]*(?P<b>[CvxV])"
    r"(?=$|[.,&])",
)
"""`started and ended on the same day`, `ended on the same day as it started`."""


def coincident(scan: Scan) -> bool:
    """Read that two moments lie in the same unit of time, or do not."""
    found = next((match for pattern in _PATTERNS if (match := scan.match(pattern))), None)
    grain = GRAINS.get(scan.pieces[found.start("u")].text.casefold()) if found else None
    if not found or grain is None or not _compares(scan, found):
        return False
    one = moment_of(scan, [scan.pieces[found.start("a")]]) if found["a"] else scan.moments()
    other = moment_of(scan, [scan.pieces[found.start("b")]])
    if one is None or other is None:
        return False
    if found["t2"]:
        _of(scan, other, found.start("t2"))
    one.grain = other.grain = grain
    if found["t"]:
        _about(scan, found.start("t"))
    different = scan.pieces[found.start("same")].sign == "d"
    scan.wish(Test(Term(one), "!=" if different else "=", [Term(other)]))
    scan.head, scan.at = False, found.end()
    return True


def _about(scan: Scan, at: int) -> None:
    """The table that stands before is what is asked for."""
    scan.latest = scan.table(at)
    scan.draft.subjects.append(scan.latest)
    if scan.head and not scan.draft.outputs:
        scan.draft.outputs.append(Term(scan.latest))


def _compares(scan: Scan, found: re.Match[str]) -> bool:
    """Whether `different` says that two moments differ, and not that each is taken once."""
    behind = scan.pieces[found.end("u")] if found.end("u") < len(scan.pieces) else None
    return found["same"] == "=" or (behind is not None and behind.text.casefold() in ("than", "from"))


def _of(scan: Scan, moment: Ref, at: int) -> None:
    """The moment is that of the table that is named."""
    tables = {link.table for link in scan.table(at).links}
    moment.links = tuple(link for link in moment.links if link.table in tables) or moment.links
