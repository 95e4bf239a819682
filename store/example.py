"""The example company in the embedded server: loaded when it is not there, read by a login that can do nothing else."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from datapoints.packs.payments.load import STAMP_QUERY, loaded_stamp, statements
from store.connections import Connections
from store.datapoints import DataPoints
from store.embedded import ensure_database
from store.script import answer_of, run_script

if TYPE_CHECKING:
    from store.system import System

NAME = "payments"
READER = "payments_reader"

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7809640361)"
_READER = f"""
DO $$ BEGIN CREATE ROLE {READER} LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
ALTER ROLE {READER} SET default_transaction_read_only = on;
GRANT USAGE ON SCHEMA public, archive TO {READER};
GRANT SELECT ON ALL TABLES IN SCHEMA public, archive TO {READER};
"""


async def load_example(server: str, *, tell: Callable[[str], None]) -> str:
    """Load what the company has done up to yesterday, unless it is there, and return the URL that reads it."""
    url = await ensure_database(server, NAME)
    today = datetime.now(UTC).date()
    if await answer_of(url, STAMP_QUERY) != loaded_stamp(today):
        await run_script(url, _script(today), tell=tell)
    return urlsplit(url)._replace(netloc=f"{READER}@").geturl()


async def register_example(connections: Connections, url: str) -> str:
    """Keep the connection and return its name; a connection of that name to something else stays as it is."""
    stored = {each.name: await connections.url(each.name) for each in await connections.list()}
    for name in (NAME, f"{NAME}-demo"):
        if name in stored and _is_ours(stored[name]) and stored[name] != url:
            # The home folder was moved, and the server's socket with it.
            await connections.remove(name)
            del stored[name]
        if name not in stored:
            await connections.add(name, url)
            return name
        if stored[name] == url:
            return name
    return f"{NAME}-demo"


async def know_example(system: "System") -> None:
    """Take in what the company says of its data: the pack's DataPoints."""
    await DataPoints(system).sync(Path(__file__).parents[1] / "datapoints" / "packs" / NAME / "datapoints")


def _script(today: date) -> Iterator[tuple[str, str]]:
    yield "waiting for others", _ONE_AT_A_TIME
    yield from statements(today)
    yield "a login that only reads", _READER


def _is_ours(url: str) -> bool:
    parts = urlsplit(url)
    return parts.username == READER and not parts.hostname
