"""`without red boats`, `who have not taken any Biology courses`: related rows with a value that there are not."""

from apex.reading.draft import Exists, OneOf
from apex.reading.scan import Scan, is_table


def lacking(scan: Scan) -> bool:
    """Read that there are no related rows with a value."""
    found = scan.match(r"[,&k]*[wrv]*!h?[hvdio]*T?(?P<v>V)(?P<t>[TB])(?![CVJ])")
    if not found or not is_table(scan.pieces[found.start("t")]):
        return False
    rows = scan.table(found.start("t"))
    spoken = {link.table for subject in scan.draft.subjects for link in subject.links[:1]}
    if not spoken or rows.links[0].table in spoken:
        return False
    value = scan.value(found.start("v"))
    value.owner = rows
    scan.wish(Exists(rows, negated=True, where=[OneOf([value])]))
    scan.latest = rows
    scan.head = False
    scan.at = found.end()
    return True
