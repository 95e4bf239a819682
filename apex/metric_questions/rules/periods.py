"""`last month`, `January and March 2025`, `yesterday and the day before`, `on weekends`."""

from apex.language.moments import Found, Period
from apex.language.moments_earlier import earlier_at
from apex.language.moments_periods import told
from apex.language.moments_rules import period_at
from apex.metric_questions.scan import CannotError, Scan

_ALL_DAYS = (1, 2, 3, 4, 5, 6, 7)
_LEADS = frozenset({"on", "at", "during", "for", "in", "only"})


def period(scan: Scan, at: int) -> int | None:
    """The time that is asked for; several that are joined are shown one by one."""
    if at in scan.starts:
        return None
    found = period_here(scan, at) or _relative(scan, at)
    if found is None:
        return None
    if scan.ask.periods:
        one, other = scan.ask.periods[0], found.period
        raise CannotError(f"The question names two periods that do not go together: {told(one)} and {told(other)}.")
    scan.ask.periods.append(found.period)
    second = _second(scan, found)
    if second is None:
        return found.end
    scan.ask.periods.append(second.period)
    if not scan.ask.grouped and found.period.unit == second.period.unit:
        scan.ask.grain = found.period.unit
    return second.end


def period_here(scan: Scan, at: int) -> Found | None:
    """A period, also a bare year or a month that is written as a name."""
    found = scan.moments.read(at)
    bare = scan.moments.year(at) is not None or (at < len(scan.tokens) and scan.tokens[at].capital and at > 0)
    if found is None and bare:
        named = period_at(scan.moments, at, led=True)
        found = Found(named.period._replace(words=scan.said(at, named.end)), named.end) if named else None
    return found


def _relative(scan: Scan, at: int) -> Found | None:
    """`And the day before?` goes back from the period before."""
    last = scan.earlier.period if scan.earlier else None
    earlier = earlier_at(scan.moments, at) if last else None
    shifted = earlier.of(last) if earlier and last else None
    return Found(shifted._replace(words=told(shifted)), earlier.end) if earlier and shifted else None


def _second(scan: Scan, first: Found) -> Found | None:
    joined = scan.end_of(first.end, "both")
    if joined == first.end:
        return None
    earlier, absolute = earlier_at(scan.moments, joined), period_here(scan, joined)
    shifted = earlier.of(first.period) if earlier else None
    # "Yesterday and last year" speaks of two periods; "yesterday and the day before" of one and of its neighbour.
    if earlier and shifted and not (absolute and absolute.end >= earlier.end):
        return Found(shifted._replace(words=scan.said(joined, earlier.end)), earlier.end)
    if absolute and absolute.period.unit != first.period.unit:
        one, other = told(first.period), told(absolute.period)
        raise CannotError(f"The question names two periods that do not go together: {one} and {other}.")
    return absolute


def weekdays(scan: Scan, at: int) -> int | None:
    """Some days of every week."""
    without = scan.end_of(at, "without")
    behind = without if without > at else at + (scan.words[at] in _LEADS)
    for end, meaning in scan.moments.meanings(behind, "recurring"):
        chosen = tuple(map(int, meaning.split()))
        scan.ask.weekdays = tuple(each for each in _ALL_DAYS if each not in chosen) if without > at else chosen
        return end
    return None


def as_period(scan: Scan, at: int) -> tuple[Period, int] | None:
    """A period by itself, for comparing."""
    found = period_here(scan, at) or period_at(scan.moments, at, led=True)
    return (found.period._replace(words=scan.said(at, found.end)), found.end) if found else None
