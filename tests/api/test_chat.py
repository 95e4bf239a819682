import time
from uuid import uuid4

import httpx2
import pytest

from core.values import Answer
from tests.api.client import Server, ask, client_of, stream
from tests.api.conftest import Serving


async def test_an_answer_as_json(client: httpx2.AsyncClient):
    response = await client.post("/chat", json={"message": "How many rows does customers have?"})
    assert response.status_code == 200
    answer = Answer.model_validate(response.json())
    assert (answer.status, answer.rows, answer.source) == ("answered", [[40]], "catalog")
    assert answer.conversation_id
    assert answer.turn_id


@pytest.mark.parametrize("name", ["message", "question", "content"])
@pytest.mark.parametrize("database", ["database", "target_database"])
async def test_fields_have_other_names(client: httpx2.AsyncClient, name: str, database: str):
    shop = (await client.get("/databases")).json()["databases"][0]["name"]
    response = await client.post("/chat", json={name: "How many tables are there?", database: shop, "model": "none"})
    assert response.json()["rows"] == [[4]]


async def test_an_answer_as_events(client: httpx2.AsyncClient):
    told = await stream(client, "POST", "/chat", json={"message": "list the customers by their favourite colour"})
    assert [each.id for each in told] == list(range(1, len(told) + 1))
    kinds = [each.type for each in told]
    assert kinds[0] == "turn.started"
    assert kinds[-2:] == ["answer", "turn.finished"]
    assert {"node.started", "node.finished", "token", "sql", "rows"} < set(kinds)
    answer = Answer.model_validate(told[-2].data)
    assert (answer.status, answer.row_count, answer.source) == ("answered", 40, "model")
    assert told[-1].data == told[-2].data
    assert "".join(each.data["text"] for each in told if each.type == "token").startswith("{")


async def test_a_turn_says_its_id_before_anything_else(client: httpx2.AsyncClient):
    headers = {"Accept": "text/event-stream"}
    async with client.stream("POST", "/chat", json={"message": "hello"}, headers=headers) as response:
        turn = response.headers["x-turn-id"]
        lines = [line async for line in response.aiter_lines()]
    assert turn in lines[2]


async def test_a_conversation_goes_on(client: httpx2.AsyncClient):
    chat = uuid4().hex
    first = await ask(client, "list the customers", conversation_id=chat)
    second = await ask(client, "and by country?", conversation_id=chat)
    assert (first["row_count"], second["row_count"]) == (40, 2), second["answer"]
    assert second["conversation_id"] == chat


async def test_the_next_question_may_follow_at_once(client: httpx2.AsyncClient):
    """An answer is told when its conversation is free again."""
    chat = uuid4().hex
    for _ in range(20):
        assert (await ask(client, "hello", conversation_id=chat))["status"] == "answered"
        told = await stream(client, "POST", "/chat", json={"message": "hello", "conversation_id": chat}, until="answer")
        assert told[-1].data["status"] == "answered"


async def test_a_failed_model_is_a_503_with_the_answer(client: httpx2.AsyncClient):
    response = await client.post("/chat", json={"message": "ask the broken model"})
    answer = response.json()
    assert response.status_code == 503
    assert response.headers["retry-after"]
    assert (answer["status"], answer["error"]["code"]) == ("error", "model_failed")
    assert answer["error"]["documentation"]


async def test_without_a_database_it_says_what_to_do(serving: Serving):
    server = serving(DATABASE_URL="")
    async with client_of(server) as client:
        for accept in ("application/json", "text/event-stream"):
            response = await client.post("/chat", json={"message": "hello"}, headers={"Accept": accept})
            assert response.status_code == 503
            error = response.json()["error"]
            assert error["code"] == "not_set_up"
            assert "/system/initialize" in error["hint"]
        assert (await client.get("/system/status")).json()["initialized"] is False
        url = server.settings["SYSTEM_DATABASE_URL"]
        done = await client.post("/system/initialize", json={"database_url": url, "name": "own"})
        assert done.status_code == 200, done.text
        assert done.json()["tables"] > 5
        assert (await client.post("/chat", json={"message": "How many tables are there?"})).status_code == 200


async def test_health_is_fast_and_asks_nothing(server: Server):
    async with httpx2.AsyncClient(base_url=server.url) as client:
        for path in ("/health", "/api/v1/health"):
            started = time.perf_counter()
            response = await client.get(path)
            assert response.json()["status"] == "ok"
            assert time.perf_counter() - started < 1


async def test_the_api_describes_itself(server: Server):
    async with httpx2.AsyncClient(base_url=server.url) as client:
        described = (await client.get("/openapi.json")).json()
        assert (await client.get("/docs")).status_code == 200
    paths = described["paths"]
    assert {"/api/v1/chat", "/api/v1/turns/{turn_id}/events", "/health"} < set(paths)
    for path, methods in paths.items():
        for method, operation in methods.items():
            assert operation.get("summary"), (path, method)
            assert operation.get("description"), (path, method)
    assert described["components"]["schemas"]["Asked"]["properties"]["message"]["examples"]
