"""Logistic regression by Newton's method, small enough to need no library."""

from collections.abc import Sequence
from math import exp

STIFFNESS = 2.0
"""How strongly weights are drawn to nothing, so that what is rare weighs little."""
STEPS = 12


def fitted(rows: Sequence[Sequence[float]], rights: Sequence[bool]) -> list[float]:
    """The weights of the columns, and the bias behind them."""
    wide = [[*row, 1.0] for row in rows]
    size = len(wide[0])
    weights = [0.0] * size
    for _ in range(STEPS):
        slope = [STIFFNESS * weight if at < size - 1 else 0.0 for at, weight in enumerate(weights)]
        bend = [
            [STIFFNESS * (at == to and at < size - 1) + 1e-6 * (at == to) for to in range(size)] for at in range(size)
        ]
        for row, right in zip(wide, rights, strict=True):
            _add(row, right, weights, slope, bend)
        step = solved(bend, slope)
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
    return weights


def _add(row: list[float], right: bool, weights: list[float], slope: list[float], bend: list[list[float]]) -> None:
    """What one case says of the slope and the bend of the loss."""
    held = [(at, value) for at, value in enumerate(row) if value]
    sure = 1 / (1 + exp(-sum(weights[at] * value for at, value in held)))
    for at, value in held:
        slope[at] += (sure - right) * value
        line, weight = bend[at], sure * (1 - sure) * value
        for to, other in held:
            line[to] += weight * other


def solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a system of linear equations, by elimination."""
    size = len(right)
    lines = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for at in range(size):
        best = max(range(at, size), key=lambda row: abs(lines[row][at]))
        lines[at], lines[best] = lines[best], lines[at]
        pivot = lines[at][at]
        for row in range(size):
            if row != at and lines[row][at]:
                factor = lines[row][at] / pivot
                lines[row] = [value - factor * known for value, known in zip(lines[row], lines[at], strict=True)]
    return [lines[at][size] / lines[at][at] for at in range(size)]
