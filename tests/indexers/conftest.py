"""A shop with measures and with personal data, on every engine that the connectors' suite knows."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from connectors.registry import open_connector
from core.ports import Connector
from core.values import Limits
from tests.connectors.conftest import found, started
from tests.connectors.engine import Engine

SHAPED = (
    "canary@example.com",
    "+49 30 5550 1999",
    "4539 1488 0343 6467",
    "4539148803436467",
    "078-05-1120",
    "12 Canary Street",
    "203.0.113.77",
    "GB82 WEST 1234 5698 7654 32",
    "sk-canarycanarycanary1234",
)
"""Personal data that can be told by their shape, wherever they stand."""
CANARIES = (*SHAPED, "1961-03-07", "Canaryson")
LARGE = 30_000
KINDS = ("card", "cash", "transfer", "voucher")

_NAMES = {
    "id": "integer", "amount": "number", "kind": "text", "city": "text", "placed": "moment", "first_name": "text",
    "email": "text", "phone": "text", "contact": "text", "reference": "long", "born_on": "day", "remark": "text",
}  # fmt: skip
_TYPES = {
    "clickhouse": {
        "integer": "Int64", "long": "Nullable(Int64)", "number": "Nullable(Decimal(12, 2))",
        "text": "Nullable(String)", "moment": "Nullable(DateTime)", "day": "Nullable(Date32)",
    },
    "mysql": {"text": "VARCHAR(200)", "moment": "DATETIME"},
}  # fmt: skip
_PLAIN = {
    "integer": "INTEGER", "long": "BIGINT", "number": "DECIMAL(12,2)", "text": "VARCHAR(200)", "moment": "TIMESTAMP",
    "day": "DATE",
}  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `engine` runs once per engine."""
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", list(found()), indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine, started."""
    yield from started(request, tmp_path_factory)


@pytest.fixture(scope="session")
def clients_url(engine: Engine) -> str:
    """A database with `clients`, `visits` of them, `large`, an empty table `unused`, and a key of two columns."""
    return engine.create("clients", script(engine.dialect))


@pytest.fixture
async def clients(clients_url: str) -> AsyncIterator[Connector]:
    """A connector to it."""
    connector = await open_connector(clients_url, limits=Limits(seconds=60))
    yield connector
    await connector.close()


def script(dialect: str) -> Sequence[str]:
    """The statements that make the tables."""
    types = _PLAIN | _TYPES.get(dialect, {})
    columns = [f"{name} {types[kind]}" for name, kind in _NAMES.items()]
    key = "" if dialect == "clickhouse" else ", PRIMARY KEY (id)"
    end = " ENGINE = MergeTree ORDER BY id" if dialect == "clickhouse" else ""
    large = f"CREATE TABLE large (id {types['integer']}, part {types['long']}, score {types['number']}{key}){end}"
    rows = [_client(number) for number in range(300)]
    number = types["integer"]
    pair = ", PRIMARY KEY (visit_id, stop)" if key else ""
    by_pair = end.replace("BY id", "BY (visit_id, stop)")
    return [
        f"CREATE TABLE clients ({', '.join(columns)}{key}){end}",
        f"CREATE TABLE unused (id {types['integer']}, label {types['text']}{key}){end}",
        large,
        f"CREATE TABLE visits (id {number}, client_id {types['long']}, large_id {types['long']}{key}){end}",
        f"CREATE TABLE legs (visit_id {number}, stop {number}{pair}){by_pair}",
        f"CREATE TABLE stops (id {number}, visit_id {number}, stop {number}{key}){end}",
        f"INSERT INTO visits VALUES {', '.join(f'({n + 1_000}, {n % 90}, {-n - 1})' for n in range(500))}",
        f"INSERT INTO legs VALUES {', '.join(f'({n % 20}, {n // 20})' for n in range(100))}",
        f"INSERT INTO stops VALUES {', '.join(f'({n + 5_000}, {n % 20}, {n // 20 % 5})' for n in range(300))}",
        f"INSERT INTO clients VALUES {', '.join(rows)}",
        *(
            f"INSERT INTO large VALUES {', '.join(f'({n}, {n % 7}, {n % 100}.5)' for n in range(start, start + 5_000))}"
            for start in range(0, LARGE, 5_000)
        ),
    ]


def _client(number: int) -> str:
    placed = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    canary = SHAPED[number % len(SHAPED)] if number % 10 == 0 else f"desk {number % 60}"
    return (
        f"({number}, {number % 50}.25, '{KINDS[number % 4]}', {'NULL' if number % 3 else repr(f'City {number % 20}')},"
        f" '{placed:%Y-%m-%d %H:%M:%S}', 'Canaryson', 'canary@example.com', '+49 30 5550 1999', '{canary}',"
        f" {4539148803436467 if number % 10 == 0 else number}, '1961-03-07',"
        f" 'They called about the order, and asked to be written to at canary@example.com {number}')"
    )
