"""Finds tables, DataPoints and values: words in this process, words and vectors in PostgreSQL, fused."""

import asyncio
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from core.access import Access
from core.catalog import Catalog
from core.datapoint import DataPoint
from core.errors import DataChatError
from core.profile import Relation
from core.values import Found, FoundDataPoint, FoundValue, Retrieval
from knowledge.documents import DATAPOINT, TABLE
from knowledge.embedding import Embedding, LexicalEmbedding
from knowledge.facts import LexicalFacts, found, tables_of, terms_of
from knowledge.lexical import LexicalKnowledge

DEPTH = 60
"""How many documents are taken from each half of a search."""

LEVEL = 10
"""How slowly the worth of a place falls, in reciprocal rank fusion."""

TOLD = 0.6
"""What a table counts for being told by PostgreSQL alone, beside a match of a rare word in its name."""

FEW, WORDS = 500, 6
"""So many DataPoints are found by their words alone, and so many words of a question are searched for."""

LEAST_SHARE = 0.25
"""DataPoints that match less of the question than this say nothing about it."""

EMBEDDING_SECONDS = 2.0


class Hit(NamedTuple):
    """A document with its place by words (from 1) and its likeness by vector; None where not found so."""

    kind: str
    id: str
    place: int | None
    likeness: float | None


class Search(Protocol):
    """The documents of one database in PostgreSQL."""

    async def search(
        self,
        *,
        kinds: Sequence[str],
        words: Sequence[str],
        vector: Sequence[float] | None,
        embedded_by: str,
        limit: int,
    ) -> Sequence[tuple[str, str, int | None, float | None]]:
        """Documents with some of the words, and those with the nearest vectors."""
        ...


class FindValues(Protocol):
    """The stored values of one database."""

    async def __call__(self, question: str) -> Sequence[FoundValue]:
        """Values that the question names."""
        ...


@dataclass(kw_only=True)
class HybridKnowledge:
    """The port Knowledge over one database; without `search` and `values` everything is found in this process.

    `search` may be set later, when the index is ready: until then a question does not wait for it.
    """

    catalog: Catalog
    tables: LexicalKnowledge
    datapoints: Sequence[DataPoint] = ()
    search: Search | None = None
    values: FindValues | None = None
    embedding: Embedding | None = None
    whole: Container[str] | None = None
    """The tables that are indexed as they are seen here; None where all are. Others would be found by hidden words."""
    _asked: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    def within(
        self, access: Access, *, datapoints: Sequence[DataPoint], relations: Sequence[Relation]
    ) -> "HybridKnowledge":
        """The same for a user who may see no more than this: neither other tables nor values that are not theirs."""
        return HybridKnowledge(
            catalog=access.catalog,
            tables=LexicalKnowledge(access.catalog, relations=relations),
            datapoints=datapoints,
            search=self.search,
            values=_Readable(self.values, access) if self.values else None,
            embedding=self.embedding,
            whole=frozenset(
                name for name, table in access.catalog.by_text.items() if self._columns(name) == len(table.columns)
            ),
        )

    def _columns(self, name: str) -> int:
        return len(self.catalog.by_text[name].columns)

    async def find(self, question: str, *, limit: int = 20) -> Sequence[Found]:
        """Tables for `question`, best first, closed over foreign keys."""
        return (await self.ground(question, limit=limit)).tables

    async def ground(self, question: str, *, limit: int = 20) -> Retrieval:
        """Everything that the question speaks of, best first; what could not be asked is said in `notes`."""
        notes: list[str] = []
        ranked = self._lexical_facts.rank(question, limit=DEPTH) if self.datapoints else []
        values, hits = await asyncio.gather(self._values(question, notes), self._hits(question, ranked, notes))
        facts = self._facts(ranked, hits, limit)
        beside = {**self._beside(hits), **tables_of(self._by_id, facts, self.catalog)}
        tables = self.tables.rank(question, limit=limit, values=values, beside=beside)
        return Retrieval(tables=tables, datapoints=facts, values=list(values), notes=notes)

    @cached_property
    def _by_id(self) -> Mapping[str, DataPoint]:
        return {each.id: each for each in self.datapoints}

    @cached_property
    def _lexical_facts(self) -> LexicalFacts:
        return LexicalFacts(self.datapoints)

    async def _values(self, question: str, notes: list[str]) -> Sequence[FoundValue]:
        if self.values is None:
            return ()
        try:
            return await self.values(question)
        except DataChatError:
            notes.append("Stored values could not be looked up.")
            return ()

    async def _hits(self, question: str, ranked: Sequence[FoundDataPoint], notes: list[str]) -> Sequence[Hit]:
        kinds = self._searched(question, ranked)
        if self.search is None or not kinds:
            return ()
        words = self._telling(question)
        vector = await self._vector(question, notes)
        try:
            embedded_by = self.embedding.name if self.embedding else ""
            found = await self.search.search(
                kinds=kinds, words=words, vector=vector, embedded_by=embedded_by, limit=DEPTH
            )
        except DataChatError:
            notes.append("The index could not be searched; tables were found by their names alone.")
            return ()
        return [Hit(*each) for each in found]

    def _searched(self, question: str, ranked: Sequence[FoundDataPoint]) -> Sequence[str]:
        """What PostgreSQL is searched for: all where vectors know more than words, else what words did not find here.

        Measured: over names and values the vectors of words add nothing, and cost more than all the rest.
        """
        if not isinstance(self.embedding, LexicalEmbedding):
            return (TABLE, DATAPOINT)
        tables = () if self.tables.explains(question) else (TABLE,)
        told = len(self.datapoints) <= FEW or (ranked and ranked[0].score >= LEAST_SHARE)
        return tables if told else (*tables, DATAPOINT)

    def _telling(self, question: str) -> Sequence[str]:
        """The words of a question, the rarest among DataPoints first; common ones match too much to be ranked."""
        words = dict.fromkeys(terms_of(question))
        return sorted(words, key=self._lexical_facts.spread)[:WORDS]

    async def _vector(self, question: str, notes: list[str]) -> list[float] | None:
        """The question's vector; None, and said, where the provider does not answer in time."""
        if self.embedding is None:
            return None
        if question not in self._asked:
            try:
                async with asyncio.timeout(EMBEDDING_SECONDS):
                    [vector] = await self.embedding.embed([question])
            except (DataChatError, TimeoutError):
                notes.append("The embedding provider did not answer; the words alone were searched.")
                return None
            if len(self._asked) >= DEPTH:
                self._asked.pop(next(iter(self._asked)))
            self._asked[question] = vector
        return self._asked[question]

    def _beside(self, hits: Sequence[Hit]) -> Mapping[str, float]:
        seen = self.catalog.by_text if self.whole is None else self.whole
        scores = fused([each for each in hits if each.kind == TABLE and each.id in seen])
        return {name: TOLD * score for name, score in scores.items()}

    def _facts(self, ranked: Sequence[FoundDataPoint], hits: Sequence[Hit], limit: int) -> list[FoundDataPoint]:
        """DataPoints by words of this process, which know how rare each is, with what PostgreSQL adds."""
        told = fused([each for each in hits if each.kind == DATAPOINT and each.id in self._by_id])
        share = {name: 0.5 * score for name, score in told.items()} | {
            each.id: each.score + 0.1 * told.get(each.id, 0.0) for each in ranked
        }
        best = sorted((name for name, score in share.items() if score >= LEAST_SHARE), key=lambda name: -share[name])
        return [found(self._by_id[name], share[name]) for name in best[:limit]]


@dataclass(frozen=True)
class _Readable:
    """Values of columns that a user reads as they are: no others of a filtered table, none of a masked column."""

    values: FindValues
    access: Access

    async def __call__(self, question: str) -> Sequence[FoundValue]:
        return [each for each in await self.values(question) if may_be_read(each, self.access)]


def may_be_read(value: FoundValue, access: Access) -> bool:
    """Whether a user reads the values of this column as they are stored, and of all rows."""
    table = access.catalog.by_text.get(value.table)
    if table is None or table.column(value.column) is None:
        return False
    governed = access.governed.get(table.full_name)
    return governed is None or not (governed.filtered or value.column in governed.masked)


def fused(hits: Sequence[Hit]) -> Mapping[str, float]:
    """Reciprocal rank fusion of both halves: 1 for what is first in both."""
    by_vector = sorted((hit for hit in hits if hit.likeness is not None), key=lambda hit: -(hit.likeness or 0.0))
    places = {hit.id: place for place, hit in enumerate(by_vector, 1)}
    worth = 0.5 * (LEVEL + 1)
    return {
        hit.id: sum(worth / (LEVEL + place) for place in (hit.place, places.get(hit.id)) if place is not None)
        for hit in hits
    }
