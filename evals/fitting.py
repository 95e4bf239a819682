"""Fits how sure a reading is: trees over its factors, believed as far as they are right on databases they never saw."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from hashlib import md5
from math import exp, sqrt
from typing import NamedTuple

from apex.reading.certainty import HIGH, Forest, Node, likelihood
from evals.boosting import Cases, Tree, binned, grown, said

FOLDS = 5
CONTRADICTED, DOUBTED = 1.3, 0.5
"""Where the trees of other databases are so sure of a reading that counts as wrong, its known statement is as likely a
slip, and weighs less."""
STEPS = 12
FEW = 60
"""What is seen in fewer readings tells nothing of others."""
UNREAD = "unread share"
SURE, CAREFUL = 0.945, 0.95
"""So many of the readings that are told as high are to be right, slips among the known statements counted against them;
and the likelihood that is enough for it."""


class Judged(NamedTuple):
    """A reading's factors, and whether it was right."""

    kind: str
    """The set that it is of."""
    db: str
    factors: dict[str, float]
    right: bool


class Fitted(NamedTuple):
    """The trees, and what each case was said to be by trees that did not see its database."""

    forest: Forest
    likelihoods: Sequence[float]


def fitted(judged: Sequence[Judged], precision: float, *, workers: Executor | None = None) -> Fitted:
    """Trees of all cases, the first time to doubt some of the known statements; `workers` share the folds.

    What is told, and from where on questions are answered, is taken from readings that leave no word unread: others
    are never answered.
    """
    named = Counter(name for each in judged for name, value in each.factors.items() if value)
    names = sorted(name for name, count in named.items() if count >= FEW)
    rows = [[each.factors.get(name, 0.0) for name in names] for each in judged]
    cases = binned(rows, [each.right for each in judged])
    folds = [_fold(each.db) for each in judged]
    first = _by_others(cases, folds, workers)
    cases = replace(cases, weights=[_worth(value, each.right) for value, each in zip(first, judged, strict=True)])
    spoken = _by_others(cases, folds, workers)
    read = [place for place, each in enumerate(judged) if not each.factors.get(UNREAD)]
    forest = leveled([spoken[place] for place in read], [judged[place] for place in read], precision)
    forest = forest._replace(factors=names, trees=_nodes(grown(cases, range(len(judged)))))
    return Fitted(forest, [likelihood(forest, each) for each in spoken])


def leveled(spoken: Sequence[float], judged: Sequence[Judged], precision: float) -> Forest:
    """How far trees are believed that said this: a forest without trees."""
    rights, weights = [each.right for each in judged], _weights(judged)
    doubted = [weight * _worth(*each) for weight, each in zip(weights, zip(spoken, rights, strict=True), strict=True)]
    bias, slope = believed(spoken, rights, doubted)
    forest = Forest("", (), (), bias, slope, 1.0)
    sure = threshold([likelihood(forest, each) for each in spoken], rights, SURE, weights)
    forest = forest._replace(sure=max(HIGH, min(sure, CAREFUL)))
    found = [likelihood(forest, each) for each in spoken]
    return forest._replace(answered=threshold(found, rights, precision, weights))


def threshold(
    found: Sequence[float], rights: Sequence[bool], precision: float, weights: Sequence[float] | None = None
) -> float:
    """The least certainty above which so many are right, to two places."""
    best, right, seen = 1.0, 0.0, 0.0
    ordered = sorted(zip(found, rights, weights or [1.0] * len(found), strict=True), reverse=True)
    for number, (sure, good, weight) in enumerate(ordered, start=1):
        seen, right = seen + weight, right + weight * good
        if number >= len(found) // 50 and right / seen >= precision:
            best = sure
    return round(best, 2)


def believed(spoken: Sequence[float], rights: Sequence[bool], weights: Sequence[float]) -> tuple[float, float]:
    """The bias and the slope with which what was said becomes a probability (by Newton's method)."""
    bias, slope = 0.0, 1.0
    for _ in range(STEPS):
        down = across = flat = both = steep = 0.0
        for value, right, weight in zip(spoken, rights, weights, strict=True):
            sure = 1 / (1 + exp(-bias - slope * value))
            miss, bend = weight * (sure - right), weight * sure * (1 - sure)
            down, across = down + miss, across + miss * value
            flat, both, steep = flat + bend, both + bend * value, steep + bend * value * value
        whole = flat * steep - both * both
        bias -= (steep * down - both * across) / whole
        slope -= (flat * across - both * down) / whole
    return round(bias, 4), round(slope, 4)


def _worth(said: float, right: bool) -> float:
    """Of the statements that the trees contradict, as many are slips as are not."""
    return 1.0 if right or said < CONTRADICTED else DOUBTED


def _weights(judged: Sequence[Judged]) -> list[float]:
    """Cases of small sets weigh more, so that the large ones do not drown them."""
    sizes = Counter(each.kind for each in judged)
    return [sqrt(len(judged) / len(sizes) / sizes[each.kind]) for each in judged]


def _fold(db: str) -> int:
    """Databases are kept together, and with what was made of them."""
    return int(md5(db.lower().removeprefix("new_").encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def _by_others(cases: Cases, folds: Sequence[int], workers: Executor | None) -> list[float]:
    """What the trees of the other databases say of each case."""
    found = [0.0] * len(folds)
    seen = [[place for place, own in enumerate(folds) if own != fold] for fold in range(FOLDS)]
    each = partial(grown, cases)
    for fold, trees in enumerate(workers.map(each, seen) if workers else map(each, seen)):
        for place in (place for place, own in enumerate(folds) if own == fold):
            found[place] = sum(said(tree, cases, place) for tree in trees)
    return found


def _nodes(trees: Sequence[Tree]) -> list[list[Node]]:
    return [[Node(*node) for node in tree] for tree in trees]
