"""How a reading stands among the others: how far ahead it is, and of those that say something else."""

from collections.abc import Callable, Mapping
from math import exp

from apex.reading.candidate import Candidate
from apex.reading.factors.case import Case
from core.values.plans import Plan

FAR = 1.5
"""Readings that are further behind do not count."""
SPREAD = 0.2
WIDE = 0.5
"""How far behind a reading may be to count nearly as much, where parts are compared."""


def against(case: Case) -> Mapping[str, float]:
    """How much worse the others are, by what they change, and how much speaks for the reading at all."""
    own = case.candidate
    others = [(own.score - each.score, each) for each in case.rivals if each is not own]
    words = max(1, sum(len(piece.tokens) for piece in case.pieces))

    def behind(said: Callable[[Plan], object]) -> float:
        return min((gap for gap, each in others if said(each.plan) != said(own.plan)), default=FAR)

    gaps = {
        "others show": behind(lambda plan: plan.outputs),
        "others filter": behind(lambda plan: plan.where),
        "others group": behind(lambda plan: (plan.group, plan.having)),
        "others start": behind(lambda plan: plan.table),
        "others cut": min((gap for gap, each in others if _is_cut(each) != _is_cut(own)), default=FAR),
    }
    return {
        "margin": min(case.margin, 1.0),
        "no rival": float(case.margin > 1.0),
        "rivals": min(len(others), 8) / 4,
        "share": 1 / (1 + sum(exp(min(5.0, -gap / SPREAD)) for gap, _ in others)),
        "worth of words": own.sentence.weight / words,
        "worth of names": max(-4.0, own.meaning.score),
        "worth": own.score / words,
        **{name: max(-FAR, min(FAR, gap)) for name, gap in gaps.items()},
        **_agreement(case),
    }


def _agreement(case: Case) -> Mapping[str, float]:
    """How much of all that speaks for any reading speaks for parts of this one."""
    own = case.candidate
    weights = [(exp(min(3.0, (each.score - own.score) / WIDE)), each.plan) for each in case.rivals if each is not own]
    whole = 1 + sum(weight for weight, _ in weights)

    def share(said: Callable[[Plan], object]) -> float:
        mine = said(own.plan)
        return (1 + sum(weight for weight, plan in weights if said(plan) == mine)) / whole

    return {
        "agreed": 1 / whole,
        "agreed outputs": share(lambda plan: plan.outputs),
        "agreed conditions": share(lambda plan: plan.where),
        "agreed groups": share(lambda plan: (plan.group, plan.having, plan.order, plan.limit)),
        "agreed table": share(lambda plan: plan.table),
    }


def _is_cut(candidate: Candidate) -> str:
    return candidate.signs
