"""Words without a meaning of their own, and those that only say how a metric is meant to be told."""

from apex.metric_questions.counts import adds_up, counts
from apex.metric_questions.scan import Scan
from datapoints.kinds.metric import MetricDataPoint


def counting(scan: Scan, at: int) -> int | None:
    """`how many`: only what is counted can be meant; `amount of`: only what is summed up."""
    end = scan.end_of(at, "counting")
    if end > at:
        scan.ask.counting = True
        return end
    end = scan.end_of(at, "money")
    facts = [scan.facts[match.ids[0]] for match in scan.matches]
    return (
        end
        if end > at
        and facts
        and all(isinstance(each, MetricDataPoint) and adds_up(each) and not counts(each) for each in facts)
        else None
    )


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
