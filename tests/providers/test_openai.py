import asyncio
import contextlib
import json
import resource
import socket
import time
from typing import Any

import pytest

from core.errors import LimitError, SetupError, UpstreamError, UserError
from core.values import Limits, Message, Reply
from providers.base import PassingError
from providers.openai import WIRE_BYTES, OpenAIModel
from providers.registry import open_model
from sql.draft import SCHEMA
from tests.providers.conftest import Opening
from tests.providers.fake_server import Behaviour, FakeServer

ASKED = [Message(role="system", text="You write SQL."), Message(role="user", text="How many?")]
LIMITS = Limits(model_seconds=5)
SHORT = Limits(model_seconds=0.6)


async def ask(model: OpenAIModel, limits: Limits = LIMITS, told: list[str] | None = None) -> Reply:
    return await model.reply(ASKED, schema=SCHEMA, on_token=told.append if told is not None else None, limits=limits)


async def test_a_reply_is_told_as_it_comes_and_counted_by_the_server(model: OpenAIModel, server: FakeServer) -> None:
    told: list[str] = []
    reply = await ask(model, told=told)
    assert reply.text == "".join(told) == '{"sql": "SELECT 1"}'
    assert len(told) > 1
    assert reply.complete
    assert (reply.usage.llm_calls, reply.usage.prompt_tokens, reply.usage.completion_tokens) == (1, 100, 20)
    assert reply.usage.cost_usd is None
    assert reply.usage.ms > 0
    asked = server.asked[0]
    assert asked["model"] == "gpt-test"
    assert asked["messages"][1] == {"role": "user", "content": "How many?"}
    assert asked["response_format"]["type"] == "json_schema"
    assert asked["response_format"]["json_schema"]["schema"]["properties"]["sql"] == {"type": "string"}


async def test_without_a_schema_none_is_asked_for(model: OpenAIModel, server: FakeServer) -> None:
    await model.reply(ASKED, limits=LIMITS)
    assert "response_format" not in server.asked[0]
    assert server.asked[0]["stream_options"] == {"include_usage": True}


async def test_usage_is_estimated_where_the_server_counts_nothing(model: OpenAIModel, server: FakeServer) -> None:
    server.then(Behaviour(counts=False))
    usage = (await ask(model)).usage
    assert 0 < usage.prompt_tokens < 20
    assert 0 < usage.completion_tokens < 20


async def test_a_price_becomes_a_cost(server: FakeServer, opening: Opening) -> None:
    model = opening(base_url=server.url, price=(2.0, 10.0))
    reply = await model.reply(ASKED, limits=LIMITS)
    assert reply.usage.cost_usd == pytest.approx((100 * 2 + 20 * 10) / 1e6)


async def test_connections_are_kept_and_keys_are_not_mixed_up(model: OpenAIModel, server: FakeServer) -> None:
    for number in range(40):
        await model.with_key(f"key-{number}").reply(ASKED, limits=LIMITS)
    await ask(model)
    assert server.keys == [f"key-{number}" for number in range(40)] + ["sk-canary-1234"]
    assert server.connections == 1
    several = [model.with_key(f"many-{number}").reply(ASKED, limits=LIMITS) for number in range(20)]
    await asyncio.gather(*several)
    assert sorted(server.keys[41:]) == sorted(f"many-{number}" for number in range(20))


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_what_passes_is_tried_again(model: OpenAIModel, server: FakeServer, status: int) -> None:
    server.then(Behaviour(status=status), Behaviour(status=status), Behaviour())
    assert (await ask(model)).complete
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_three_tries_and_no_more(model: OpenAIModel, server: FakeServer, status: int) -> None:
    server.then(Behaviour(status=status))
    with pytest.raises(PassingError, match=f"127.0.0.1.* answered {status}") as raised:
        await ask(model)
    assert len(server.asked) == 3
    assert raised.value.code == ("model_busy" if status == 429 else "model_failed")


async def test_retry_after_is_honoured(model: OpenAIModel, server: FakeServer) -> None:
    server.then(Behaviour(status=429, headers=(("retry-after", "0.7"),)), Behaviour())
    started = time.perf_counter()
    await ask(model)
    assert 0.7 <= time.perf_counter() - started < 10


@pytest.mark.parametrize("asked", ["3600", "Wed, 21 Oct 2099 07:28:00 GMT"])
async def test_a_wait_beyond_the_limit_fails_at_once(model: OpenAIModel, server: FakeServer, asked: str) -> None:
    server.then(Behaviour(status=429, headers=(("retry-after", asked),)))
    started = time.perf_counter()
    with pytest.raises(UpstreamError, match="429"):
        await ask(model)
    assert time.perf_counter() - started < 5
    assert len(server.asked) == 1


async def test_used_up_quota_is_not_tried_again(model: OpenAIModel, server: FakeServer) -> None:
    server.then(Behaviour(status=429, error={"message": "You exceeded your quota.", "code": "insufficient_quota"}))
    with pytest.raises(UpstreamError, match="exceeded your quota"):
        await ask(model)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "code", "hint"),
    [(401, "model_unauthorized", "OPENAI_API_KEY"), (403, "model_forbidden", "KEY"), (404, "unknown_model", "MODEL")],
)
async def test_what_a_person_must_mend_names_the_setting_and_never_the_key(
    model: OpenAIModel, server: FakeServer, status: int, code: str, hint: str
) -> None:
    server.then(Behaviour(status=status, error={"message": "Incorrect API key provided: sk-canary-1234."}))
    with pytest.raises(UserError) as raised:
        await ask(model)
    error = raised.value
    assert error.code == code
    assert hint in error.hint
    assert "sk-canary" not in error.message + error.hint + repr(error.__cause__)
    assert len(server.asked) == 1


async def test_the_key_is_cut_out_of_the_servers_words(model: OpenAIModel, server: FakeServer) -> None:
    server.then(Behaviour(status=400, error={"message": "bad request by sk-canary-1234"}))
    with pytest.raises(UpstreamError, match=r"bad request by \*\*\*"):
        await ask(model)


async def test_a_key_is_asked_for_where_there_is_none(server: FakeServer, opening: Opening) -> None:
    server.then(Behaviour(status=401))
    model = opening(base_url=server.url)
    with pytest.raises(UserError, match="asks for an API key"):
        await model.reply(ASKED, limits=LIMITS)


@pytest.mark.parametrize(("refused", "kept"), [("response_format", "stream_options"), ("stream_options", "model")])
async def test_a_form_that_a_server_refuses_is_not_used_again(
    model: OpenAIModel, server: FakeServer, refused: str, kept: str
) -> None:
    server.then(Behaviour(refuses=refused))
    assert (await ask(model)).text
    first = len(server.asked)
    assert (await ask(model)).text
    assert len(server.asked) == first + 1
    assert refused not in server.asked[-1]
    assert kept in server.asked[-1]


async def test_a_request_that_is_wrong_in_every_form_is_told_once_and_forgotten(
    model: OpenAIModel, server: FakeServer
) -> None:
    server.then(Behaviour(status=400, error={"message": "max_tokens is too large"}))
    with pytest.raises(UpstreamError, match="max_tokens is too large"):
        await ask(model)
    server.then(Behaviour())
    await ask(model)
    assert "response_format" in server.asked[-1]


async def test_a_prompt_beyond_the_models_window_is_a_limit(model: OpenAIModel, server: FakeServer) -> None:
    error = {"message": "maximum context length exceeded", "code": "context_length_exceeded"}
    server.then(Behaviour(status=400, error=error))
    with pytest.raises(LimitError, match="too long for the model"):
        await ask(model)


async def test_a_server_that_is_absent(opening: Opening) -> None:
    model = opening(base_url="http://127.0.0.1:9/v1")
    with pytest.raises(UpstreamError, match=r"127\.0\.0\.1:9 failed") as raised:
        await model.reply(ASKED, limits=LIMITS)
    assert "OPENAI_BASE_URL" in raised.value.hint


async def test_a_host_that_drops_packets(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("providers.openai.CONNECT_SECONDS", 0.3)
    with contextlib.ExitStack() as stack:
        # a listener whose queue is full lets further packets fall
        full = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        model = opening(base_url=f"http://127.0.0.1:{full.getsockname()[1]}/v1")
        await model.prepare()
        started = time.perf_counter()
        with pytest.raises(UpstreamError, match=r"did not answer within 0\.3 s"):
            await model.reply(ASKED, limits=LIMITS)
    assert time.perf_counter() - started < 5


async def test_variables_that_only_the_library_knows_change_nothing(
    server: FakeServer, opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_PROXY", "OPENAI_API_BASE", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
    assert (await opening(base_url=server.url, api_key="ours").reply(ASKED, limits=LIMITS)).complete
    assert server.keys == ["ours"]


@pytest.mark.parametrize(
    "slow",
    [
        Behaviour(seconds=60),
        Behaviour(drip=0.2),
        Behaviour(drip=0.2, status=200, body=b"data: " + b"x" * 99),
        Behaviour(finish=None, forever=b": still thinking\n\n", drip=0.01),
    ],
    ids=["silent", "drip", "drip without events", "never ends"],
)
async def test_time_runs_out(model: OpenAIModel, server: FakeServer, slow: Behaviour) -> None:
    server.then(slow)
    started = time.perf_counter()
    with pytest.raises(LimitError, match=r"within 0\.6 s") as raised:
        await ask(model, SHORT)
    assert raised.value.code == "model_timeout"
    assert time.perf_counter() - started < 5
    server.then(Behaviour())
    assert (await ask(model)).complete


@pytest.mark.parametrize(
    "long",
    [
        Behaviour(text="x" * 10_000_000, piece=10_000_000),
        Behaviour(text="x" * 1_000_000, piece=1_000),
        Behaviour(body=b"", forever=b"y" * 65_536),
        Behaviour(body=b"", forever=(b'data: {"padding": "%b"}\n\n' % (b"z" * 1_000)) * 20),
    ],
    ids=["10 MB at once", "1 MB in pieces", "no line break ever", "empty events for ever"],
)
async def test_size_runs_out(model: OpenAIModel, server: FakeServer, long: Behaviour) -> None:
    await ask(model)
    server.then(long)
    before = peak_mb()
    with pytest.raises(LimitError, match="longer than") as raised:
        await ask(model, Limits(model_seconds=20))
    assert raised.value.code == "model_bytes"
    # the server keeps the 10 MB three times in this same process
    assert peak_mb() - before < 50 + len(long.text) * 3 / 1e6
    server.then(Behaviour())
    assert (await ask(model)).complete


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _event(data: object) -> bytes:
    return f"data: {json.dumps(data)}\n\n".encode()


GARBAGE: dict[str, bytes] = {
    "html": b"<html><body>Gateway</body></html>",
    "broken json": b'data: {"choices": [{"delta"\n\n',
    "not an object": _event([1, 2, 3]),
    "choices of another shape": _event({"choices": "none"}),
    "delta of another shape": _event({"choices": [{"delta": 5, "finish_reason": None}]}),
    "no delta": _event({"choices": [{"index": 0}]}),
    "content of another shape": _event({"choices": [{"index": 0, "delta": {"content": {"a": 1}}}]}),
    "deep": b"data: " + b'{"a":' * 100_000 + b"\n\n",
    "bytes": b"data: \xff\xfe\x00\n\n",
    "nothing": b"",
    "only done": b"data: [DONE]\n\n",
}


@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE.keys())
async def test_garbage_is_said_to_be_so(model: OpenAIModel, server: FakeServer, body: bytes) -> None:
    server.then(Behaviour(body=body))
    with pytest.raises(UpstreamError):
        await ask(model, told=[])
    server.then(Behaviour())
    assert (await ask(model)).complete


async def test_an_error_event_is_an_error(model: OpenAIModel, server: FakeServer) -> None:
    server.then(Behaviour(body=_event({"error": {"message": "overloaded"}})), Behaviour())
    assert (await ask(model)).complete


async def test_nul_and_surrogates_arrive_as_text(model: OpenAIModel, server: FakeServer) -> None:
    server.then(Behaviour(text="a\x00\ud800b"))
    assert "a" in (await ask(model)).text


@pytest.mark.parametrize("finish", ["length", "content_filter", None])
async def test_a_reply_that_was_cut_is_not_complete(model: OpenAIModel, server: FakeServer, finish: str | None) -> None:
    server.then(Behaviour(finish=finish))
    assert not (await ask(model)).complete


async def test_a_tool_that_nobody_offered_is_not_called(model: OpenAIModel, server: FakeServer) -> None:
    server.then(Behaviour(tool="run_sql", finish="tool_calls"))
    with pytest.raises(UpstreamError, match="empty reply"):
        await ask(model)


async def test_a_broken_connection_is_tried_again_until_tokens_were_told(
    model: OpenAIModel, server: FakeServer
) -> None:
    server.then(Behaviour(reset_after=2), Behaviour())
    assert (await ask(model)).complete
    server.then(Behaviour(reset_after=2), Behaviour())
    told: list[str] = []
    with pytest.raises(UpstreamError, match="connection"):
        await ask(model, told=told)
    assert told == ['{"sql": ']


async def test_a_cancelled_question_leaves_the_server(model: OpenAIModel, server: FakeServer) -> None:
    server.then(Behaviour(drip=0.05))
    task = asyncio.create_task(ask(model))
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(2):
        while not server.gone:
            await asyncio.sleep(0.01)


async def test_keys_and_addresses_stay_out_of_what_is_shown(server: FakeServer, opening: Opening) -> None:
    address = server.url.replace("http://", "http://user:hunter2@")
    model = opening(base_url=address, api_key="sk-canary-1234")
    server.then(Behaviour(status=401))
    with pytest.raises(UserError) as raised:
        await model.reply(ASKED, limits=LIMITS)
    shown = repr(model) + str(vars(model)["_server"]) + raised.value.message + raised.value.hint
    assert "hunter2" not in shown
    assert "canary" not in shown


@pytest.mark.parametrize(
    "options",
    [
        {"base_url": "localhost:8000"},
        {"base_url": "ftp://models/v1"},
        {"base_url": "http://[models/v1"},
        {"base_url": "http://models:port/v1"},
        {"base_url": "http://models/v1", "api_key": "sk-\n1"},
        {"base_url": "http://models/v1", "api_key": "schlüssel"},
    ],
)
def test_settings_that_cannot_be_right(options: dict[str, Any]) -> None:
    with pytest.raises(UserError) as raised:
        open_model("openai:gpt-test", **options)
    assert "OPENAI_" in raised.value.hint


async def test_openai_itself_needs_a_key() -> None:
    with pytest.raises(SetupError, match="no key for OpenAI"):
        await open_model("openai:gpt-test").reply(ASKED, limits=LIMITS)


def test_the_limit_on_the_wire_leaves_room_for_the_wrapping() -> None:
    assert 20 * Limits().model_bytes <= WIRE_BYTES
