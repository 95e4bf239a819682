"""How the business counts time: its zone, the first day of its week, the first month of its year."""

from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from core.values.base import Value


class Calendar(Value):
    """How times in questions and in results are meant."""

    zone: str = Field(
        default="", description="IANA name of the time zone, e.g. `Europe/Berlin`. Empty: times as they are stored."
    )
    week_start: Literal["monday", "sunday"] = Field(default="monday", description="First day of the week.")
    fiscal_month: int = Field(default=1, ge=1, le=12, description="First month of the fiscal year, 1 to 12.")

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        try:
            return zone and ZoneInfo(zone).key
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{zone!r} is no time zone; write one such as `Europe/Berlin`.") from None
