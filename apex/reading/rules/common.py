"""`courses common to all schools`, `what do all clinics have in common`: what belongs to every row of another table."""

from apex.reading.scan import Scan


def common(scan: Scan) -> bool:
    """Read that something is had by all."""
    found = scan.match(r"[wrhiv,]*c(?P<others>[ioE]*(?P<t>[TB]))?")
    if not found:
        return False
    scan.draft.common = True
    scan.at = found.end()
    if not found["others"]:
        return True
    if not scan.draft.outputs:
        # "The common services of all clinics": what stands behind is asked for.
        scan.at = found.start("others")
        return True
    scan.latest = scan.table(found.start("t"))
    scan.draft.subjects.append(scan.latest)
    scan.head = False
    return True
