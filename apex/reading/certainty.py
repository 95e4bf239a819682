"""How sure a reading is: a logistic model over its factors, whose weights stand in a file with how they were made."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp

from pydantic import BaseModel, ConfigDict

FILE = "weights.json"


class Weights(BaseModel):
    """What each factor weighs; `answered` is the least certainty with which a question is answered."""

    model_config = ConfigDict(frozen=True)

    made: str
    """The command that wrote the file, and what it measured."""
    bias: float
    weights: dict[str, float]
    answered: float


@cache
def weights() -> Weights:
    """The weights, read once."""
    return Weights.model_validate(json.loads(files("apex.reading").joinpath(FILE).read_text(encoding="utf8")))


def certainty(factors: Mapping[str, float]) -> float:
    """How likely a reading with these factors is right, 0 to 1."""
    known = weights()
    weighed = known.bias + sum(known.weights.get(name, 0.0) * value for name, value in factors.items())
    return round(1 / (1 + exp(-weighed)), 4)


def telling(factors: Mapping[str, float], *, most: int = 6) -> dict[str, float]:
    """The factors that changed the certainty most, with by how much, for people to read."""
    known = weights().weights
    weighed = {name: round(known.get(name, 0.0) * value, 3) for name, value in factors.items()}
    strongest = sorted(weighed.items(), key=lambda each: -abs(each[1]))[:most]
    return {name: value for name, value in strongest if value}
