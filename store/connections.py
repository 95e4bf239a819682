"""The registry of databases that may be asked: a name, an encrypted URL, and which one is the default."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from core.errors import NotFoundError, SetupError, UserError
from core.urls import scrub_url
from core.values import ConnectionInfo

if TYPE_CHECKING:
    from psycopg import AsyncConnection

    from store.secrets import Cipher
    from store.system import System

_NAME = re.compile(r"\w[\w .-]{0,62}")
_DIALECTS = {"postgresql": "postgres", "mariadb": "mysql", "chdb": "clickhouse", "clickhouses": "clickhouse"}

DESCRIPTION, TAGS, TAG = 2_000, 20, 60
"""How much may be said of a connection."""

_LIST = """
SELECT c.name, c.dialect, c.shown_url AS url, c.is_default AS "default", c.created_at, c.description, c.tags
FROM datachat.connections c ORDER BY c.is_default DESC, c.name
"""
_COUNTS = """
SELECT known.name,
       CASE WHEN g.key IS NOT NULL
           THEN (SELECT count(*) FROM datachat.catalog_tables t WHERE t.key = g.key) END AS tables,
       g.refreshed_at,
       (SELECT max(p.measured ->> 'measured_at') FROM datachat.profile_tables p WHERE p.key = known.key) AS profiled_at,
       (SELECT count(*) FROM datachat.profile_tables p WHERE p.key = known.key) AS profiled_tables,
       (SELECT count(*) FROM datachat.datapoints d WHERE NOT d.pending AND d.status = 'approved' AND NOT d.stale
           AND (d.database IS NULL OR d.database = known.name)) AS datapoints
FROM unnest(%s::text[], %s::text[]) AS known (name, key) LEFT JOIN datachat.catalogs g ON g.key = known.key
"""


class Connections:
    """The stored connections."""

    def __init__(self, system: "System", cipher: "Cipher") -> None:
        self._system = system
        self._cipher = cipher

    async def add(
        self, name: str, url: str, *, default: bool = False, description: str = "", tags: Sequence[str] = ()
    ) -> ConnectionInfo:
        """Store a connection; the first one becomes the default. Raises UserError for a bad or used name or URL."""
        from psycopg import errors

        _check(name, url)
        token = await asyncio.to_thread(self._cipher.encrypt, url)
        async with self._system.connection() as connection, connection.transaction():
            if default:
                await _clear_default(connection)
            try:
                await connection.execute(
                    """INSERT INTO datachat.connections (name, dialect, url, shown_url, is_default, description, tags)
                    SELECT %s, %s, %s, %s, %s OR NOT EXISTS (SELECT FROM datachat.connections), %s, %s""",
                    [name, dialect_of(url), token, scrub_url(url), default, *_said(description, tags)],
                )
            except errors.UniqueViolation:
                raise UserError(
                    f"There is a connection named {name!r} already.",
                    hint=f"Choose another name, or run: datachat database remove {name!r}",
                    code="duplicate",
                ) from None
        return next(each for each in await self.list() if each.name == name)

    async def counted(
        self, found: Sequence[ConnectionInfo], keys: Mapping[str, str] | None = None
    ) -> list[ConnectionInfo]:
        """The same with what is known of each; `keys` are those of catalogs that are not kept under the name."""
        from psycopg.rows import dict_row

        names = [each.name for each in found]
        places = [(keys or {}).get(name, name) for name in names]
        async with self._system.connection() as connection:
            rows = await connection.cursor(row_factory=dict_row).execute(_COUNTS, [names, places])
            counts = {row.pop("name"): row for row in await rows.fetchall()}
        return [ConnectionInfo.model_validate({**each.model_dump(), **counts[each.name]}) for each in found]

    async def list(self) -> list[ConnectionInfo]:
        """Every connection, the default one first, secrets hidden."""
        from psycopg.rows import dict_row

        async with self._system.connection() as connection:
            rows = await connection.cursor(row_factory=dict_row).execute(_LIST)
            found = [ConnectionInfo.model_validate(row) for row in await rows.fetchall()]
        return await self.counted(found)

    async def described(self) -> Mapping[str, str]:
        """What is said of every connection, descriptions and tags in one text."""
        async with self._system.connection() as connection:
            found = await connection.execute(
                "SELECT name, concat_ws(' ', description, array_to_string(tags, ' ')) FROM datachat.connections"
            )
            return dict(await found.fetchall())

    async def describe(self, name: str, *, description: str | None = None, tags: Sequence[str] | None = None) -> None:
        """Change what is said of a connection, as far as it is given; raises NotFoundError."""
        said = _said(description or "", tags or ())
        given = {
            "name": name,
            "description": None if description is None else said[0],
            "tags": None if tags is None else said[1],
        }
        async with self._system.connection() as connection:
            done = await connection.execute(
                "UPDATE datachat.connections SET description = coalesce(%(description)s, description),"
                " tags = coalesce(%(tags)s::text[], tags) WHERE name = %(name)s",
                given,
            )
        if done.rowcount == 0:
            raise await self._unknown(name)

    async def url(self, name: str | None = None) -> str:
        """The URL of a connection, of the default one for None; raises NotFoundError or SetupError."""
        async with self._system.connection() as connection:
            found = await connection.execute(
                "SELECT url FROM datachat.connections WHERE CASE WHEN %(name)s::text IS NULL"
                " THEN is_default ELSE name = %(name)s END",
                {"name": name},
            )
            row = await found.fetchone()
        if row:
            return await asyncio.to_thread(self._cipher.decrypt, row[0])
        if name is None:
            raise SetupError("There is no default database.", hint="Run: datachat database add NAME URL --default")
        raise await self._unknown(name)

    async def replace(self, name: str, url: str) -> None:
        """Give a connection another URL and forget its catalog; raises NotFoundError, UserError for a bad URL."""
        _check(name, url)
        token = await asyncio.to_thread(self._cipher.encrypt, url)
        row = [dialect_of(url), token, scrub_url(url), name]
        async with self._system.connection() as connection, connection.transaction():
            done = await connection.execute(
                "UPDATE datachat.connections SET dialect = %s, url = %s, shown_url = %s WHERE name = %s", row
            )
            await connection.execute("DELETE FROM datachat.catalogs WHERE key = %s", [name])
        if done.rowcount == 0:
            raise await self._unknown(name)

    async def remove(self, name: str) -> None:
        """Forget a connection and its catalog; raises NotFoundError. Removing the default one leaves none."""
        async with self._system.connection() as connection, connection.transaction():
            done = await connection.execute("DELETE FROM datachat.connections WHERE name = %s", [name])
            await connection.execute("DELETE FROM datachat.catalogs WHERE key = %s", [name])
        if done.rowcount == 0:
            raise await self._unknown(name)

    async def set_default(self, name: str) -> None:
        """Make a connection the default one; raises NotFoundError."""
        async with self._system.connection() as connection, connection.transaction():
            await _clear_default(connection)
            done = await connection.execute("UPDATE datachat.connections SET is_default = true WHERE name = %s", [name])
            if done.rowcount == 0:
                raise await self._unknown(name)

    async def _unknown(self, name: str) -> NotFoundError:
        known = ", ".join(each.name for each in await self.list())
        hint = f"Known are: {known}." if known else "Run: datachat database add NAME URL"
        return NotFoundError(f"There is no connection named {name!r}.", hint=hint)


async def _clear_default(connection: "AsyncConnection") -> None:
    # Held to the end of the transaction, so that two of them cannot both set a default.
    await connection.execute("LOCK TABLE datachat.connections IN SHARE ROW EXCLUSIVE MODE")
    await connection.execute("UPDATE datachat.connections SET is_default = false WHERE is_default")


def _said(description: str, tags: Sequence[str]) -> tuple[str, list[str]]:
    """Description and tags as they are kept; raises UserError where they are too long."""
    kept = [" ".join(each.split()) for each in tags if each.strip()]
    if len(description) > DESCRIPTION or len(kept) > TAGS or any(len(each) > TAG for each in kept):
        raise UserError(
            "The description or the tags are too long.",
            hint=f"At most {DESCRIPTION} characters, and {TAGS} tags of {TAG} characters.",
        )
    return " ".join(description.split()), list(dict.fromkeys(kept))


def _check(name: str, url: str) -> None:
    if not _NAME.fullmatch(name):
        raise UserError(
            f"{name[:80]!r} cannot name a connection.",
            hint="Begin with a letter or digit; then also spaces, dots, dashes and underscores; at most 63 characters.",
        )
    if "://" not in url or "\0" in url:
        raise UserError(
            "That is not a database URL.",
            hint="It looks like postgresql://USER:PASSWORD@HOST:5432/DATABASE or sqlite:///file.db.",
        )


def dialect_of(url: str) -> str:
    """sqlglot's name of the SQL that the database of a URL speaks."""
    scheme = url.partition("://")[0].partition("+")[0].lower()
    return _DIALECTS.get(scheme, scheme)
