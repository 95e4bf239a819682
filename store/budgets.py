"""What users have asked and spent, counted in the system database for all processes together."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.values import Spent

if TYPE_CHECKING:
    from store.system import System

_COUNT = "SELECT datachat.count_question(%s, %s)"
_TODAY = """
SELECT rows, bytes, cost, seconds FROM datachat.spent
WHERE user_name = %s AND day = (clock_timestamp() AT TIME ZONE 'UTC')::date
"""
_ADD = """
INSERT INTO datachat.spent AS s (user_name, day, rows, bytes, cost, seconds)
VALUES (%(user)s, (clock_timestamp() AT TIME ZONE 'UTC')::date, %(rows)s, %(bytes)s, %(cost)s, %(seconds)s)
ON CONFLICT (user_name, day) DO UPDATE SET rows = s.rows + excluded.rows, bytes = s.bytes + excluded.bytes,
cost = s.cost + excluded.cost, seconds = s.seconds + excluded.seconds
"""


@dataclass(frozen=True)
class AskedQuestions:
    """Counts the questions of each user within the last minute."""

    system: "System"

    async def count(self, user: str, *, most: int) -> float:
        """Count one more and return 0; where there are `most` already, count nothing and return the seconds to wait."""
        async with self.system.connection() as connection:
            [(seconds,)] = await (await connection.execute(_COUNT, [user, most])).fetchall()
        return seconds


@dataclass(frozen=True)
class UserSpending:
    """The port Spending of one user; a day begins at midnight UTC by the database's clock."""

    system: "System"
    user: str

    async def today(self) -> Spent:
        """The sum up to now."""
        async with self.system.connection() as connection:
            row = await (await connection.execute(_TODAY, [self.user])).fetchone()
        return Spent(**dict(zip(Spent.model_fields, row, strict=True))) if row else Spent()

    async def add(self, spent: Spent) -> None:
        """Add what one more statement took."""
        async with self.system.connection() as connection:
            await connection.execute(_ADD, {"user": self.user, **spent.model_dump()})
