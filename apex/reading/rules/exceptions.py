"""`all stadiums except those with a concert`: what follows must not be."""

from apex.reading.scan import Scan


def exceptions(scan: Scan) -> bool:
    """Read that rows are left out, of which is said more."""
    found = scan.match(r",?(?P<op>>)o?(?P<what>[Tr])(?=[wr]*[wrhi])")
    if not found or scan.pieces[found.start("op")].value != "!=":
        return False
    named = scan.pieces[found.start("what")].only("table")
    spoken = {link.table for subject in scan.draft.subjects for link in subject.links[:1]}
    if scan.sign(found.start("what")) == "T" and (not named or named[0].table not in spoken):
        return False
    scan.negated = True
    scan.head = False
    scan.at = found.end()
    return True
