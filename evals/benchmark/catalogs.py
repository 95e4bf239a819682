"""How long a catalog takes: read from PostgreSQL, saved, loaded again, made ready for retrieval."""

from collections.abc import Sequence
from time import perf_counter

from connectors.registry import open_connector
from core.values import Limits
from evals.benchmark.harbour import DATA_QUESTION
from evals.benchmark.rig import Rig
from evals.benchmark.timing import Figures
from knowledge.lexical import LexicalKnowledge
from store.catalogs import Catalogs
from store.system import System, dial

SIZES = (12, 1_000, 5_000)
_COUNT = "SELECT count(*), count(attname || format_type(atttypid, atttypmod)) FROM pg_attribute"
"""The floor: what merely looking at all columns takes the server."""


async def measure(rig: Rig, *, sizes: Sequence[int] = SIZES) -> Figures:
    """Milliseconds for each size; a first start reads, saves and indexes, a later one loads and indexes."""
    system = await System.open(rig.server, rig.home)
    try:
        return {f"{tables}_tables": await _one(rig, system, tables) for tables in sizes}
    finally:
        await system.close()


async def _one(rig: Rig, system: System, tables: int) -> Figures:
    url, store = await rig.database(tables), Catalogs(system)
    connector = await open_connector(url, limits=Limits())
    laps: list[float] = [perf_counter()]

    def lap() -> float:
        laps.append(perf_counter())
        return round((laps[-1] - laps[-2]) * 1000, 1)

    try:
        catalog = await connector.catalog()
        found: Figures = {"columns": sum(len(table.columns) for table in catalog.tables), "read_ms": lap()}
        await store.save(f"bench-{tables}", catalog)
        found["save_ms"] = lap()
        stored = await store.load(f"bench-{tables}")
        found["load_ms"] = lap()
        await LexicalKnowledge(catalog).find(DATA_QUESTION)
        found["index_ms"] = lap()
        assert stored and len(stored.catalog.tables) == tables
    finally:
        await connector.close()
    async with await dial(url) as connection:
        lap()
        await connection.execute(_COUNT.encode())
        found["floor_ms"] = lap()
    return found
