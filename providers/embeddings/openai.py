"""Embeddings behind OpenAI's protocol, whoever serves them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.errors import SetupError, UpstreamError, UserError

if TYPE_CHECKING:
    import openai

AT_ONCE = 100
"""So many texts go into one request."""

SECONDS, RETRIES = 20.0, 1


def open_embedding(name: str, *, base_url: str | None, api_key: str | None) -> "OpenAIEmbedding":
    """An embedding of OpenAI, or of any server that speaks its protocol at `base_url`."""
    return OpenAIEmbedding(name, base_url=base_url, api_key=api_key)


class OpenAIEmbedding:
    """One model of one server."""

    def __init__(self, name: str, *, base_url: str | None, api_key: str | None) -> None:
        self.name = name
        self._model = name.partition(":")[2]
        self._base_url, self._api_key = base_url, api_key
        self._client: openai.AsyncOpenAI | None = None

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text; raises UpstreamError, or UserError for a refused key."""
        client = self._client or self._connect()
        found: list[list[float]] = []
        for start in range(0, len(texts), AT_ONCE):
            found += await self._some(client, texts[start : start + AT_ONCE])
        return found

    async def close(self) -> None:
        """Close the connections."""
        if self._client:
            await self._client.close()

    def _connect(self) -> "openai.AsyncOpenAI":
        import openai

        if not self._api_key and not self._base_url:
            raise SetupError("The embedding provider needs a key.", hint="Set OPENAI_API_KEY.")
        self._client = openai.AsyncOpenAI(
            base_url=self._base_url, api_key=self._api_key or "none", timeout=SECONDS, max_retries=RETRIES
        )
        return self._client

    async def _some(self, client: "openai.AsyncOpenAI", texts: Sequence[str]) -> list[list[float]]:
        import openai

        try:
            reply = await client.embeddings.create(model=self._model, input=list(texts), encoding_format="float")
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise UserError("The embedding provider refused the key.", hint="Check OPENAI_API_KEY.") from error
        except (openai.OpenAIError, ValueError) as error:
            kind = type(error).__name__
            raise UpstreamError(f"The embedding provider failed ({kind}).", hint="Try again later.") from error
        vectors = [list(each.embedding) for each in sorted(reply.data, key=lambda each: each.index)]
        if len(vectors) != len(texts):
            raise UpstreamError("The embedding provider sent too few vectors.", hint="Try another model.")
        return vectors
