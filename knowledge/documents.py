"""Tables and DataPoints as documents: what is indexed of them, kept up to date with as little work as possible."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple, Protocol

from core.catalog import Table
from core.datapoint import DataPoint
from core.errors import DataChatError
from knowledge.embedding import Embedding
from knowledge.facts import terms_of
from knowledge.words import name_terms

TABLE, DATAPOINT = "table", "datapoint"
BATCH = 500
"""So many documents are embedded and written at once; a killed process loses no more work than that."""

TEXT_CHARACTERS = 4_000
RECIPE = b"1"
"""Changes when the same table or DataPoint would be indexed differently."""

ABSENT = "none"
"""What a document is embedded by while the provider is down."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to find: `names` count more than the rest of its `text`."""

    kind: str
    id: str
    names: str
    text: str

    @property
    def checksum(self) -> bytes:
        """Changes with what is indexed."""
        together = blake2b(RECIPE, digest_size=16)
        for each in (self.names, self.text):
            together.update(each.encode(errors="replace") + b"\0")
        return together.digest()

    def words(self) -> Mapping[str, str]:
        """Its lexemes with their weights."""
        rest = dict.fromkeys(terms_of(self.text), "C")
        return rest | dict.fromkeys(name_terms(self.names), "A")


class Kept(NamedTuple):
    """What an indexing did; `embedded` is False where vectors are still missing."""

    written: int
    removed: int
    embedded: bool = True


class Row(NamedTuple):
    """A document as it is kept."""

    kind: str
    id: str
    checksum: bytes
    words: Mapping[str, str]
    embedded_by: str
    vector: Sequence[float] | None


class Store(Protocol):
    """Where documents are kept."""

    async def checksums(self, key: str) -> Mapping[tuple[str, str], tuple[bytes, str]]:
        """Of every document its checksum, and by what it was embedded."""
        ...

    async def write(self, key: str, rows: Sequence[Row]) -> None:
        """Keep documents, instead of those of the same kind and id."""
        ...

    async def remove(self, key: str, gone: Iterable[tuple[str, str]] | None = None) -> None:
        """Forget documents."""
        ...

    async def mark(self, key: str) -> str:
        """What the last finished indexing was marked with."""
        ...

    async def set_mark(self, key: str, mark: str) -> None:
        """Note that everything is there."""
        ...


def of_table(table: Table) -> Document:
    """A table by its name, then schema, columns and comments."""
    columns = (f"{column.name} {column.comment or ''}" for column in table.columns)
    text = "\n".join([table.name, table.schema, table.comment or "", *columns])
    return Document(TABLE, str(table.full_name), table.name, text[:TEXT_CHARACTERS])


def of_datapoint(datapoint: DataPoint) -> Document:
    """A DataPoint by its name and synonyms, then all its words."""
    names = " ".join([datapoint.name, *datapoint.synonyms])
    return Document(DATAPOINT, datapoint.id, names, datapoint.text()[:TEXT_CHARACTERS])


async def keep(store: Store, key: str, documents: Sequence[Document], embedding: Embedding, *, mark: str) -> Kept:
    """Write what is new or changed, remove what is gone; the next call finishes what a killed process began.

    While the embedding provider is down, documents are kept without vectors and embedded by a later call.
    """
    there = await store.checksums(key)
    wanted = {(each.kind, each.id): each for each in documents}
    stale = [each for name, each in wanted.items() if there.get(name) != (each.checksum, embedding.name)]
    gone = [name for name in there if name not in wanted]
    if gone:
        await store.remove(key, gone)
    embedded = True
    for start in range(0, len(stale), BATCH):
        some = stale[start : start + BATCH]
        vectors = await _vectors(embedding, some) if embedded else None
        embedded = vectors is not None
        # What only lacks its vector stays as it is.
        rows = _rows(some, vectors, embedding)
        await store.write(key, [row for row in rows if there.get((row.kind, row.id)) != row[2:3] + row[4:5]])
    if embedded:
        await store.set_mark(key, mark)
    return Kept(len(stale), len(gone), embedded)


async def _vectors(embedding: Embedding, documents: Sequence[Document]) -> list[list[float]] | None:
    try:
        return await embedding.embed([f"{each.names}\n{each.text}" for each in documents])
    except DataChatError:
        return None


def _rows(
    documents: Sequence[Document], vectors: Sequence[Sequence[float]] | None, embedding: Embedding
) -> Iterator[Row]:
    for place, each in enumerate(documents):
        vector = vectors[place] if vectors else None
        by = embedding.name if vectors else ABSENT
        yield Row(each.kind, each.id, each.checksum, each.words(), by, vector)
