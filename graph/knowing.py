"""What is known of databases beside their catalogs: profiles, DataPoints, and how they are found."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from core.catalog import Catalog
from core.datapoint import DataPoint
from core.errors import DataChatError
from core.ports import Connector, Database
from core.profile import ColumnValues, Profile
from core.settings import Settings
from core.values import FoundValue
from knowledge.documents import Kept, keep, of_datapoint, of_table
from knowledge.embedding import Embedding, LexicalEmbedding
from knowledge.hybrid import HybridKnowledge
from knowledge.lexical import LexicalKnowledge
from knowledge.values import find_values, keep_values
from providers.embeddings.registry import open_embedding
from store.datapoint_drift import follow
from store.datapoints import DataPoints
from store.documents import Documents, Hit
from store.memory import MemoryValues
from store.profiles import Profiles
from store.system import System
from store.values import Values

log = logging.getLogger("datachat.knowledge")

INDEXED = 500
"""Of more tables, or more DataPoints, PostgreSQL keeps an index too; fewer are searched in this process alone."""

FEW_VALUES = 5_000
"""So many values are kept in this process, in a megabyte."""

PROFILED_TABLES, PROFILED_ROWS, PROFILE_SECONDS = 500, 5_000_000, 2.0
"""What is measured by itself when it is first asked, and for how long a first question may wait for that."""

_REVISION = """
SELECT (SELECT revision FROM datachat.datapoint_revision), (SELECT revision FROM datachat.profile_revision)
"""
Revision = tuple[int, int]


@dataclass(frozen=True)
class Knowing:
    """Makes databases known; `profiles_on_open` measures small ones that were never measured."""

    system: System
    embedding: Embedding = field(default_factory=LexicalEmbedding)
    profiles_on_open: bool = True

    async def revision(self) -> Revision:
        """Changes with every DataPoint and every measured table."""
        async with self.system.connection() as connection:
            [(datapoints, profiles)] = await (await connection.execute(_REVISION)).fetchall()
        return datapoints, profiles

    async def database(self, name: str, key: str, connector: Connector, catalog: Catalog) -> Database:
        """A database with all that is known of it, under the key of its catalog."""
        profile = await Profiles(self.system).load(key)
        if not profile.tables and self.profiles_on_open and _is_small(catalog):
            profile = await self._measured(key, connector, catalog)
        datapoints = await DataPoints(self.system).approved(name)
        knowledge = HybridKnowledge(
            catalog=catalog,
            tables=await asyncio.to_thread(LexicalKnowledge, catalog, relations=profile.relations),
            datapoints=datapoints,
            values=await self._values(key),
        )
        return Database(
            name=name,
            connector=connector,
            catalog=catalog,
            knowledge=knowledge,
            profile=profile,
            datapoints=tuple(datapoints),
        )

    async def follow(self, name: str, key: str, connector: Connector, before: Catalog, after: Catalog) -> None:
        """Leave behind what rests on what a schema has no more; changed tables are measured anew, if any were."""
        measured = await Profiles(self.system).load(key)
        anew = self.profiles_on_open and measured.tables and _is_small(after)
        now = await self._measured(key, connector, after) if anew else Profile()
        datapoints = DataPoints(self.system)
        found = await follow(datapoints, name, before, after, measured_before=measured, measured_after=now)
        for id, reason in found.stale.items():
            log.warning("DataPoint %s is not used any more: %s", id, reason)

    async def _values(self, key: str) -> "_Values | None":
        """How the values of a database are found; None where none are known. They are few, or stay where they are."""
        stored = Values(self.system)
        some = await stored.first(key, limit=FEW_VALUES + 1)
        return _Values(stored if len(some) > FEW_VALUES else MemoryValues(some), key) if some else None

    def is_indexed(self, database: Database) -> bool:
        """Whether PostgreSQL keeps an index of it: a large one, and any where vectors know more than words."""
        large = max(len(database.catalog.tables), len(database.datapoints)) > INDEXED
        return large or not isinstance(self.embedding, LexicalEmbedding)

    async def index(self, database: Database, key: str) -> Kept:
        """Bring the index up to date, and let the database be searched in it from now on."""
        documents = Documents(self.system)
        mark = await asyncio.to_thread(self._mark, database.catalog, database.datapoints)
        kept = Kept(0, 0)
        if await documents.mark(key) != mark:
            every = [*map(of_table, database.catalog.tables), *map(of_datapoint, database.datapoints)]
            kept = await keep(documents, key, every, self.embedding, mark=mark)
        if isinstance(database.knowledge, HybridKnowledge):
            database.knowledge.embedding = self.embedding
            database.knowledge.search = _Search(documents, key)
        return kept

    async def keep_values(self, key: str, found: ColumnValues) -> bool:
        """Let questions find the values of a column; False where they are known already."""
        return await keep_values(Values(self.system), key, found)

    async def _measured(self, key: str, connector: Connector, catalog: Catalog) -> Profile:
        """What can be measured while a first question waits; that it fails is no reason to fail the question."""
        # imported here because it is measured once
        from graph.profiling import Profiling
        from indexers.database.budget import Budget

        budget = Budget(seconds=PROFILE_SECONDS, table_seconds=PROFILE_SECONDS / 4, medium_sample=500, large_sample=500)
        try:
            return await Profiling(self.system, key, connector, catalog, budget).run()
        except DataChatError as error:
            log.info("A database could not be measured: %s", error.message)
            return await Profiles(self.system).load(key)

    def _mark(self, catalog: Catalog, datapoints: tuple[DataPoint, ...]) -> str:
        together = blake2b(catalog.fingerprint.encode(), digest_size=16)
        for each in datapoints:
            together.update(of_datapoint(each).checksum)
        return f"{self.embedding.name} {together.hexdigest()}"


def open_knowing(settings: Settings, system: System) -> Knowing:
    """What the settings say; raises UserError or SetupError for embeddings that cannot be opened."""
    key = settings.openai_api_key
    embedding = (
        open_embedding(
            settings.embeddings, base_url=settings.openai_base_url, api_key=key.get_secret_value() if key else None
        )
        if settings.embeddings
        else LexicalEmbedding()
    )
    return Knowing(system, embedding, settings.profile_on_open)


@dataclass(frozen=True)
class _Search:
    """The documents of one database."""

    documents: Documents
    key: str

    async def search(
        self,
        *,
        kinds: Sequence[str],
        words: Sequence[str],
        vector: Sequence[float] | None,
        embedded_by: str,
        limit: int,
    ) -> list[Hit]:
        return await self.documents.search(
            self.key, kinds=kinds, words=words, vector=vector, embedded_by=embedded_by, limit=limit
        )


@dataclass(frozen=True)
class _Values:
    """The values of one database."""

    stored: Values | MemoryValues
    key: str

    async def __call__(self, question: str) -> list[FoundValue]:
        return (await find_values(self.stored, question, [self.key])).get(self.key, [])


def _is_small(catalog: Catalog) -> bool:
    rows = sum(table.row_estimate or 0 for table in catalog.tables)
    return 0 < len(catalog.tables) <= PROFILED_TABLES and rows <= PROFILED_ROWS
