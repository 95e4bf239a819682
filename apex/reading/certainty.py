"""How sure a reading is: a few trees over its factors, which stand in a file with how they were made."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp
from typing import NamedTuple

FILE = "forest.json"
KEPT, HIGH = 0.8, 0.9
"""Up to here a likelihood is told as it is; what people take for certain is told only where more are right still."""


class Node(NamedTuple):
    """A step of a tree: the factor at `factor` is at most `least` (`low` is next) or more (`high`), or a leaf (-1)."""

    value: float
    """What speaks for the reading when one stands here."""
    factor: int = -1
    least: float = 0.0
    low: int = 0
    high: int = 0


Choice = float | tuple[int, float, "Choice", "Choice"]
"""What a tree says: at once, or one thing where a factor is at most so much, and another where it is more."""


class Forest(NamedTuple):
    """Trees whose steps speak for or against; `answered` is the least certainty with which a question is answered."""

    made: str
    """The command that wrote the file, and what it measured."""
    factors: Sequence[str]
    trees: Sequence[Sequence[Node]]
    bias: float
    slope: float
    """How strongly the trees are believed."""
    answered: float
    sure: float = HIGH
    """The likelihood that is told as high."""


@cache
def forest() -> Forest:
    """The trees, read once."""
    text = json.loads(files("apex.reading").joinpath(FILE).read_text(encoding="utf8"))
    trees = [[Node(*node) for node in tree] for tree in text["trees"]]
    return Forest(text["made"], text["factors"], trees, text["bias"], text["slope"], text["answered"], text["sure"])


def certainty(factors: Mapping[str, float]) -> float:
    """How likely a reading with these factors is right, 0 to 1."""
    known = forest()
    row = [factors.get(name, 0.0) for name in known.factors]
    return round(likelihood(known, sum(ending(choice, row) for choice in _choices())), 4)


@cache
def _choices() -> Sequence[Choice]:
    return [choice_of(tree) for tree in forest().trees]


def choice_of(tree: Sequence[Node], at: int = 0) -> Choice:
    """A tree as choices within choices: all trees are followed for every question, and so it takes a third."""
    node = tree[at]
    if node.factor < 0:
        return node.value
    return node.factor, node.least, choice_of(tree, node.low), choice_of(tree, node.high)


def likelihood(known: Forest, spoken: float) -> float:
    """What the trees say together, as a probability, carefully where it is high."""
    likely = 1 / (1 + exp(-known.bias - known.slope * spoken))
    if likely >= known.sure:
        return HIGH + (1 - HIGH) * (likely - known.sure) / (1 - known.sure)
    return min(likely, KEPT + (HIGH - KEPT) * (likely - KEPT) / (known.sure - KEPT))


def ending(choice: Choice, row: Sequence[float]) -> float:
    """What a tree says of a row of factors."""
    while isinstance(choice, tuple):
        factor, least, low, high = choice
        choice = low if row[factor] <= least else high
    return choice


def telling(factors: Mapping[str, float], *, most: int = 6) -> dict[str, float]:
    """The factors that changed the certainty most, with by how much, for people to read."""
    known = forest()
    row = [factors.get(name, 0.0) for name in known.factors]
    spoken = dict.fromkeys(known.factors, 0.0)
    for tree in known.trees:
        node = tree[0]
        while node.factor >= 0:
            name, before = known.factors[node.factor], node.value
            node = tree[node.low if row[node.factor] <= node.least else node.high]
            spoken[name] += known.slope * (node.value - before)
    strongest = sorted(spoken.items(), key=lambda each: -abs(each[1]))[:most]
    return {name: round(value, 3) for name, value in strongest if round(value, 3)}
