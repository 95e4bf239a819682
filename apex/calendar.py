"""How the business counts time: its zone, the first day of its week, the first month of its year."""

from typing import Literal

from pydantic import Field

from core.values.base import Value


class Calendar(Value):
    """`zone` is an IANA name (`Europe/Berlin`); empty for the times as they are stored."""

    zone: str = ""
    week_start: Literal["monday", "sunday"] = "monday"
    fiscal_month: int = Field(default=1, ge=1, le=12)
