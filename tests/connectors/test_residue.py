"""What one borrower leaves in a session of PostgreSQL, the next one does not find."""

from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from connectors.registry import open_connector
from core.errors import LimitError, StatementError
from core.ports import Connector
from core.values import Limits, Row

BORROWS = 500
LITTERING = (
    "SELECT set_config('statement_timeout', '0', false), set_config('app.tenant', '42', false)",
    "SELECT set_config('transaction_read_only', 'off', false)",
    "SELECT set_config('search_path', 'pg_temp', false), set_config('TimeZone', 'Asia/Tokyo', false)",
    "SELECT set_config('role', 'pg_monitor', false), set_config('standard_conforming_strings', 'off', false)",
    "SELECT pg_advisory_lock(1), pg_try_advisory_lock_shared(2)",
    "SELECT pg_advisory_xact_lock(3), pg_notify('left', 'behind')",
    "SELECT setseed(0.5), pg_export_snapshot()",
    "SELECT 1 / 0",
    "SELECT * FROM no_such_table",
    "SELECT repeat('x', 100000) FROM generate_series(1, 1000)",
    "SELECT generate_series(1, 100000)",
    "CREATE TEMP TABLE left_behind (a int)",
    "PREPARE left_behind AS SELECT 1",
    "SELECT pg_sleep(5)",
)
STATE = (
    "SELECT name, setting FROM pg_settings ORDER BY name",
    # PostgreSQL remembers that a setting of this name was there, but not its value.
    "SELECT current_user::text, coalesce(current_setting('app.tenant', true), '')",
    "SELECT locktype, mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'",
    "SELECT name FROM pg_prepared_statements WHERE statement NOT LIKE '%pg_prepared_statements%'",
    "SELECT relname::text FROM pg_class WHERE relpersistence = 't'",
    "SELECT pg_listening_channels()",
)


@pytest.fixture
async def alone(system_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Connector]:
    """A connector with a single session, so that each borrower follows the one before."""
    from connectors.postgresql import PostgreSQL

    monkeypatch.setattr(PostgreSQL, "sessions", 1)
    connector = await open_connector(system_url, limits=Limits(seconds=10))
    yield connector
    await connector.close()


async def state(connector: Connector) -> list[list[Row]]:
    return [(await connector.run(each, limits=Limits(seconds=10))).rows for each in STATE]


async def test_nothing_is_left_behind(alone: Connector) -> None:
    clean = await state(alone)
    served: set[object] = set()
    for number in range(BORROWS):
        sql = LITTERING[number % len(LITTERING)]
        patience = 0.02 if "sleep" in sql else 5
        with suppress(StatementError, LimitError):
            await alone.run(sql, limits=Limits(rows=50, bytes=200_000, cell_bytes=1_000, seconds=patience))
        found = await alone.run("SELECT pg_backend_pid()", limits=Limits(seconds=10))
        served.add(found.rows[0][0])
        if number % 25 == 0 or number < len(LITTERING):
            assert await state(alone) == clean, sql
    assert await state(alone) == clean
    # A session that was not as new would have been dropped, which would also pass; but sessions are to be kept.
    assert len(served) < BORROWS / 5
