"""How a metric may be kept precomputed."""

from typing import Literal

from core.values.base import Value
from core.values.plans import Grain


class Materialization(Value):
    """`adaptive` leaves the decision to what is measured, `manual` follows the fields, `none` forbids it."""

    strategy: Literal["adaptive", "manual", "none"] = "adaptive"
    granularity: Grain | None = None
    refresh_interval: str = ""
    """How often it is refreshed: `1 hour`."""
    partition_by: str = ""
    incremental: bool = False
    lookback_window: str = ""
    """How much of the past an incremental refresh computes again: `7 days`."""
