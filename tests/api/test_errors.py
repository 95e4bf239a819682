import asyncio
import json
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from api.app import MAX_BODY_BYTES
from api.errors import STATUS, install, status_of, status_of_code
from core import errors
from core.errors import DataChatError, SetupError, StaleError, UpstreamError, UserError
from tests.api.client import Server

ROUTES: list[tuple[str, str, Any, int, str]] = [
    ("GET", "/nope", None, 404, "not_found"),
    ("PUT", "/chat", {}, 405, "method_not_allowed"),
    ("POST", "/chat", b'{"message', 400, "bad_json"),
    ("POST", "/chat", b"message=hello", 400, "bad_json"),
    ("POST", "/chat", [], 422, "invalid"),
    ("POST", "/chat", {}, 422, "invalid"),
    ("POST", "/chat", {"message": 7}, 422, "invalid"),
    ("POST", "/chat", {"message": "a\0b"}, 422, "invalid"),
    ("POST", "/chat", b'{"message": "\\ud800"}', 422, "invalid"),
    ("POST", "/chat", {"message": "x", "conversation_id": "a\0"}, 422, "invalid"),
    ("POST", "/chat", {"message": "x", "conversation_id": ""}, 422, "invalid"),
    ("POST", "/chat", {"message": "x", "databse": "shop"}, 422, "invalid"),
    ("POST", "/chat", {"message": "x", "database": "nope"}, 404, "not_found"),
    ("POST", "/chat", {"message": "x", "database": "sqlite:////etc/passwd"}, 404, "not_found"),
    ("POST", "/chat", {"message": "x", "model": "nope"}, 400, "unknown_model"),
    ("POST", "/chat", {"message": ""}, 400, "bad_input"),
    ("POST", "/chat", {"message": "x" * 100_000}, 400, "bad_input"),
    ("POST", "/chat", {"message": "x" * MAX_BODY_BYTES}, 413, "too_large"),
    ("GET", "/turns/nope/events", None, 404, "not_found"),
    ("GET", "/turns/%00/events", None, 422, "invalid"),
    ("GET", "/turns/nope/events?after=-1", None, 422, "invalid"),
    ("POST", "/turns/nope/resume", {"reply": "x"}, 404, "not_found"),
    ("POST", "/turns/nope/resume", {}, 422, "invalid"),
    ("POST", "/turns/nope/resume", {"reply": "x", "choice": "run"}, 422, "invalid"),
    ("POST", "/turns/nope/resume", {"choice": "burn"}, 422, "invalid"),
    ("POST", "/turns/nope/cancel", None, 404, "not_found"),
    ("GET", "/results/nope", None, 404, "not_found"),
    ("GET", "/results/nope.csv", None, 404, "not_found"),
    ("GET", "/results/nope?limit=0", None, 422, "invalid"),
    ("GET", "/chat/conversations/nope", None, 404, "not_found"),
    ("PATCH", "/chat/conversations/nope", {"title": "x"}, 404, "not_found"),
    ("DELETE", "/chat/conversations/nope", None, 404, "not_found"),
    ("GET", "/databases/nope", None, 404, "not_found"),
    ("GET", "/databases/nope/catalog", None, 404, "not_found"),
    ("POST", "/databases/nope/test", None, 404, "not_found"),
    ("POST", "/databases/nope/default", None, 404, "not_found"),
    ("PUT", "/databases/nope", {"url": "sqlite:///x.db"}, 404, "not_found"),
    ("DELETE", "/databases/nope", None, 404, "not_found"),
    ("POST", "/databases", {"name": "/", "url": "sqlite:///x.db"}, 400, "bad_input"),
    ("POST", "/databases", {"name": "x", "url": "x"}, 400, "bad_input"),
    ("POST", "/system/initialize", {"database_url": "oracle://x"}, 400, "bad_input"),
    ("POST", "/system/initialize", {"database_url": "postgresql://u:canary@127.0.0.1:1/x"}, 503, "upstream_failed"),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "code"), ROUTES, ids=lambda each: str(each)[:40])
async def test_every_error_has_one_shape(
    client: httpx2.AsyncClient, method: str, path: str, body: Any, status: int, code: str
):
    content = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    response = await client.request(method, path, content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == status, response.text
    error = response.json()["error"]
    assert set(error) == {"code", "message", "hint", "documentation"}
    assert error["code"] == code
    assert len(error["message"]) > 10
    assert "canary" not in response.text
    assert "Traceback" not in response.text


async def test_a_wrong_field_is_named(client: httpx2.AsyncClient):
    response = await client.post("/chat", json={"message": "x", "databse": "shop"})
    assert "`databse`" in response.json()["error"]["message"]


async def test_a_form_is_told_what_to_send(client: httpx2.AsyncClient):
    response = await client.post("/chat", data={"message": "hello"})
    assert response.status_code == 422
    assert "application/json" in response.json()["error"]["hint"]


async def test_a_body_without_a_length_is_cut_off_too(client: httpx2.AsyncClient):
    async def endless():
        for _ in range(40):
            yield b"x" * 50_000

    response = await client.post("/chat", content=endless(), headers={"Content-Type": "application/json"})
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


async def test_what_is_too_large_is_refused_before_it_is_read(server: Server):
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = "POST /api/v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n"
    writer.write(head.encode())
    assert b"413" in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


def test_the_table_knows_every_error():
    kinds = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, DataChatError)]
    assert set(kinds) < set(STATUS)
    found = {kind.__name__: status_of(kind("x")) for kind in kinds}
    assert found == {
        "DataChatError": 500,
        "UserError": 400,
        "SetupError": 503,
        "NotFoundError": 404,
        "StaleError": 409,
        "RefusedError": 403,
        "UpstreamError": 503,
        "StatementError": 400,
        "LimitError": 429,
    }


@pytest.mark.parametrize(
    ("code", "status"), [("bad_input", 400), ("timeout", 429), ("limit", 429), ("not_set_up", 503), ("lost", 503)]
)
def test_an_answer_is_judged_by_the_code_of_its_error(code: str, status: int):
    assert status_of_code(code) == status


@pytest.mark.parametrize("error", [UserError("wrong"), SetupError("no"), StaleError("late"), UpstreamError("down")])
async def test_an_expected_error_has_its_status(error: DataChatError):
    response = await raised(error)
    assert response.status_code == STATUS[type(error)]
    assert response.json()["error"]["message"] == error.message
    assert ("retry-after" in response.headers) == (response.status_code == 503)


async def test_an_unexpected_error_shows_nothing_of_itself(caplog: pytest.LogCaptureFixture):
    response = await raised(KeyError("secret-canary"))
    assert response.status_code == 500
    error = response.json()["error"]
    assert error["code"] == "internal"
    assert "canary" not in response.text
    number = error["message"].split("(")[1].split(")")[0]
    assert number in caplog.text
    assert "KeyError" in caplog.text


async def raised(error: Exception) -> httpx2.Response:
    """What becomes of an error that an address raises."""
    app = FastAPI()
    install(app)

    @app.get("/")
    async def fail() -> None:
        raise error

    assert fail
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return await client.get("/")
