"""Vectors of texts: what an embedding offers, and one that needs neither a model nor a network."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import sqrt
from typing import Protocol, runtime_checkable
from zlib import crc32

from knowledge.words import lexicon, split, terms

DIMENSIONS = 256

WORD, WEAK_WORD, NEAR_WORD, LETTERS = 1.0, 0.3, 0.35, 0.4
"""What a word weighs in its text: itself, one of arithmetic, one that people use for it, three letters of it."""


@runtime_checkable
class Embedding(Protocol):
    """Turns texts into vectors; `name` changes whenever vectors would."""

    name: str

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector of length 1 for each text; raises UpstreamError or LimitError."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


class LexicalEmbedding:
    """Hashed words and letters: alike texts share words or parts of words. The same everywhere and always."""

    name = "lexical:1"

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector of length 1 for each text."""
        return [lexical_vector(text) for text in texts]

    async def close(self) -> None:
        """Nothing is open."""


def lexical_vector(text: str) -> list[float]:
    """The sum of the text's words, of length 1; zeros where it has none."""
    vector = [0.0] * DIMENSIONS
    silent = lexicon().silent
    for term in {term for word in split(text) if word not in silent for term in terms(word)}:
        for place, weight in _features(term):
            vector[place] += weight
    length = sqrt(sum(each * each for each in vector))
    return [each / length for each in vector] if length else vector


@lru_cache(maxsize=50_000)
def _features(term: str) -> tuple[tuple[int, float], ...]:
    """Where a word stands in a vector: half of the places count down, so that chance meetings cancel out."""
    weight = WEAK_WORD if term in lexicon().weak else WORD
    near = ((each, NEAR_WORD) for each in lexicon().near.get(term, ()))
    return tuple(_hashed([(term, weight), *near, *((f"#{each}", LETTERS * weight) for each in _letters(term))]))


def _letters(term: str) -> Iterator[str]:
    edged = f"^{term}$"
    return (edged[place : place + 3] for place in range(len(edged) - 2))


def _hashed(features: Iterable[tuple[str, float]]) -> Iterator[tuple[int, float]]:
    for text, weight in features:
        number = crc32(text.encode(errors="replace"))
        yield number % DIMENSIONS, weight if number >> 31 else -weight
