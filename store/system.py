"""The open system database: an outside PostgreSQL or the embedded one, migrated, behind a small pool."""

import select
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core.errors import SetupError, UpstreamError
from store.border import border
from store.embedded import Embedded, start
from store.migrate import migrate, version

if TYPE_CHECKING:
    from psycopg import AsyncConnection
    from psycopg_pool import AsyncConnectionPool

_ACQUIRE_SECONDS = 1.5

# A peer that vanished without a word is noticed within some seconds; a URL may say otherwise.
_PATIENCE = {
    "application_name": "datachat",
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "1",
    "keepalives_count": "3",
    "tcp_user_timeout": "4000",
}


class System:
    """DataChat's own database. `url` leads to it, `home` is the folder of keys and of the embedded server."""

    def __init__(
        self, url: str, home: Path, pool: "AsyncConnectionPool[AsyncConnection]", embedded: Embedded | None
    ) -> None:
        self.url = url
        self.home = home
        self.embedded = embedded is not None
        self._pool = pool
        self._embedded = embedded

    @classmethod
    async def open(cls, url: str | None, home: Path) -> "System":
        """Open the database of `url`, or the embedded one below `home`, and bring it up to date.

        Raises SetupError for a wrong URL or a database of another version, UpstreamError when it cannot be reached.
        """
        embedded = None if url else await start(home)
        try:
            dsn = embedded.url if embedded else checked_url(url or "")
            with border():
                async with await dial(dsn) as connection:
                    await migrate(connection)
            pool = await open_pool(dsn)
        except BaseException:
            if embedded:
                await embedded.leave()
            raise
        return cls(dsn, home, pool, embedded)

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator["AsyncConnection"]:
        """A connection of the pool in autocommit mode; raises UpstreamError when none is free in time or it breaks."""
        with border():
            async with self._pool.connection() as connection:
                yield connection

    async def version(self) -> int:
        """The version of the schema."""
        async with self.connection() as connection:
            return await version(connection)

    async def close(self) -> None:
        """Close the pool and leave the embedded server."""
        await self._pool.close()
        if self._embedded:
            await self._embedded.leave()


def checked_url(url: str) -> str:
    """The URL as psycopg takes it; raises SetupError, without quoting the URL, when it is no PostgreSQL URL."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = urlsplit(url.strip())
        scheme = parts.scheme.partition("+")[0]
        if scheme not in ("postgresql", "postgres"):
            raise ValueError
        _ = parts.port
        # SQLAlchemy's form `postgresql+psycopg://` is common in settings.
        plain = "postgresql" + url.strip()[len(parts.scheme) :]
        conninfo_to_dict(plain)
    except (ValueError, psycopg.Error):
        raise SetupError(
            "SYSTEM_DATABASE_URL is not a PostgreSQL URL.",
            hint="It looks like postgresql://USER:PASSWORD@HOST:5432/DATABASE; percent-encode special characters.",
        ) from None
    return plain


async def dial(url: str) -> "AsyncConnection":
    """A connection beside the pool in autocommit mode; raises UpstreamError with the server's reason."""
    import psycopg

    try:
        return await psycopg.AsyncConnection.connect(_patient(url), autocommit=True)
    except psycopg.OperationalError as error:
        reason = " ".join(str(error).split())
        raise UpstreamError(
            f"The system database cannot be reached: {reason}", hint="Check SYSTEM_DATABASE_URL and the server."
        ) from error


async def open_pool(
    url: str,
    *,
    max_size: int = 8,
    configure: Callable[["AsyncConnection"], Awaitable[None]] | None = None,
) -> "AsyncConnectionPool[AsyncConnection]":
    """A pool whose connections are checked before use, so that a restarted server costs a reconnection and no error."""
    from psycopg import AsyncConnection
    from psycopg_pool import AsyncConnectionPool

    pool: AsyncConnectionPool[AsyncConnection] = AsyncConnectionPool(
        _patient(url),
        min_size=1,
        max_size=max_size,
        timeout=_ACQUIRE_SECONDS,
        # After that the pool forgets its growing pauses, and the next borrower makes it try again at once.
        reconnect_timeout=_ACQUIRE_SECONDS,
        configure=configure,
        check=_check_when_in_doubt,
        kwargs={"autocommit": True},
        open=False,
        name="datachat",
    )
    await pool.open()
    return pool


async def _check_when_in_doubt(connection: "AsyncConnection") -> None:
    """Ask the server only when it has said something: it says goodbye on a connection that it closes."""
    from psycopg_pool import AsyncConnectionPool

    heard = select.poll()
    heard.register(connection.fileno(), select.POLLIN)
    if heard.poll(0):
        await AsyncConnectionPool.check_connection(connection)


def _patient(url: str) -> str:
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    return make_conninfo(url, **{name: value for name, value in _PATIENCE.items() if name not in conninfo_to_dict(url)})
