"""`top 10 merchants by volume`, `the highest revenue`, `sorted by volume`; in a follow-up `only the last three`."""

from apex.metric_questions.rules.groups import is_singular, set_grain
from apex.metric_questions.rules.metrics import metric
from apex.metric_questions.scan import CannotError, Cue, Scan

_ENDS = (("top", True), ("bottom", False))
_VERBS = frozenset({"was", "were", "is", "are", "the"})
_SUPERLATIVES = (("high", True), ("low", False))


def top(scan: Scan, at: int) -> int | None:
    """The first so many of something by a metric."""
    for meaning, descending in _ENDS:
        behind = scan.end_of(at, meaning)
        if behind == at:
            continue
        number = _whole(scan, behind)
        if number is None and scan.number(behind) is not None:
            raise CannotError(
                f"{scan.said(behind, behind + 1)} is no number of rows that can be shown. Ask for 1 or more."
            )
        end = _what(scan, behind + (number is not None))
        if end is None and number is None:
            continue
        end = end or behind + 1
        scan.ask.descending, scan.ask.limit = descending, number
        scan.seen.add("top")
        return _by(scan, end)
    return None


def _whole(scan: Scan, at: int) -> int | None:
    number = scan.number(at)
    return int(number) if number is not None and number == int(number) and number >= 1 else None


def _what(scan: Scan, at: int) -> int | None:
    unit = scan.moments.unit(at)
    if unit:
        set_grain(scan, unit[0])
        scan.singular = is_singular(scan, unit[1] - 1)
        return unit[1]
    found = None if at in scan.starts else scan.place_at(at)
    if found is None:
        return None
    scan.cues.append(Cue(found[0], at, found[1], asked=True))
    scan.singular = is_singular(scan, found[1] - 1)
    return found[1]


def _by(scan: Scan, at: int) -> int:
    """The metric that decides; the metrics that are asked for otherwise do."""
    behind = scan.end_of(at, "ranked by")
    end = metric(scan, behind) if behind > at else None
    return end if end is not None else at


def superlative(scan: Scan, at: int) -> int | None:
    """`highest revenue`, or `highest` behind its metric."""
    for meaning, descending in _SUPERLATIVES:
        behind = scan.end_of(at, meaning)
        if behind == at:
            continue
        end = metric(scan, behind)
        follows = (scan.ask.metrics or scan.earlier) and scan.word(at - 1) in _VERBS
        if end is None and not follows and not _ends_metric(scan, at):
            continue
        scan.ask.descending = descending
        scan.seen.add("superlative")
        return end or behind
    return None


def _ends_metric(scan: Scan, at: int) -> bool:
    return any(match.end == at for match in scan.matches)


def ordered(scan: Scan, at: int) -> int | None:
    """In which order the rows come."""
    behind = scan.end_of(at, "sorted by")
    if behind > at:
        return _sorted_by(scan, behind)
    return _direction(scan, at)


def _sorted_by(scan: Scan, at: int) -> int | None:
    end = metric(scan, at)
    unit = scan.moments.unit(at) if end is None else None
    if end is None and unit is None:
        return None
    if unit:
        set_grain(scan, unit[0])
        scan.ask.by_key = False
        end = unit[1]
    else:
        scan.ask.descending = True
    assert end is not None
    return _direction(scan, end) or end


def _direction(scan: Scan, at: int) -> int | None:
    for meaning, descending in (("descending", True), ("ascending", False)):
        end = scan.end_of(at, meaning)
        if end > at:
            if scan.ask.by_key is None and not (scan.ask.grain and scan.ask.descending is None):
                scan.ask.descending = descending
            else:
                scan.ask.by_key = descending
            return end
    return None


def first_rows(scan: Scan, at: int) -> int | None:
    """`Only the last three` of what was shown by time."""
    shown = scan.earlier.grain if scan.earlier else None
    if shown is None:
        return None
    at += scan.words[at] in ("only", "just")
    at += scan.word(at) == "the"
    for meaning, last in (("latest", True), ("first", False)):
        behind = scan.end_of(at, meaning)
        number = _whole(scan, behind) if behind > at else None
        if number and not scan.moments.unit(behind + 1):
            scan.ask.by_key, scan.ask.limit = last, number
            return behind + 1 + (scan.word(behind + 1) in ("ones", "rows", "of", "them"))
    return None
