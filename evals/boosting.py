"""Gradient boosting of small trees on a logistic loss, over binned factors: small enough to need no library."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import exp
from operator import itemgetter
from random import Random

Tree = list[tuple[float, int, float, int, int]]
"""Nodes: the value, the factor (-1 at a leaf), up to where the lower branch goes, and where both branches begin."""


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How trees are grown."""

    trees: int = 400
    depth: int = 6
    pace: float = 0.03
    """How much of what a tree says is believed."""
    rows: float = 0.6
    factors: float = 0.1
    """The share of cases that a tree, and of factors that a step sees."""
    least: float = 2.0
    """How much of the bend of the loss has to stand on either side of a step: a case counts as far as it is open."""
    stiffness: float = 1.0
    """How strongly what few cases say is drawn to nothing."""
    bins: int = 24


@dataclass(frozen=True)
class Cases:
    """Binned columns, what is right, and how much each case weighs."""

    columns: Sequence[bytes]
    edges: Sequence[Sequence[float]]
    rights: Sequence[bool]
    weights: Sequence[float]


def binned(rows: Sequence[Sequence[float]], rights: Sequence[bool], *, bins: int = Manner.bins) -> Cases:
    """The cases by column, each value as the number of its bin."""
    columns = list(zip(*rows, strict=True))
    edges = [_edges(column, bins) for column in columns]
    held = [bytes(bisect_left(edge, value) for value in column) for column, edge in zip(columns, edges, strict=True)]
    return Cases(held, edges, rights, [1.0] * len(rights))


def _edges(column: Sequence[float], bins: int) -> list[float]:
    """Between which values a step may go: all where there are few, else as many are on each side."""
    different = sorted(set(column))
    if len(different) > bins:
        ordered = sorted(column)
        different = sorted({ordered[len(ordered) * part // bins] for part in range(bins)} | {different[-1]})
    return [round((low + high) / 2, 5) for low, high in pairwise(different)]


def grown(cases: Cases, places: Sequence[int], manner: Manner | None = None) -> list[Tree]:
    """The trees for the cases at some places, always the same ones for the same cases."""
    manner = manner or Manner()
    chance = Random(7)  # noqa: S311 - nothing secret
    spoken = [0.0] * len(cases.rights)
    pulls = [0j] * len(cases.rights)
    trees: list[Tree] = []
    for _ in range(manner.trees):
        for place in places:
            sure = 1 / (1 + exp(-spoken[place]))
            pulls[place] = cases.weights[place] * complex(sure - cases.rights[place], sure * (1 - sure))
        tree = Growing(cases, pulls, manner, chance).tree([each for each in places if chance.random() < manner.rows])
        trees.append(tree)
        for place in places:
            spoken[place] += said(tree, cases, place)
    return trees


def said(tree: Tree, cases: Cases, place: int) -> float:
    """What a tree says of a case."""
    value, factor, least, low, high = tree[0]
    while factor >= 0:
        lower = cases.columns[factor][place] <= bisect_left(cases.edges[factor], least)
        value, factor, least, low, high = tree[low if lower else high]
    return value


@dataclass(frozen=True)
class Growing:
    """One tree while it grows; a case pulls with the slope of its loss, and with how that bends as imaginary part."""

    cases: Cases
    pulls: Sequence[complex]
    manner: Manner
    chance: Random

    def tree(self, seen: Sequence[int]) -> Tree:
        """The tree for some cases."""
        nodes: Tree = []
        self._grow(seen, nodes, self.manner.depth)
        return nodes

    def _grow(self, seen: Sequence[int], nodes: Tree, depth: int) -> None:
        place = len(nodes)
        pulls = [self.pulls[each] for each in seen]
        whole = sum(pulls)
        value = -self.manner.pace * whole.real / (whole.imag + self.manner.stiffness)
        nodes.append((round(value, 3), -1, 0.0, 0, 0))
        best = max(self._steps(seen, pulls, whole), default=None) if depth and len(seen) > 1 else None
        if best is None:
            return
        _, factor, end = best
        column = self.cases.columns[factor]
        low = len(nodes)
        self._grow([each for each in seen if column[each] <= end], nodes, depth - 1)
        high = len(nodes)
        self._grow([each for each in seen if column[each] > end], nodes, depth - 1)
        nodes[place] = (nodes[place][0], factor, self.cases.edges[factor][end], low, high)

    def _steps(self, seen: Sequence[int], pulls: Sequence[complex], whole: complex) -> Iterator[tuple[float, int, int]]:
        """What each step gains, with its factor and the last bin of its lower branch."""
        picked = itemgetter(*seen)
        count = len(self.cases.columns)
        for factor in sorted(self.chance.sample(range(count), max(1, int(count * self.manner.factors)))):
            held = [0j] * (len(self.cases.edges[factor]) + 1)
            for at, pull in zip(picked(self.cases.columns[factor]), pulls, strict=True):
                held[at] += pull
            for end, low in enumerate(accumulate(held[:-1])):
                high = whole - low
                if min(low.imag, high.imag) >= self.manner.least:
                    gain = self._gain(low) + self._gain(high) - self._gain(whole)
                    if gain > 0.0:
                        yield gain, factor, end

    def _gain(self, pull: complex) -> float:
        return pull.real**2 / (pull.imag + self.manner.stiffness)
