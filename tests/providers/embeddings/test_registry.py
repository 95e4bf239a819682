import pytest

from core.errors import SetupError, UpstreamError, UserError
from providers.embeddings.registry import open_embedding


@pytest.mark.parametrize("name", ["openai", "openai:", ":model", "", "no where:x"])
def test_an_incomplete_name_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="does not name an embedding provider"):
        open_embedding(name)


@pytest.mark.parametrize("name", ["nobody:model", "registry:model"])
def test_an_unknown_provider_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(UserError) as caught:
        open_embedding(name)
    assert "openai" in caught.value.hint


def test_a_missing_package_is_named() -> None:
    with pytest.raises(SetupError, match="langchain-voyageai is not installed"):
        open_embedding("voyageai:voyage-3")


async def test_a_server_that_is_down_fails_upstream() -> None:
    embedding = open_embedding("openai:any", base_url="http://127.0.0.1:9/v1")
    with pytest.raises(UpstreamError):
        await embedding.embed(["text"])
    await embedding.close()


async def test_a_missing_key_is_said() -> None:
    with pytest.raises(SetupError, match="needs a key"):
        await open_embedding("openai:any").embed(["text"])
