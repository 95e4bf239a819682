"""A house over the embedded server, with a small shop to ask and a scripted model."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import yaml

from core.settings import load_settings
from core.values import Answer, Event
from graph.assembly import House, open_house
from graph.turns import Question, Turns
from store.embedded import ensure_database
from store.system import System

SHOP = """
CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, country text);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, total numeric(10, 2), placed date);
CREATE SCHEMA archive;
CREATE TABLE archive.orders (id int PRIMARY KEY, total numeric(10, 2));
INSERT INTO customers SELECT i, 'Customer ' || i, (ARRAY['DE', 'FR'])[1 + i % 2] FROM generate_series(1, 40) i;
INSERT INTO orders SELECT i, 1 + i % 40, i * 1.25, date '2026-01-01' + i FROM generate_series(1, 250) i;
"""

Script = list[dict[str, object]]
Opening = Callable[..., AbstractAsyncContextManager[House]]


@asynccontextmanager
async def filled(system_url: str, name: str, script: str) -> AsyncGenerator[str]:
    """The URL of a new database with what a script makes; it is dropped at the end."""
    name = f"{name}_{uuid4().hex}"
    url = await ensure_database(system_url, name)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(script.encode())
    yield url
    async with await psycopg.AsyncConnection.connect(system_url, autocommit=True) as connection:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
async def shop_url(system_url: str) -> AsyncGenerator[str]:
    """The URL of the shop."""
    async with filled(system_url, "shop", SHOP) as url:
        yield url


@pytest.fixture
def opening(system: System, shop_url: str, tmp_path: Path) -> Opening:
    """Opens a house whose model follows a script; without one it has no model."""

    @asynccontextmanager
    async def open_one(script: Script | None = None, **settings: object) -> AsyncGenerator[House]:
        overrides: dict[str, object] = {
            "system_database_url": system.url,
            "database_url": shop_url,
            "model": "none",
            **settings,
        }
        if script is not None:
            path = tmp_path / "script.yaml"
            path.write_text(yaml.safe_dump({"replies": script}))
            overrides["model"] = f"scripted:{path}"
        async with open_house(load_settings(home=tmp_path, overrides=overrides)) as house:
            yield house

    return open_one


async def told(turns: Turns, text: str, **question: str) -> list[Event]:
    """Every event of what is said next."""
    return [event async for event in turns.say(replace(Question(text=text), **question))]


async def answered(turns: Turns, text: str, **question: str) -> Answer:
    """The answer to what is said next."""
    return answer_of(await told(turns, text, **question))


def answer_of(events: list[Event]) -> Answer:
    """The answer among events."""
    return next(Answer.model_validate(event.data) for event in events if event.type == "answer")
