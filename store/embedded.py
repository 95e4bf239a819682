"""The embedded PostgreSQL: several processes share one server, and the last to leave stops it.

Who uses it holds a shared lock on the file `using`, which the kernel takes back from a killed process as well. One that
is killed as the last leaves the server running; the next one finds it ready, and stops it when it leaves.
"""

import asyncio
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

from core.errors import DataChatError
from store.account import account_for
from store.border import border
from store.cluster import Cluster, failure
from store.locks import FileLock, hold

_WAIT_SECONDS = 120.0


class Embedded:
    """A share in the running server; `url` leads to its first database, which is DataChat's own."""

    def __init__(self, cluster: Cluster, using: FileLock) -> None:
        self.url = cluster.url("postgres")
        self._cluster = cluster
        self._using = using

    async def leave(self) -> None:
        """Give the share back, and stop the server when it was the last one; never raises, and is harmless twice."""
        await asyncio.shield(asyncio.to_thread(self._leave))

    def _leave(self) -> None:
        with suppress(DataChatError, OSError), hold(self._cluster.folder / "starting", seconds=_WAIT_SECONDS):
            if self._using.descriptor >= 0 and self._using.take():
                self._cluster.stop()
        self._using.close()


async def start(home: Path) -> Embedded:
    """Start the server below `home`, or join the one that runs.

    Raises SetupError when the folder is not for this PostgreSQL or this user, UpstreamError when disk or server fail.
    """
    joining = asyncio.ensure_future(asyncio.to_thread(_join, home))
    try:
        return await asyncio.shield(joining)
    except asyncio.CancelledError:
        with suppress(DataChatError):
            await (await joining).leave()
        raise


def _join(home: Path) -> Embedded:
    folder = home.expanduser().absolute() / "postgres"
    try:
        for each in (folder.parent, folder):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
        cluster = Cluster(folder.resolve(), account_for(folder))
        with hold(folder / "starting", seconds=_WAIT_SECONDS) as starting:
            cluster.prepare(starting)
            using = FileLock(folder / "using")
            try:
                using.take(shared=True)
                cluster.ensure_running()
                return Embedded(cluster, using)
            except BaseException:
                using.close()
                raise
    except OSError as error:
        raise failure(str(error), folder) from error


async def ensure_database(url: str, name: str) -> str:
    """Make the database `name` in the server of `url` unless it is there, and return its URL."""
    from psycopg import AsyncConnection, errors
    from psycopg.sql import SQL, Identifier

    with border():
        async with await AsyncConnection.connect(url, autocommit=True) as connection:
            found = await connection.execute("SELECT FROM pg_database WHERE datname = %s", [name])
            if found.rowcount == 0:
                # Another process may make it at the same moment: at the check of the name, or of its index.
                with suppress(errors.DuplicateDatabase, errors.UniqueViolation):
                    await connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    return urlsplit(url)._replace(path=f"/{quote(name, safe='')}").geturl()
