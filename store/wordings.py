"""What models said of tables, so that the same is not asked twice."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.system import System


class Wordings:
    """Replies by the digest of model and prompt, which hold the shape and the values that were shown."""

    def __init__(self, system: "System", database: str) -> None:
        self._system = system
        self._database = database

    async def get(self, digest: bytes) -> str | None:
        """The reply to a prompt; None where it was never asked."""
        async with self._system.connection() as connection:
            found = await connection.execute("SELECT reply FROM datachat.wordings WHERE digest = %s", [digest])
            row = await found.fetchone()
        return row[0] if row else None

    async def put(self, digest: bytes, reply: str) -> None:
        """Keep a reply."""
        async with self._system.connection() as connection:
            await connection.execute(
                "INSERT INTO datachat.wordings (digest, reply, database) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                [digest, reply.replace("\0", ""), self._database],
            )

    async def forget(self) -> None:
        """Forget what was said first of this database."""
        async with self._system.connection() as connection:
            await connection.execute("DELETE FROM datachat.wordings WHERE database = %s", [self._database])
