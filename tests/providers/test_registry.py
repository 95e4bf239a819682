import asyncio
import subprocess
import sys

import pytest

from core.errors import SetupError, UserError
from core.values import Limits, Message
from providers.registry import Models, open_model, providers
from tests.providers.fake_server import FakeServer


def test_providers_are_the_files_beside_the_registry() -> None:
    assert providers() == ["openai", "scripted"]


@pytest.mark.parametrize("name", ["", "gpt-5", "openai:", ":gpt-5", "openia:gpt-5", "base:x", "registry:x", "../x:y"])
def test_a_name_that_leads_nowhere_is_refused_with_the_ones_that_do(name: str) -> None:
    with pytest.raises(UserError) as raised:
        open_model(name)
    assert "openai, scripted" in raised.value.hint
    assert raised.value.code == "unknown_model"


def test_a_model_name_may_hold_colons() -> None:
    assert open_model("openai:llama3:8b", base_url="http://localhost:11434/v1").name == "openai:llama3:8b"


def test_opening_a_model_imports_no_client() -> None:
    code = (
        "import sys; from providers.registry import open_model; open_model('openai:m', api_key='k');"
        "sys.exit(any(name in sys.modules for name in ('openai', 'langchain_core', 'langchain_openai', 'httpx2')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_models_are_opened_once_and_asked_with_the_questions_own_key(server: FakeServer) -> None:
    models = Models(base_url=server.url, api_key="house")
    for key in (None, "guest", None):
        model = await models.get("openai:gpt-test", api_key=key)
        await model.reply([Message(role="user", text="?")], limits=Limits())
    assert server.keys == ["house", "guest", "house"]
    assert server.connections == 1
    await models.close()


async def test_a_guests_key_is_not_lent_to_others() -> None:
    models = Models()
    await models.get("openai:gpt-test", api_key="guest")
    model = await models.get("openai:gpt-test")
    with pytest.raises(SetupError):
        await model.reply([Message(role="user", text="?")], limits=Limits())
    await models.close()


async def test_names_without_end_do_not_pile_up(server: FakeServer) -> None:
    models = Models(base_url=server.url)
    for number in range(40):
        model = await models.get(f"openai:m{number}")
        await model.reply([Message(role="user", text="?")], limits=Limits())
    assert server.connections == 40
    assert (await models.get("openai:m0")).name == "openai:m0"
    await models.close()
    # every connection was closed by its owner
    async with asyncio.timeout(2):
        while server.gone < 40:
            await asyncio.sleep(0.01)
