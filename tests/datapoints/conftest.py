"""Databases of an example pack's own, in the server that the whole run shares."""

from typing import Protocol

import psycopg
import pytest
from psycopg.conninfo import make_conninfo


class NewDatabase(Protocol):
    """Makes an empty database in the locale and time zone asked for and gives its address."""

    def __call__(self, name: str, *, locale: str = "C", timezone: str = "UTC") -> str: ...


@pytest.fixture(scope="session")
def new_database(system_url: str) -> NewDatabase:
    def make(name: str, *, locale: str = "C", timezone: str = "UTC") -> str:
        with psycopg.connect(system_url, autocommit=True) as connection:
            connection.execute(
                f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
                f" LOCALE_PROVIDER builtin BUILTIN_LOCALE '{locale}'".encode()
            )
            connection.execute(f"ALTER DATABASE {name} SET timezone = '{timezone}'".encode())
        return make_conninfo(system_url, dbname=name)

    return make
