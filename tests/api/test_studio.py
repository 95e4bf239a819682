"""LangGraph's own server over the same graph, driven by its own client."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator
from dataclasses import fields
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import httpx2
import pytest

from core.context import Context
from tests.api.client import ROOT
from tests.api.conftest import UNBOUNDED, new_database

LANGGRAPH = Path(sys.executable).with_name("langgraph")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
async def studio(system_url: str, shop_url: str, script: str, tmp_path: Path) -> AsyncGenerator[str]:
    """The address of a running `langgraph dev`, with nothing that would need a network."""
    if not LANGGRAPH.exists():
        pytest.skip("langgraph-cli[inmem] is not installed (extra `studio`)")
    port = free_port()
    settings = {
        "SYSTEM_DATABASE_URL": new_database(system_url, f"system_{uuid4().hex}"),
        "DATABASE_URL": shop_url,
        "DATACHAT_MODEL": script,
        "DATACHAT_HOME": str(tmp_path),
        "LANGSMITH_TRACING": "false",
        "LANGGRAPH_DISABLE_FILE_PERSISTENCE": "true",
        "PATH": os.environ["PATH"],
        **UNBOUNDED,
    }
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [LANGGRAPH, "dev", "--no-browser", "--no-reload", "--port", str(port)],
            cwd=ROOT,
            env=settings,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        await answering(f"http://127.0.0.1:{port}", process, tmp_path / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


async def answering(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    started = time.monotonic()
    async with httpx2.AsyncClient() as client:
        while time.monotonic() - started < 90:
            assert process.poll() is None, log.read_text()
            try:
                if (await client.get(f"{url}/ok")).status_code == 200:
                    return
            except httpx2.TransportError:
                await asyncio.sleep(0.3)
    raise AssertionError(log.read_text())


@pytest.mark.slow
@pytest.mark.engine
async def test_a_question_a_clarification_and_its_reply(studio: str):
    from langgraph_sdk import get_client

    async with get_client(url=studio) as client:
        [assistant] = await client.assistants.search()
        assert assistant["graph_id"] == "datachat"

        async def run(thread: str, **options: Any) -> dict[str, Any]:
            return cast(dict[str, Any], await client.runs.wait(thread, "datachat", **options))

        async def said(question: str, **options: Any) -> dict[str, Any]:
            thread = (await client.threads.create())["thread_id"]
            return {**await run(thread, input={"question": question, "database": None}, **options), "thread": thread}

        counted = await said("How many rows does customers have?")
        assert counted["answer"]["rows"] == [[40]], counted
        modelled = await said("list the customers by their favourite colour", context={"user": "ann"})
        assert (modelled["answer"]["row_count"], modelled["answer"]["source"]) == (40, "model"), modelled
        unmodelled = await said("list the customers by their favourite colour", context={"model": "none"})
        assert unmodelled["answer"]["status"] == "abstain", unmodelled
        asked = await said("What are the columns of orders?")
        options = asked["__interrupt__"][0]["value"]["clarification"]["options"]
        assert len(options) == 2
        replied = await run(asked["thread"], command={"resume": options[0]})
        assert replied["answer"]["status"] == "answered", replied
        assert [step["node"] for step in replied["trace"]].count("clarify") == 1


def test_the_server_s_context_has_all_that_a_turn_is_lent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("DATACHAT_HOME", str(tmp_path))
    from api.studio import ServerContext

    context = ServerContext(database="shop", model="none", user="ann")
    assert {each.name for each in fields(Context)} <= set(vars(context))
    assert context.database == "shop"
    assert vars(context)["user"].name == "ann"
    assert not (tmp_path / "postgres").exists(), "nothing is opened before it is used"
