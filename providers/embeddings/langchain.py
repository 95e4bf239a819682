"""Embeddings of every other provider, through its package for LangChain."""

import asyncio
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from core.errors import SetupError, UpstreamError, UserError

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

_CLASSES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "azure_openai": ("langchain_openai", "AzureOpenAIEmbeddings", "model"),
        "bedrock": ("langchain_aws", "BedrockEmbeddings", "model_id"),
        "cohere": ("langchain_cohere", "CohereEmbeddings", "model"),
        "google_genai": ("langchain_google_genai", "GoogleGenerativeAIEmbeddings", "model"),
        "google_vertexai": ("langchain_google_vertexai", "VertexAIEmbeddings", "model_name"),
        "huggingface": ("langchain_huggingface", "HuggingFaceEmbeddings", "model_name"),
        "mistralai": ("langchain_mistralai", "MistralAIEmbeddings", "model"),
        "ollama": ("langchain_ollama", "OllamaEmbeddings", "model"),
        "voyageai": ("langchain_voyageai", "VoyageAIEmbeddings", "model"),
    }
)
"""Package, class, and how the class calls its model."""

SECONDS = 20.0


def open_embedding(name: str, *, base_url: str | None, api_key: str | None) -> "LangChainEmbedding":
    """The embedding; its key is read from where its package looks. Raises UserError or SetupError."""
    prefix, _, model = name.partition(":")
    if prefix not in _CLASSES:
        known = ", ".join(["openai", *_CLASSES])
        raise UserError(
            f"unknown embedding provider `{prefix}`", hint=f"Providers are {known}.", code="unknown_embedding"
        )
    package, kind, keyword = _CLASSES[prefix]
    try:
        made = getattr(import_module(package), kind)
    except ModuleNotFoundError:
        wanted = package.replace("_", "-")
        raise SetupError(f"The package {wanted} is not installed.", hint=f"Run: pip install {wanted}") from None
    try:
        return LangChainEmbedding(name, cast("Embeddings", made(**{keyword: model})))
    except ValueError as error:
        raise SetupError(f"The embedding `{name}` cannot be opened.", hint="Check its key and model name.") from error


class LangChainEmbedding:
    """An embedding of LangChain in the house's words."""

    def __init__(self, name: str, embeddings: "Embeddings") -> None:
        self.name = name
        self._embeddings = embeddings

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text; raises UpstreamError, whatever the package raised."""
        asked = asyncio.create_task(self._embeddings.aembed_documents(list(texts)))
        await asyncio.wait([asked], timeout=SECONDS)
        if not asked.done():
            asked.cancel()
            raise UpstreamError("The embedding provider did not answer in time.", hint="Try again later.")
        failure = asked.exception()
        if failure:
            kind = type(failure).__name__
            raise UpstreamError(f"The embedding provider failed ({kind}).", hint="Check its key and model name.")
        return asked.result()

    async def close(self) -> None:
        """LangChain keeps its connections to itself."""
