"""How sure an answer is: a product of named factors, each of which can be read in the answer."""

from collections.abc import Mapping, Sequence
from math import prod

from core.values import Compiled, Draft, Found

REPAIRED, TRUNCATED, UNRETRIEVED, EMPTY = 0.9, 0.95, 0.85, 0.9
"""What each repair, a cut result, a table that retrieval did not find, and an empty result leave of the confidence."""
ASSUMED = 0.9
"""What an assumed name leaves."""


def factors_of_draft(
    draft: Draft, *, repairs: int, truncated: bool, empty: bool, used: Sequence[str], found: Sequence[Found]
) -> dict[str, float]:
    """The factors of a statement that a model wrote; those that change nothing are left out."""
    known = {each.table for each in found}
    factors = {
        "model": draft.confidence,
        "repairs": round(REPAIRED**repairs, 4),
        "truncated": TRUNCATED if truncated else 1.0,
        "empty": EMPTY if empty else 1.0,
        "retrieval": 1.0 if known.issuperset(used) else UNRETRIEVED,
    }
    return {name: value for name, value in factors.items() if name == "model" or value != 1.0}


def factors_of_compiled(compiled: Compiled) -> dict[str, float]:
    """The factor of an answer without a model."""
    return {compiled.source: compiled.confidence}


def confidence_of(factors: Mapping[str, float]) -> float:
    """The product of all factors."""
    return round(min(1.0, max(0.0, prod(factors.values()))), 4)
