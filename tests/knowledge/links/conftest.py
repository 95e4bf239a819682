"""Both stores of links, each empty before a test."""

from collections.abc import AsyncGenerator, Generator

import pytest

from knowledge.links.base import WalkedLinks
from knowledge.links.neo4j import open_neo4j
from knowledge.links.postgresql import PostgresqlLinks
from store.system import System
from tests.knowledge.links import neo4j_server


@pytest.fixture(scope="module")
def neo4j_url() -> Generator[str]:
    """The URL of a Neo4j that runs for one module; skips by name where there is nothing to run it with."""
    if neo4j_server.MISSING:
        pytest.skip(f"Neo4j needs {' and '.join(neo4j_server.MISSING)}")
    with neo4j_server.running() as url:
        yield url


@pytest.fixture(params=["postgresql", pytest.param("neo4j", marks=pytest.mark.engine)])
async def links(request: pytest.FixtureRequest, system: System) -> AsyncGenerator[WalkedLinks]:
    """An empty store."""
    if request.param == "postgresql":
        yield PostgresqlLinks(system)
        return
    store = open_neo4j(request.getfixturevalue("neo4j_url"))
    await store._ask("MATCH (n) DETACH DELETE n")  # pyright: ignore[reportPrivateUsage]
    yield store
    await store.close()
