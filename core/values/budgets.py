"""What statements are expected to take, and how much of it is allowed."""

from pydantic import Field

from core.values.base import Value

_QUESTION = "of one question, as estimated before it runs"
_DAY = "of one user on one day (UTC)"


class Estimate(Value):
    """What a statement is expected to take; None where the engine does not say. `cost` is in the engine's own unit."""

    rows: int | None = None
    bytes: int | None = None
    cost: float | None = None


class Spent(Value):
    """What statements took: rows, bytes and cost as estimated, seconds as measured."""

    rows: float = 0
    bytes: float = 0
    cost: float = 0
    seconds: float = 0


class Budgets(Value):
    """How much may be asked. Above a `..._review` a person looks at the statement first; above the other it is refused.

    None is no bound. Rows of one question wait for review above `limits.scan_rows`.
    """

    questions_per_minute: int = Field(default=30, ge=0, description="Questions of one user a minute; 0 is no bound.")
    questions_at_once: int = Field(default=3, ge=0, description="Questions of one user at once; 0 is no bound.")
    estimate_above: int = Field(
        default=1_000_000, ge=0, description="Rows that a statement may read without an estimate of the engine."
    )
    rows: int | None = Field(default=10_000_000_000, gt=0, description=f"Rows read {_QUESTION}.")
    bytes_review: int | None = Field(default=None, gt=0, description=f"Bytes read {_QUESTION}.")
    bytes: int | None = Field(default=None, gt=0, description=f"Bytes read {_QUESTION}.")
    cost_review: float | None = Field(default=None, gt=0, description=f"Cost {_QUESTION}, in the engine's unit.")
    cost: float | None = Field(default=None, gt=0, description=f"Cost {_QUESTION}, in the engine's unit.")
    day_rows_review: float | None = Field(default=None, gt=0, description=f"Rows read {_DAY}.")
    day_rows: float | None = Field(default=None, gt=0, description=f"Rows read {_DAY}.")
    day_bytes_review: float | None = Field(default=None, gt=0, description=f"Bytes read {_DAY}.")
    day_bytes: float | None = Field(default=None, gt=0, description=f"Bytes read {_DAY}.")
    day_cost_review: float | None = Field(default=None, gt=0, description=f"Cost {_DAY}, in the engine's unit.")
    day_cost: float | None = Field(default=None, gt=0, description=f"Cost {_DAY}, in the engine's unit.")
    day_seconds_review: float | None = Field(default=None, gt=0, description=f"Seconds in databases {_DAY}.")
    day_seconds: float | None = Field(default=None, gt=0, description=f"Seconds in databases {_DAY}.")

    @property
    def daily(self) -> bool:
        """Whether what a user spends on a day has any bound."""
        return any(value is not None for name, value in self if name.startswith("day_"))
