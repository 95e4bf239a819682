"""The system database for commands that ask no question, and so can do without the graph."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from core.settings import Settings
from graph.databases import OpenDatabases
from store.catalogs import Catalogs
from store.connections import Connections
from store.secrets import open_cipher
from store.system import System


@dataclass(frozen=True, kw_only=True)
class Records:
    """What DataChat keeps, and the databases that it knows."""

    settings: Settings
    system: System
    connections: Connections
    catalogs: Catalogs
    databases: OpenDatabases

    async def url(self, name_or_address: str) -> str:
        """Where a name leads; an address leads to itself. Raises NotFoundError for an unknown name."""
        name = await self.databases.known(name_or_address)
        return self.databases.urls.get(name) or await self.connections.url(name)

    async def forget_knowledge(self, database: str) -> Sequence[Path]:
        """Forget what is known of a stored database; gives the users' own files of it, which stay."""
        from graph.forgetting import forget_knowledge
        from graph.relinking import open_lineage

        async with open_lineage(self.databases, self.system, neo4j_url=self.settings.neo4j_url) as lineage:
            return await forget_knowledge(database, self.system, lineage)


@asynccontextmanager
async def open_records(settings: Settings) -> AsyncGenerator[Records]:
    """Open the system database; it, and every database that was opened over it, is closed at the end."""
    url, key = settings.system_database_url, settings.database_credentials_key
    cipher = open_cipher(settings.home, key.get_secret_value() if key else None)
    system = await System.open(url.get_secret_value() if url else None, settings.home)
    try:
        connections, catalogs = Connections(system, cipher), Catalogs(system)
        databases = OpenDatabases(connections, catalogs, settings.limits, settings.catalog_seconds)
        if settings.database_url:
            databases.add_url(settings.database_url.get_secret_value(), default=True)
        try:
            yield Records(
                settings=settings, system=system, connections=connections, catalogs=catalogs, databases=databases
            )
        finally:
            await databases.close()
    finally:
        await system.close()
