"""`revenue`, and `revenue and volume`; `from wallet payments` behind a metric only says of what."""

from apex.metric_questions.reach import Place
from apex.metric_questions.scan import Cue, Scan
from datapoints.kinds.metric import MetricDataPoint

_JOINS = frozenset({"and", ",", "&", "plus"})
_SKIPPED = frozenset({"the", "total", "a"})


def metric(scan: Scan, at: int) -> int | None:
    """One of the metrics that are asked for."""
    found = scan.metric_at(at)
    place = scan.place_at(at) if found else None
    if found is None or (place and place[1] > found[1]):
        return None
    name, end = found
    known = scan.ask.metrics
    if name in known or not known or _is_joined(scan, at):
        scan.ask.metrics = [*known, *([] if name in known else [name])]
        return end
    return _said_of(scan, at, end, name)


def _is_joined(scan: Scan, at: int) -> bool:
    before = at - 1
    while before >= 0 and scan.words[before] in _SKIPPED:
        before -= 1
    return scan.word(before) in _JOINS


def _said_of(scan: Scan, at: int, end: int, name: str) -> int | None:
    """Another metric, which counts all rows of a table that is in reach: it says which rows are meant."""
    fact = scan.facts[name]
    measure = fact.execution.measure if isinstance(fact, MetricDataPoint) and fact.execution else None
    plain = measure is not None and measure.aggregate == "count" and not (measure.distinct or _filtered(fact))
    table = scan.model.table(measure.table) if measure and plain else None
    if table is None or table.full_name not in scan.reach.tables:
        return None
    scan.cues.append(Cue((Place("entity", table.full_name, (), table.name),), at, end))
    return end


def _filtered(fact: object) -> bool:
    return isinstance(fact, MetricDataPoint) and bool(fact.execution and fact.execution.filter)
