"""The example company, loaded once for all tests that only read it."""

from collections.abc import Callable, Iterator
from datetime import date

import psycopg
import pytest

from datapoints.packs.payments.load import statements

TODAY = date(2026, 3, 1)


@pytest.fixture(scope="session")
def load() -> Callable[[str, date], None]:
    """What a caller does with the pack: every step in one transaction."""

    def run(dsn: str, today: date) -> None:
        with psycopg.connect(dsn) as connection:
            for _, sql in statements(today):
                connection.execute(sql.encode())

    return run


@pytest.fixture(scope="session")
def company(new_database: Callable[..., str], load: Callable[[str, date], None]) -> str:
    """Address of the company as of TODAY."""
    dsn = new_database("company")
    load(dsn, TODAY)
    return dsn


@pytest.fixture
def connection(company: str) -> Iterator[psycopg.Connection]:
    """A connection that may only read."""
    with psycopg.connect(company) as connection:
        connection.read_only = True
        yield connection
