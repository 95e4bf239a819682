"""`monthly`, `on each of the last 7 days`, `over time`."""

from apex.language.moments_earlier import earlier_at
from apex.metric_questions.rules.groups import set_grain
from apex.metric_questions.scan import Scan
from apex.metric_questions.words import named
from core.values.plans import Grain

_GRAINS: dict[str, Grain] = {
    "hour": "hour", "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year"
}  # fmt: skip


def grain(scan: Scan, at: int) -> int | None:
    """A word that cuts time."""
    found = named(scan.words, at, "grain")
    if found is None or at in scan.starts:
        return None
    earlier = earlier_at(scan.moments, at)
    if earlier and earlier.end > found[1]:
        return None
    set_grain(scan, _GRAINS[found[0]])
    return found[1]


def each_of(scan: Scan, at: int) -> int | None:
    """A period of which every unit is shown."""
    behind = scan.end_of(at, "each of")
    found = scan.moments.read(behind) if behind > at else None
    if found is None or (found.period.unit == "day" and scan.moments.unit(behind)):
        return None
    set_grain(scan, found.period.unit)
    scan.ask.periods.append(found.period)
    return found.end


def over_time(scan: Scan, at: int) -> int | None:
    """Without a grain: days for up to a month, weeks for up to half a year, months beyond."""
    end = scan.end_of(at, "over time")
    if end == at or at in scan.starts:
        return None
    scan.seen.add("over time")
    return end
