"""`share of revenue by gateway`, `what percentage of volume is paid by wallet`."""

from apex.metric_questions.scan import Scan


def share(scan: Scan, at: int) -> int | None:
    """Parts of the whole rather than values."""
    end = scan.end_of(at, "share")
    if end == at or at in scan.starts:
        return None
    scan.ask.share, scan.shared = True, (at, end)
    return end
