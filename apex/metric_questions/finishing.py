"""What can only be told once the whole question is read: whose a name is, what is chosen from, what contradicts."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from apex.compile.walk import columns_in
from apex.language.moments_periods import before, told
from apex.metric_questions.counts import adds_up, counts
from apex.metric_questions.reach import Place
from apex.metric_questions.rules.groups import add_key
from apex.metric_questions.scan import AskBackError, BeyondError, CannotError, Cue, Scan
from core.values.findings import Clarification
from core.values.plans import ColumnOf, Comparison, Grain, Output
from datapoints.kinds.metric import MetricDataPoint

_DAY = timedelta(days=1)
_SHARED_OUT = frozenset({"distribution", "split"})
SHOWN = 10
"""So many are shown where `top` is asked without a number."""


def finish(scan: Scan, unexplained: Sequence[str]) -> list[str]:
    """Settle what was left open; gives the words that stay unexplained, with those before."""
    _take_thresholds(scan)
    if unexplained:
        return list(unexplained)
    left = [*_settle_cues(scan), *_check_order(scan), *_check_kinds(scan)] or [*_check_rest(scan)]
    if not left:
        _settle_shares(scan)
        _settle_times(scan)
    return left


def _settle_shares(scan: Scan) -> None:
    """Whether a condition tells the part of every group, or only what is shared out, must be plain."""
    ask = scan.ask
    if not (ask.splits and len(scan.between) == 1) or ask.descending is not None:
        return
    (start, end), (first, last) = scan.between[0], scan.shared
    match = next((each for each in scan.matches if each.start >= last), None)
    if match is None or scan.word(first) in _SHARED_OUT:
        return
    said, named = scan.said(start, end), scan.said(match.start, match.end)
    rest = scan.question[scan.tokens[max(end, match.end) - 1].end :]
    of = scan.said(min(start, match.start), max(end, match.end))
    raise AskBackError(
        Clarification(
            question="A share of what is meant: that part within each group, or each group's part of the whole?",
            options=[f"Percentage of {named} that are {said}{rest}", f"Distribution of {of}{rest}"],
        )
    )


def _take_thresholds(scan: Scan) -> None:
    if not scan.ask.metrics:
        scan.ask.metrics = list(dict.fromkeys(each.metric for each in scan.ask.thresholds))


def _settle_cues(scan: Scan) -> Iterator[str]:
    """A named table is what is chosen from, or belongs to a condition, or is not understood."""
    ask = scan.ask
    choosing = bool(ask.thresholds or ask.descending is not None)
    groups = list(ask.keys)
    held = [column for each in ask.held for column in columns_in(each)]
    for cue in scan.cues:
        if cue.asked or (choosing and not ask.keys and not _holds(cue, held)):
            if not choosing:
                yield scan.said(cue.start, cue.end)
                continue
            add_key(scan, scan.one_place(cue.places, cue.start, cue.end))
            ask.groups = groups if ask.descending is not None else []
        elif not _holds(cue, held) and not _is_shown(cue, scan):
            yield scan.said(cue.start, cue.end)


def _holds(cue: Cue, held: Sequence[ColumnOf]) -> bool:
    """Whether a condition is one of what is named: of the column itself, or of any where a table is."""
    return any(_is(place, column) for place in cue.places for column in held)


def _is(place: Place, column: ColumnOf) -> bool:
    same = str(place.table) == column.table
    return same and (place.kind == "entity" or column in columns_in(place.outputs[0].value))


def _is_shown(cue: Cue, scan: Scan) -> bool:
    """Whether the name is that of the groups, or of the rows that are calculated over anyway."""
    if _holds(cue, [column for each in scan.ask.keys for column in columns_in(each.value)]):
        return True
    return any(place.kind == "entity" and place.table in scan.reach.homes for place in cue.places)


def _check_order(scan: Scan) -> Iterator[str]:
    """What comes first needs something that it comes first of."""
    ask = scan.ask
    if "top" in scan.seen or "superlative" in scan.seen:
        if ask.keys and ask.grain:
            raise BeyondError(f"I cannot choose the first of every {ask.grain} yet. Ask for one period.")
        if not ask.grouped:
            yield "highest" if ask.descending else "lowest"
        elif ask.limit is None and scan.singular:
            ask.limit = 1
        elif ask.limit is None:
            ask.limit = SHOWN
            ask.note(f"the first {SHOWN} are shown, as no number was given", guess=True)
    elif ask.limit is not None and ask.descending is None and ask.by_key is None and scan.earlier is None:
        yield str(ask.limit)
    if "which" in scan.seen and ask.descending is None and not ask.thresholds:
        yield "which"
    if ask.thresholds and not ask.grouped:
        yield "above" if ask.thresholds[0].operator.startswith(">") else "below"


def _check_kinds(scan: Scan) -> Iterator[str]:
    """`How many` asks for what is counted; shares are of what adds up."""
    ask = scan.ask
    metrics = [fact for each in ask.metrics if isinstance(fact := scan.facts.get(each), MetricDataPoint)]
    declared = [each for each in metrics if each.execution]
    if ask.counting and metrics and not all(counts(each) for each in declared):
        yield "how many"
    if "total" in scan.seen and any(each.unit == "%" for each in metrics):
        yield "total"
    if ask.share and not all(adds_up(each) for each in metrics):
        yield "share"
    if ask.share and not (ask.grouped or ask.held):
        yield "share"


def _check_rest(scan: Scan) -> Iterator[str]:
    ask = scan.ask
    if not ask.metrics:
        yield scan.question
    if ask.percent and not (ask.change or ask.compared or scan.against or ask.share):
        yield "percent"


def _settle_times(scan: Scan) -> None:
    """The compared period, the grain of `over time`, and periods that lie ahead."""
    ask = scan.ask
    if "over time" in scan.seen and ask.grain is None:
        ask.grain = _grain_for(scan)
        ask.note(f"over time is read as by {ask.grain}", guess=True)
    for period in ask.periods:
        if period.start and period.start >= scan.moments.today.replace(hour=0) and period.start > scan.now:
            raise CannotError(
                f"The period {period.words!r} ({told(period)}) has not begun yet, so nothing is known of it."
            )
    if scan.against or ask.change or "compare" in scan.seen:
        _settle_comparison(scan)


def _settle_comparison(scan: Scan) -> None:
    ask, own = scan.ask, scan.ask.period
    if ask.compared is not None and own is not None:
        return
    if "compare" in scan.seen and "change" not in scan.seen and _beside(scan):
        ask.change = False
        return
    if len(ask.periods) == 2 and ask.compared is None and ask.change:
        ask.compared, ask.periods = ask.periods[0], ask.periods[1:]
        ask.grain = None
        return
    if own is None:
        raise AskBackError(_which_period(scan))
    found = scan.against.of(own) if scan.against else before(own)
    today = scan.moments.today.replace(hour=0, minute=0, second=0, microsecond=0)
    if found and found.start and own.start and own.end and own.start + _DAY < own.end and own.start <= today < own.end:
        gone = max(today - own.start, _DAY)
        ask.periods = [own._replace(end=own.start + gone)]
        found = found._replace(end=min(found.end or today, found.start + gone))
        ask.note(f"{own.words} is not over, so as many days of both periods are compared", guess=True)
    if found is None:
        raise CannotError(f"The period {own.words!r} is open, so there is none before it to compare it with.")
    words = scan.against_words or "the period before"
    ask.compared = found._replace(words=f"{words} ({told(found)})")
    if scan.against is None:
        ask.note(f"the change is that from the period right before, {told(found)}", guess=True)


def _beside(scan: Scan) -> bool:
    """Whether groups are held against each other, and no periods; values that are named become groups."""
    ask = scan.ask
    if scan.against or ask.compared or len(ask.periods) > 1:
        return False
    for each in ask.held:
        if isinstance(each, Comparison) and each.operator == "in" and isinstance(each.left, ColumnOf):
            shown = [each.left]
            places = (place for known in scan.reach.phrases.values() for place in known)
            fitting = [place for place in places if list(columns_in(place.outputs[-1].value)) == shown]
            called = (place.outputs[-1] for place in sorted(fitting, key=lambda place: place.kind == "column"))
            ask.keys.append(next(called, Output(value=each.left, name=each.left.column)))
            break
    return bool(ask.keys)


def _which_period(scan: Scan) -> Clarification:
    bare, unit = scan.question.rstrip(" ?.!"), scan.against.unit if scan.against else None
    periods = (f"last {unit}", f"this {unit}") if unit else ("yesterday", "last week", "last month")
    return Clarification(
        question="Of which period, compared with the one before it?",
        options=[f"{bare}, for {each}" for each in periods],
    )


def _grain_for(scan: Scan) -> Grain:
    period = scan.ask.period
    if period is None or not period.start:
        return "month"
    days = ((period.end or scan.now) - period.start).days
    return "day" if days <= 31 else "week" if days <= 184 else "month"
