"""Restores dumps into scratch databases of a PostgreSQL server, each once."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import uuid4

from core.errors import UserError
from store.script import answer_of, run_script
from store.system import dial

PREFIX = "datachat_eval_"


async def restored(
    server: str,
    dump: Path,
    *,
    schema: str | None = None,
    kind: str = "",
    change: Callable[[str], Awaitable[None]] | None = None,
) -> str:
    """The URL of the dump's database, which is made where it is not there; `schema` comes first on its search path.

    One of another `kind` is made beside it, and `change` is done to it.
    """
    text = await asyncio.to_thread(_read, dump)
    name = _name_of(dump, text) + (f"_{kind}" if kind else "")
    if not await answer_of(server, f"SELECT datname FROM pg_database WHERE datname = '{name}'"):
        # Only what is finished has the name: what was broken off would be taken for it.
        made = f"{PREFIX}{uuid4().hex}"
        await _done(server, f'CREATE DATABASE "{made}"')
        await run_script(_with_database(server, made), [(dump.name, text)])
        if change:
            await change(_with_database(server, made))
        await _done(server, f'ALTER DATABASE "{made}" RENAME TO "{name}"')
    url = _with_database(server, name)
    return _with_search_path(url, schema) if schema else url


async def _done(server: str, statement: str) -> None:
    async with await dial(server) as connection:
        await connection.execute(statement.encode())


def _read(dump: Path) -> str:
    try:
        return dump.read_text(encoding="utf8")
    except OSError as error:
        raise UserError(f"{dump} cannot be read: {error.strerror}", code="bad_file") from error


def _name_of(dump: Path, text: str) -> str:
    """A name that changes with what is in the dump."""
    stem = re.sub(r"\W", "_", dump.stem).lower()[:30]
    return f"{PREFIX}{stem}_{blake2b(text.encode(), digest_size=4).hexdigest()}"


def _with_database(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def _with_search_path(url: str, schema: str) -> str:
    parts = urlsplit(url)
    option = f"options={quote(f'-csearch_path={schema},public')}"
    return urlunsplit(parts._replace(query=f"{parts.query}&{option}" if parts.query else option))
