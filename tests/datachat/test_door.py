"""The Python door: questions that stand alone, and replies to them."""

import sqlite3
from pathlib import Path

import pytest

import datachat
from graph.databases import SMALL
from store.catalogs import Catalogs, url_key
from store.system import System


def shop(folder: Path) -> str:
    path = folder / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.executescript("CREATE TABLE orders (id INTEGER PRIMARY KEY); INSERT INTO orders VALUES (1), (2);")
    connection.close()
    return f"sqlite:///{path}"


async def test_a_reply_goes_where_the_question_waits(
    tmp_path: Path, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYSTEM_DATABASE_URL", system.url)
    async with datachat.open(database=shop(tmp_path), model="none", home=str(tmp_path)) as dc:
        asked = await dc.ask("How many rows?")
        assert asked.status == "clarify"
        answer = await dc.ask("orders", conversation=asked.conversation_id)
        assert answer.status == "answered"
        assert answer.rows == [[2]]
        again = await dc.ask("How many rows has orders?", conversation=asked.conversation_id)
        assert again.rows == [[2]]


async def test_a_large_catalog_is_kept_behind_the_questions(
    tmp_path: Path, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYSTEM_DATABASE_URL", system.url)
    path = tmp_path / "large.db"
    with sqlite3.connect(path) as connection:
        connection.executescript("".join(f"CREATE TABLE t{number} (id INTEGER);" for number in range(SMALL + 1)))
    connection.close()
    url = f"sqlite:///{path}"
    async with datachat.open(database=url, model="none", home=str(tmp_path)) as dc:
        assert (await dc.ask("How many tables are there?")).rows == [[SMALL + 1]]
    stored = await Catalogs(system).load(url_key(url))
    assert stored
    assert len(stored.catalog.tables) == SMALL + 1
