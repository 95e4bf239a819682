"""Whether certainties are honest: how far they are from how many were right, and how far they would be by chance."""

from collections.abc import Sequence
from random import Random
from statistics import fmean

BANDS, DRAWS = 10, 200


def calibration_error(sure: Sequence[float], rights: Sequence[bool]) -> float:
    """How far certainty and correctness are apart, over ten bands of certainty."""
    bands: dict[int, list[tuple[float, bool]]] = {}
    for told, right in zip(sure, rights, strict=True):
        bands.setdefault(min(BANDS - 1, int(told * BANDS)), []).append((told, right))
    apart = (abs(sum(told - right for told, right in band)) for band in bands.values())
    return sum(apart) / max(1, len(sure))


def error_by_chance(sure: Sequence[float]) -> float:
    """The error that so many certainties show on average where each is exactly right: less cannot be asked for."""
    chance = Random(7)  # noqa: S311 - nothing secret
    drawn = ([chance.random() < told for told in sure] for _ in range(DRAWS))
    return fmean(calibration_error(sure, rights) for rights in drawn)
