"""Opens embeddings by their names, `prefix:model`: the prefix is a file beside this one, or a package of LangChain."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from core.errors import UserError


class OpenEmbedding(Protocol):
    """An embedding; `name` changes whenever vectors would."""

    name: str

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text; raises UpstreamError."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


class _Provider(Protocol):
    """What every file of a provider offers."""

    def open_embedding(self, name: str, *, base_url: str | None, api_key: str | None) -> OpenEmbedding: ...


def open_embedding(name: str, *, base_url: str | None = None, api_key: str | None = None) -> OpenEmbedding:
    """The embedding called `prefix:model`. Nothing is connected before it is first used.

    Raises UserError for an incomplete name and SetupError where a package is missing.
    """
    prefix, _, model = name.strip().partition(":")
    if not prefix.isidentifier() or not model:
        raise UserError(
            f"`{name}` does not name an embedding provider and a model.",
            hint="Write `provider:model`, e.g. `openai:text-embedding-3-small`.",
            code="unknown_embedding",
        )
    ours = find_spec(f"providers.embeddings.{prefix}") is not None and prefix not in ("registry", "langchain")
    module = import_module(f"providers.embeddings.{prefix if ours else 'langchain'}")
    return cast("_Provider", module).open_embedding(name, base_url=base_url, api_key=api_key)
