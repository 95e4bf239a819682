from collections.abc import AsyncIterator, Callable

import pytest

from providers.openai import OpenAIModel
from providers.registry import open_model
from tests.providers.fake_server import FakeServer, fake_server

Opening = Callable[..., OpenAIModel]


@pytest.fixture
async def server() -> AsyncIterator[FakeServer]:
    async with fake_server() as fake:
        yield fake


@pytest.fixture
async def opening() -> AsyncIterator[Opening]:
    """Opens models, and closes them after the test."""
    opened: list[OpenAIModel] = []

    def open_one(**options: object) -> OpenAIModel:
        model = open_model("openai:gpt-test", **options)  # type: ignore[arg-type]
        assert isinstance(model, OpenAIModel)
        opened.append(model)
        return model

    yield open_one
    for model in opened:
        await model.close()


@pytest.fixture
def model(server: FakeServer, opening: Opening) -> OpenAIModel:
    return opening(base_url=server.url, api_key="sk-canary-1234")
