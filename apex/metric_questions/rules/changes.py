"""`compared to the previous month`, `by how many percent did ... change`, `from A to B`, `year over year`."""

from apex.language.moments_earlier import earlier_at
from apex.metric_questions.rules.filters import is_value
from apex.metric_questions.rules.periods import as_period
from apex.metric_questions.scan import Scan

_FROM = frozenset({"from", "since", "between"})
_WITH = frozenset({"with", "to", "and"})
"""Behind "compare" these stand between two periods."""
_STATES = frozenset({"was", "were", "are", "is", "got", "been"})
"""Behind these, `dropped` is what something is, and not what a metric did."""
_TO = frozenset({"to", "until", "and"})


def compared(scan: Scan, at: int) -> int | None:
    """The period that another one is held against."""
    behind = scan.end_of(at, "compare")
    if behind == at and scan.word(at) in _WITH and scan.ask.periods and scan.word(0) == "compare":
        # "Compare revenue this month with last month."
        behind += 1
    return _against(scan, behind) if behind > at else None


def _against(scan: Scan, at: int) -> int | None:
    relative, absolute = earlier_at(scan.moments, at), as_period(scan, at)
    if relative and (absolute is None or relative.end >= absolute[1]):
        scan.against = relative
        scan.against_words = scan.said(at, relative.end)
        return relative.end
    if absolute is None:
        return None
    scan.ask.compared = absolute[0]
    return absolute[1]


def from_to(scan: Scan, at: int) -> int | None:
    """`from the day before yesterday to yesterday`, of a change; `from last week` alone is what it is held against."""
    if scan.words[at] not in _FROM or not _speaks_of_change(scan):
        return None
    first = as_period(scan, at + 1)
    second = as_period(scan, first[1] + 1) if first and scan.word(first[1]) in _TO else None
    if first and second:
        scan.ask.compared, scan.ask.change = first[0], True
        scan.ask.periods.append(second[0])
        return second[1]
    return _against(scan, at + 1) if scan.words[at] == "from" else None


def _speaks_of_change(scan: Scan) -> bool:
    return any(scan.end_of(place, "change") > place for place in range(len(scan.words)))


def change(scan: Scan, at: int) -> int | None:
    """A word of change, or `month over month`."""
    end = scan.end_of(at, "change")
    if end > at:
        if scan.word(at - 1) in _STATES or is_value(scan, at):
            return None
        if scan.end_of(at, "hold against") > at:
            scan.seen.add("compare")
        else:
            scan.seen.add("change")
        scan.ask.change = True
        return end
    over = next((end for end, _ in scan.moments.meanings(at, "over")), None)
    if over is None:
        return None
    scan.against, scan.ask.change = earlier_at(scan.moments, at), True
    scan.against_words = f"the {scan.against.unit} before" if scan.against else ""
    return over


def percent(scan: Scan, at: int) -> int | None:
    """A change, or a share, in percent."""
    end = scan.end_of(at, "percent")
    if end > at:
        scan.ask.percent = True
        return end
    much = scan.end_of(at, "by how much")
    return much if much > at and _speaks_of_change(scan) else None
