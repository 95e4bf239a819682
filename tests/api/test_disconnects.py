"""Clients that leave: real sockets, because a cancelled task of a test says nothing of a lost connection."""

import asyncio
import random
import time
from uuid import uuid4

import psycopg
import pytest

from tests.api.client import Caller, Server, ask, client_of, stream
from tests.api.conftest import Serving

RUNNING = (
    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%%big AS a JOIN%%' AND pid <> %s"
)


async def running(shop_url: str) -> int:
    """How many of our slow statements the database is working on."""
    async with await psycopg.AsyncConnection.connect(shop_url, autocommit=True) as connection:
        [(count,)] = await (await connection.execute(RUNNING, [connection.info.backend_pid])).fetchall()
        return count


async def until_running(shop_url: str) -> None:
    """Wait until the database works on a slow statement."""
    while not await running(shop_url):
        await asyncio.sleep(0.02)


async def quiet_after(shop_url: str, *, seconds: float) -> float:
    """The time until the database works on nothing of ours."""
    started = time.monotonic()
    while await running(shop_url):
        assert time.monotonic() - started < seconds, "a statement goes on without anybody who waits for it"
        await asyncio.sleep(0.02)
    return time.monotonic() - started


@pytest.mark.slow
async def test_a_hundred_clients_leave_a_long_statement(serving: Serving, shop_url: str):
    """Whenever and however they leave, the statement is gone in two seconds, and the server as good as new."""
    server = serving()
    chance = random.Random(8)
    begun = 0

    async def visit(number: int) -> None:
        nonlocal begun
        accept = "application/json" if number % 5 == 0 else "text/event-stream"
        caller = Caller(server, "/chat", {"message": "slow", "conversation_id": f"leaving-{number}"}, accept=accept)
        until = b"event: sql" if number % 2 else b"\0"
        await caller.listen(seconds=chance.uniform(0, 1.5), until=until)
        begun += await running(shop_url) > 0
        caller.leave(reset=chance.random() < 0.5)

    longest = 0.0
    for start in range(0, 100, 4):
        await asyncio.gather(*(visit(number) for number in range(start, start + 4)))
        longest = max(longest, await quiet_after(shop_url, seconds=2))
    assert begun > 30, "too few of them left while their statement was running"
    print(f"longest time until the database was quiet: {longest:.2f} s")
    async with client_of(server) as client:
        assert (await ask(client, "list the customers"))["row_count"] == 40
        assert (await client.get("/system/status")).json()["turns_running"] == 0
    assert "Traceback" not in server.stderr()


async def test_a_turn_ends_with_its_last_client_only(server: Server, shop_url: str):
    chat = uuid4().hex
    first = Caller(server, "/chat", {"message": "slow", "conversation_id": chat})
    told = await first.listen(seconds=60, until=b"event: sql")
    turn = told.split(b'"turn_id":"')[1].split(b'"')[0].decode()
    async with client_of(server) as client:
        following = asyncio.Event()
        path = f"/turns/{turn}/events"
        second = asyncio.create_task(stream(client, "GET", path, until="rows", each=lambda _: following.set()))
        await following.wait()
        first.leave(reset=False)
        await asyncio.sleep(2)
        assert await running(shop_url) == 1
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
    await quiet_after(shop_url, seconds=2)


async def test_a_client_that_comes_back_at_once_loses_nothing(server: Server, shop_url: str):
    chat = uuid4().hex
    first = Caller(server, "/chat", {"message": "brief", "conversation_id": chat})
    told = await first.listen(seconds=60, until=b"event: sql")
    turn = told.split(b'"turn_id":"')[1].split(b'"')[0].decode()
    async with client_of(server) as client:
        await client.get("/health")  # connected, so that it takes no time to come back
        first.leave(reset=True)
        events = await stream(client, "GET", f"/turns/{turn}/events")
    assert [each.id for each in events] == list(range(1, len(events) + 1))
    assert [each.type for each in events].count("turn.started") == 1, "it was not worked on anew"
    assert events[-1].data["status"] == "answered"


async def test_a_turn_whose_client_left_goes_on_from_its_checkpoint(server: Server, shop_url: str):
    chat = uuid4().hex
    caller = Caller(server, "/chat", {"message": "brief", "conversation_id": chat})
    told = await caller.listen(seconds=60, until=b"event: sql")
    turn = told.split(b'"turn_id":"')[1].split(b'"')[0].decode()
    seen = told.count(b"\nid: ") + told.startswith(b"id: ")
    caller.leave(reset=False)
    await quiet_after(shop_url, seconds=3)
    await asyncio.sleep(1)
    async with client_of(server) as client:
        headers = {"Last-Event-ID": str(seen)}
        events = await stream(client, "GET", f"/turns/{turn}/events", headers=headers)
        everything = await stream(client, "GET", f"/turns/{turn}/events?after=0")
    assert [each.id for each in events] == list(range(seen + 1, seen + 1 + len(events)))
    assert [each.id for each in everything] == list(range(1, len(everything) + 1))
    assert events[-1].data["status"] == "answered"
    assert events[-1].data["usage"]["llm_calls"] == 1
    drafts = [each for each in everything if each.type == "node.finished" and each.data["node"] == "sql_agent"]
    assert len(drafts) == 1, "a finished step is not repeated"
