"""Words without a meaning of their own, and those that only say how a metric is meant to be told."""

from collections.abc import Iterator

from apex.metric_questions.counts import adds_up, counts
from apex.metric_questions.rules.thresholds import is_unit
from apex.metric_questions.scan import Scan
from apex.names import common_form, words_of
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.query import QueryDataPoint

_BACKWARD = frozenset({"those", "them", "these", "they", "ones", "one", "it"})


def counting(scan: Scan, at: int) -> int | None:
    """`how many`: only what is counted can be meant; `amount of`: only what is summed up."""
    end = scan.end_of(at, "counting")
    if end > at:
        scan.ask.counting = True
        return end
    end = scan.end_of(at, "money")
    facts = [scan.facts[match.ids[0]] for match in scan.matches]
    summed = [each for each in facts if isinstance(each, MetricDataPoint) and adds_up(each) and not counts(each)]
    return end if end > at and facts and len(summed) == len(facts) else None


def backward(scan: Scan, at: int) -> int | None:
    """`those`, `them`: what the question before showed."""
    if scan.earlier is None or scan.words[at] not in _BACKWARD:
        return None
    scan.singular = scan.singular or scan.words[at] == "one"
    return at + 1


def told_anyway(scan: Scan, at: int) -> int | None:
    """A word for what the columns of a written query hold, or the unit of a metric: `in euro`."""
    facts = [scan.facts[match.ids[0]] for match in scan.matches]
    told = {word for each in facts if isinstance(each, QueryDataPoint) for word in _words_of(each)}
    return at + 1 if scan.tokens[at].lemma in told or is_unit(scan, at) else None


def _words_of(query: QueryDataPoint) -> Iterator[str]:
    for name, meaning in query.columns.items():
        yield from map(common_form, words_of(f"{name} {meaning}"))


def sign(scan: Scan, at: int) -> int | None:
    """A sign between words."""
    return at + 1 if scan.tokens[at].kind == "point" and scan.words[at] not in ("<", ">", "=", "%", "/", "*") else None


def filler(scan: Scan, at: int) -> int | None:
    """A word that nothing depends on."""
    end = scan.end_of(at, "filler")
    if end == at:
        return None
    if "total" in scan.words[at:end]:
        scan.seen.add("total")
    return end
