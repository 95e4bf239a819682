"""Which questions a DataPoint has served: those whose answers rest on it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.system import System

_SERVED = """
SELECT question FROM datachat.turns AS t JOIN datachat.conversations AS c ON c.id = t.conversation_id
WHERE t.answer IS NOT NULL AND (%(user)s::text IS NULL OR c.owner = %(user)s)
  AND EXISTS (
    SELECT FROM json_array_elements(t.answer -> 'evidence') AS rests
    WHERE rests ->> 'id' = %(id)s AND rests ->> 'kind' <> 'table'
  )
GROUP BY question ORDER BY max(t.number) DESC LIMIT %(limit)s
"""


async def served(system: "System", id: str, *, user: str | None = None, limit: int = 20) -> list[str]:
    """The questions, the latest first; of one user only where one is given."""
    async with system.connection() as connection:
        found = await connection.execute(_SERVED, {"id": id, "user": user, "limit": limit})
        return [question for (question,) in await found.fetchall()]
