"""`with revenue above 1000`, `more than 100 transactions`, `where the success rate is below 90%`; columns likewise."""

from apex.metric_questions.ask import Threshold
from apex.metric_questions.scan import Scan
from core.values.plans import Comparison, Literally, Operator
from datapoints.kinds.metric import MetricDataPoint

_OPERATORS: tuple[Operator, ...] = (">=", "<=", ">", "<")
_PERCENT = frozenset({"percent", "%"})


def threshold(scan: Scan, at: int) -> int | None:
    """A bound on a metric or on a number of each row."""
    behind = scan.end_of(at, "whose")
    return (
        _on_metric(scan, behind) or _before_metric(scan, behind) or (_on_column(scan, behind) if behind > at else None)
    )


def _on_metric(scan: Scan, at: int) -> int | None:
    found = scan.metric_at(at)
    bound = _bound(scan, scan.end_of(found[1], "equal")) if found else None
    if found is None or bound is None:
        return None
    operator, number, percent, end = bound
    return _add(scan, Threshold(found[0], operator, number, percent), end)


def _before_metric(scan: Scan, at: int) -> int | None:
    bound = _bound(scan, at)
    if bound is None:
        return None
    operator, number, percent, end = bound
    end += scan.word(end) in ("in", "of")
    found = scan.metric_at(end)
    known = scan.earlier.metrics if scan.earlier else []
    if found is None and len(known) == 1:
        return _add(scan, Threshold(known[0], operator, number, percent), bound[3])
    return _add(scan, Threshold(found[0], operator, number, percent), found[1]) if found else None


def _add(scan: Scan, bound: Threshold, end: int) -> int:
    scan.ask.thresholds.append(bound)
    return end


def _bound(scan: Scan, at: int) -> tuple[Operator, float, bool, int] | None:
    """A comparison with a number; `or more` may stand behind it."""
    for operator in _OPERATORS:
        behind = scan.end_of(at, operator)
        number = scan.number(behind) if behind > at else None
        if number is not None:
            percent = scan.tokens[behind].percent or scan.word(behind + 1) in _PERCENT
            end = behind + 1 + (scan.word(behind + 1) in _PERCENT)
            return operator, number, percent, end + is_unit(scan, end)
    return None


def is_unit(scan: Scan, at: int) -> bool:
    """The unit of a metric behind its number: `1000 euro`."""
    facts = [scan.facts[match.ids[0]] for match in scan.matches]
    units = [each.unit.casefold() for each in facts if isinstance(each, MetricDataPoint) and each.unit]
    word = scan.word(at)
    return bool(word) and any(word == unit or (len(unit) == 3 and word.startswith(unit)) for unit in units)


def _on_column(scan: Scan, at: int) -> int | None:
    found = scan.place_at(at)
    bound = _bound(scan, scan.end_of(found[1], "equal")) if found else None
    if found is None or bound is None:
        return None
    numeric = [each for each in found[0] if each.attribute and each.attribute.is_numeric]
    if not numeric:
        return None
    place = scan.one_place(numeric, at, found[1])
    scan.ask.held.append(
        Comparison(left=place.outputs[0].value, operator=bound[0], right=[Literally(value=_plain(bound[1]))])
    )
    return bound[3]


def _plain(number: float) -> int | float:
    return int(number) if number == int(number) else number
