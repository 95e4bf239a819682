"""What every provider owes the nodes, whichever it is."""

import json
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest
import yaml

from core.errors import LimitError, UpstreamError, UserError
from core.ports import ChatModel
from core.values import Limits, Message
from providers.registry import open_model, providers
from sql.draft import SCHEMA
from tests.providers.conftest import Opening
from tests.providers.fake_server import Behaviour, FakeServer

TEXT = json.dumps({"sql": "SELECT count(*) FROM customers", "confidence": 0.9, "assumptions": ["é ✓"]})
ASKED = [
    Message(role="system", text="Write SQL."),
    Message(role="user", text="How many?"),
    Message(role="assistant", text="What?"),
    Message(role="user", text="How many customers?"),
]
LIMITS = Limits(model_seconds=5)

Told = dict[str, object]
Make = Callable[[Sequence[Told]], Awaitable[ChatModel]]


@pytest.fixture(params=providers())
def make(request: pytest.FixtureRequest, server: FakeServer, opening: Opening, tmp_path: Path) -> Make:
    """Makes a model of each provider that behaves as told: `text`, `seconds`, `complete`, `fail`."""

    async def openai(told: Sequence[Told]) -> ChatModel:
        server.then(*map(_behaviour, told))
        model = opening(base_url=server.url, api_key="k", price=(1.0, 1.0))
        await model.prepare()
        return model

    async def scripted(told: Sequence[Told]) -> ChatModel:
        lines = [{**each, "times": 1} if place < len(told) - 1 else each for place, each in enumerate(told)]
        path = tmp_path / "script.yaml"
        path.write_text(yaml.safe_dump({"replies": lines}))
        return open_model(f"scripted:{path}", price=(1.0, 1.0))

    return {"openai": openai, "scripted": scripted}[request.param]


def _behaviour(told: Told) -> Behaviour:
    status = {"passing": 503, "failed": 418, "refused": 401}.get(str(told.get("fail")), 200)
    finish = "stop" if told.get("complete", True) else "length"
    seconds = told.get("seconds", 0.0)
    assert isinstance(seconds, float)
    return Behaviour(text=str(told.get("text", "")), seconds=seconds, status=status, finish=finish)


async def test_a_reply(make: Make) -> None:
    model = await make([{"text": TEXT}])
    told: list[str] = []
    reply = await model.reply(ASKED, schema=SCHEMA, on_token=told.append, limits=LIMITS)
    assert isinstance(model, ChatModel)
    assert reply.text == TEXT == "".join(told)
    assert len(told) > 1
    assert reply.complete
    assert reply.usage.llm_calls == 1
    assert reply.usage.prompt_tokens > 0
    assert reply.usage.completion_tokens > 0
    assert reply.usage.cost_usd is not None
    assert reply.usage.cost_usd > 0
    assert (await model.reply(ASKED, limits=LIMITS)).text == TEXT


async def test_a_reply_that_was_cut(make: Make) -> None:
    model = await make([{"text": TEXT[:20], "complete": False}])
    assert not (await model.reply(ASKED, limits=LIMITS)).complete


async def test_time_runs_out(make: Make) -> None:
    model = await make([{"text": TEXT, "seconds": 30.0}])
    started = time.perf_counter()
    with pytest.raises(LimitError, match=r"within 0\.3 s"):
        await model.reply(ASKED, limits=Limits(model_seconds=0.3))
    assert time.perf_counter() - started < 5


async def test_size_runs_out(make: Make) -> None:
    model = await make([{"text": "x" * 2_000}])
    with pytest.raises(LimitError, match="longer than 1,000 bytes"):
        await model.reply(ASKED, limits=Limits(model_bytes=1_000))


async def test_what_passes_is_tried_again(make: Make) -> None:
    model = await make([{"fail": "passing"}, {"fail": "passing"}, {"text": TEXT}])
    assert (await model.reply(ASKED, limits=LIMITS)).text == TEXT


async def test_three_tries_and_no_more(make: Make) -> None:
    model = await make([{"fail": "passing"}, {"fail": "passing"}, {"fail": "passing"}, {"text": TEXT}])
    with pytest.raises(UpstreamError) as raised:
        await model.reply(ASKED, limits=LIMITS)
    assert raised.value.hint
    assert (await model.reply(ASKED, limits=LIMITS)).text == TEXT


@pytest.mark.parametrize(("fail", "error"), [("failed", UpstreamError), ("refused", UserError)])
async def test_what_does_not_pass_is_said_at_once(make: Make, fail: str, error: type[Exception]) -> None:
    model = await make([{"fail": fail}, {"text": TEXT}])
    with pytest.raises(error):
        await model.reply(ASKED, limits=LIMITS)
    assert (await model.reply(ASKED, limits=LIMITS)).text == TEXT
