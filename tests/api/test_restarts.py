"""Servers that die, stop and share their turns; and a system database that restarts under them."""

import asyncio
import os
import random
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from store.embedded import start
from tests.api.client import Server, Told, ask, client_of, stream, turn_of
from tests.api.conftest import Serving, new_database
from tests.api.test_disconnects import quiet_after, until_running


async def heard(client: httpx2.AsyncClient, path: str, *, until: str, **options: Any) -> list[Told]:
    """The events up to the first of a type; the client is away then."""
    method = "POST" if "json" in options else "GET"
    return await stream(client, method, path, until=until, **options)


def check_whole(told: list[Told]) -> None:
    """Ids grow by one, and the end is one answer."""
    assert [each.id for each in told] == list(range(1, len(told) + 1))
    assert [each.type for each in told[-2:]] == ["answer", "turn.finished"]
    assert [each.type for each in told].count("answer") == 1


async def test_a_killed_server_is_continued_by_its_successor(serving: Serving):
    first = serving()
    async with client_of(first) as client:
        body = {"message": "brief", "conversation_id": "c"}
        begun = await heard(client, "/chat", until="sql", json=body)
        first.kill()
    turn = begun[0].data["turn_id"]
    second = serving(first)
    async with client_of(second) as client:
        rest = await stream(client, "GET", f"/turns/{turn}/events", headers={"Last-Event-ID": str(begun[-1].id)})
        check_whole(begun + rest)
        assert rest[-1].data["status"] == "answered"
        assert await stream(client, "GET", f"/turns/{turn}/events") == begun + rest


@pytest.mark.slow
async def test_servers_killed_at_random_moments(serving: Serving):
    """Twelve times kill -9 with four clients each: each gets what it missed, and finished steps are not repeated."""
    chance = random.Random(4)
    server = serving()
    for round in range(12):
        told: list[list[Told]] = [[] for _ in range(4)]
        listening = [asyncio.create_task(listen(server, f"kill-{round}", each)) for each in told]
        await asyncio.sleep(chance.uniform(0.05, 2))
        server.kill()
        await asyncio.gather(*listening)
        server.start()
        async with client_of(server) as client:
            for each in told:
                if each and each[-1].type != "turn.finished":
                    path = f"/turns/{each[0].data['turn_id']}/events"
                    rest = await stream(client, "GET", path, headers={"Last-Event-ID": str(each[-1].id)})
                    check_whole(each + rest)
                    check_continued(each, rest)


async def listen(server: Server, name: str, told: list[Told]) -> None:
    """Ask, until the server is gone."""
    body = {"message": random.choice(["thinking", "list"]), "conversation_id": f"{name}-{uuid4().hex}"}
    async with client_of(server) as client:
        with suppress(httpx2.HTTPError):
            await stream(client, "POST", "/chat", json=body, each=told.append)


def check_continued(before: list[Told], rest: list[Told]) -> None:
    """Only the last finished step may be told again: its event is stored a moment before its checkpoint."""
    done, again = finished_steps(before), finished_steps(rest)
    assert not set(done[:-1]) & set(again), (done, again)
    assert rest[-1].data["status"] == "answered"


def finished_steps(told: list[Told]) -> list[str]:
    return [each.data["node"] for each in told if each.type == "node.finished"]


async def test_another_server_takes_over_while_a_client_follows_there(serving: Serving):
    first = serving()
    second = serving(first)
    async with client_of(first) as client, client_of(second) as elsewhere:
        body = {"message": "brief", "conversation_id": "c"}
        near = asyncio.create_task(stream(client, "POST", "/chat", json=body))
        path = f"/turns/{await turn_of(elsewhere, 'c')}/events"
        following = asyncio.Event()
        far = asyncio.create_task(stream(elsewhere, "GET", path, each=lambda _: following.set()))
        await following.wait()
        first.kill()
        with pytest.raises(httpx2.HTTPError):
            await near
        told = await far
    check_whole(told)
    assert told[-1].data["status"] == "answered"


async def test_a_client_may_follow_at_any_server(serving: Serving):
    first = serving()
    second = serving(first)
    async with client_of(first) as client, client_of(second) as elsewhere:
        body = {"message": "thinking", "conversation_id": "c"}
        near = asyncio.create_task(stream(client, "POST", "/chat", json=body))
        told = await stream(elsewhere, "GET", f"/turns/{await turn_of(elsewhere, 'c')}/events")
        assert told == await near
    check_whole(told)
    assert [each.type for each in told].count("turn.started") == 1


async def test_a_clarification_outlives_its_server(serving: Serving):
    first = serving()
    async with client_of(first) as client:
        asked = await ask(client, "What are the columns of orders?")
    first.kill()
    async with client_of(serving(first)) as client:
        done = await client.post(f"/turns/{asked['turn_id']}/resume", json={"reply": "1"})
        assert done.json()["status"] == "answered"


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
async def test_a_server_that_is_told_to_stop_finishes_its_turns(serving: Serving, accept: str):
    server = serving()
    async with client_of(server, Accept=accept) as client:
        asking = asyncio.create_task(client.post("/chat", json={"message": "thinking", "conversation_id": "c"}))
        await turn_of(client, "c")
        started = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        response = await asking
    assert "Customer 8" in response.text
    assert server.wait() == 0
    assert time.monotonic() - started < 9, "it waited longer than its turn took"
    assert "Traceback" not in server.stderr()


@pytest.mark.slow
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
async def test_a_server_does_not_wait_for_ever(serving: Serving, shop_url: str, accept: str):
    """After the grace a turn is stopped, and can be taken up where it was."""
    server, idle = serving(), serving()
    async with client_of(server, Accept=accept) as client:
        asking = asyncio.create_task(client.post("/chat", json={"message": "slow", "conversation_id": "c"}))
        await until_running(shop_url)
        started = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        response = await asking
    assert response.status_code == (200 if "event" in accept else 503)
    assert '"stopping"' in response.text
    assert server.wait() == 0
    seconds = time.monotonic() - started
    # What a server of no turns takes to stop is what the machine takes now, and no waiting.
    assert 9 < seconds < 12 + stopping(idle)
    await quiet_after(shop_url, seconds=1)
    assert "Traceback" not in server.stderr()
    async with client_of(serving(server)) as client:
        turn = (await client.get("/chat/conversations/c")).json()["messages"][0]
        assert turn["status"] == "running"
        told = await heard(client, f"/turns/{turn['id']}/events", until="sql", headers={"Last-Event-ID": "0"})
        assert told[-1].type == "sql"


def stopping(server: Server) -> float:
    """Stop a server, and say how many seconds that took."""
    started = time.monotonic()
    server.stop()
    return time.monotonic() - started


async def test_ctrl_c_ends_an_idle_server_at_once(serving: Serving):
    server = serving()
    started = time.monotonic()
    server.process.send_signal(signal.SIGINT)
    assert server.wait() == 0
    assert time.monotonic() - started < 3
    assert server.stderr() == ""


@pytest.mark.slow
async def test_the_system_database_restarts_under_running_turns(serving: Serving):
    """Twenty turns in flight: typed errors in two seconds, the process alive, and everything well again in five."""
    with tempfile.TemporaryDirectory(prefix="datachat-test-") as folder:
        embedded = await start(Path(folder))
        server = serving(SYSTEM_DATABASE_URL=new_database(embedded.url, f"system_{uuid4().hex}"))
        async with client_of(server) as client:
            asking = [asyncio.create_task(client.post("/chat", json=body(number))) for number in range(20)]
            await asyncio.sleep(1)
            os.kill(int((Path(folder) / "postgres" / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
            down = time.monotonic()
            during = await client.post("/chat", json={"message": "hello"})
            assert (during.status_code, during.json()["error"]["code"]) == (503, "upstream_failed")
            assert time.monotonic() - down < 3
            assert (await client.get("/health")).status_code == 200
            responses = await asyncio.gather(*asking)
            assert {each.status_code for each in responses} <= {200, 503}
            assert all(each.json()["error"] or each.json()["status"] == "answered" for each in responses)
            again = await start(Path(folder))
            await well(client)
            answers = await asyncio.gather(*(client.post("/chat", json=body(number)) for number in range(20)))
            assert {each.json()["status"] for each in answers} == {"answered"}
        assert server.is_running()
        server.stop()
        await again.leave()
        await embedded.leave()


def body(number: int) -> dict[str, str]:
    return {"message": "thinking", "conversation_id": f"c{number}"}


async def well(client: httpx2.AsyncClient) -> None:
    """Wait until a question is answered, at most five seconds."""
    started = time.monotonic()
    while (await client.post("/chat", json={"message": "hello"})).status_code != 200:
        assert time.monotonic() - started < 5
        await asyncio.sleep(0.2)
