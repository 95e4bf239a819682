"""Restores dumps into scratch databases of a PostgreSQL server, each once."""

import asyncio
import re
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from core.errors import UserError
from store.script import answer_of, run_script
from store.system import dial

PREFIX = "datachat_eval_"


async def restored(server: str, dump: Path, *, schema: str | None = None) -> str:
    """The URL of the dump's database, which is made where it is not there; `schema` comes first on its search path."""
    text = await asyncio.to_thread(_read, dump)
    name = _name_of(dump, text)
    url = _with_database(server, name)
    if not await answer_of(server, f"SELECT datname FROM pg_database WHERE datname = '{name}'"):
        connection = await dial(server)
        async with connection:
            await connection.execute(f'CREATE DATABASE "{name}"'.encode())
        await run_script(url, [(dump.name, text)])
    return _with_search_path(url, schema) if schema else url


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
