"""Why a plan cannot become a statement: a value outside of this package, an exception inside of it."""

from typing import Literal

from core.values.base import Value

Reason = Literal[
    "unknown", "not_joined", "ambiguous", "fan_out", "unsupported", "bad_value", "bad_plan", "broken", "contradicting"
]


class Refusal(Value):
    """What is in the way, in words; `alternatives` are ways to name what is meant (a `via` of a column)."""

    reason: Reason
    message: str
    hint: str = ""
    alternatives: list[str] = []


class RefusalError(Exception):
    """Carries a refusal out of the depth of a plan; never leaves the package."""

    def __init__(self, reason: Reason, message: str, *, hint: str = "", alternatives: list[str] | None = None) -> None:
        super().__init__(message)
        self.refusal = Refusal(reason=reason, message=message, hint=hint, alternatives=alternatives or [])
