"""Dumps with other rows: what refers goes on to refer, values of every type stay such, and the dump itself is left."""

from pathlib import Path

import psycopg
import pytest

from evals.scratch import restored
from evals.shaken_dumps import shaken_dump
from evals.shaking import ROWS

DUMP = """
CREATE SCHEMA shop;
CREATE TABLE shop.seller (id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT, tags TEXT[], data JSONB);
CREATE TABLE shop.sale (id SERIAL PRIMARY KEY, seller INTEGER REFERENCES shop.seller, price NUMERIC(8, 2), at DATE,
    paid BOOLEAN, twice NUMERIC GENERATED ALWAYS AS (price * 2) STORED);
CREATE TABLE shop.pair (low INTEGER, high INTEGER, CHECK (low < high));
INSERT INTO shop.seller (name, tags, data) VALUES ('Ann', '{a,b}', '{"x": 1}'), ('Ben', NULL, NULL);
INSERT INTO shop.sale (seller, price, at, paid) VALUES (1, 9.50, CURRENT_DATE, TRUE), (2, 3, CURRENT_DATE - 9, FALSE);
INSERT INTO shop.pair VALUES (1, 2), (8, 9);
"""


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    file = tmp_path / "shaken_shop.sql"
    file.write_text(DUMP, encoding="utf8")
    return file


def _asked(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(statement.encode()).fetchall()


async def test_small_tables_grow_and_references_hold(system_url: str, dump: Path) -> None:
    lost = "SELECT COUNT(*) FROM sale WHERE seller NOT IN (SELECT id FROM seller) OR twice <> price * 2"
    for url in await shaken_dump(system_url, dump, 2, schema="shop"):
        assert _asked(url, lost) == [(0,)]
        assert _asked(url, "SELECT COUNT(*), COUNT(DISTINCT id) FROM sale") == [(ROWS, ROWS)]
        assert {str(tags) for (tags,) in _asked(url, "SELECT tags FROM seller")} == {"None", "['a', 'b']"}


async def test_a_table_whose_conditions_forbid_other_rows_stays(system_url: str, dump: Path) -> None:
    (url,) = await shaken_dump(system_url, dump, 1, schema="shop")
    assert _asked(url, "SELECT * FROM pair ORDER BY low") == [(1, 2), (8, 9)]


async def test_the_dump_itself_and_what_was_made_once_stay(system_url: str, dump: Path) -> None:
    everything = "SELECT * FROM sale ORDER BY id"
    (once,) = await shaken_dump(system_url, dump, 1, schema="shop")
    (again,) = await shaken_dump(system_url, dump, 1, schema="shop")
    assert once == again
    assert len(_asked(await restored(system_url, dump, schema="shop"), everything)) == 2
