"""Looks at one database: whether it answers, what it holds, and what its login may do."""

from dataclasses import dataclass
from time import perf_counter

from cli.rights import needless_rights, reader_sql
from connectors.registry import open_connector
from core.catalog import Catalog
from core.values import Limits


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """What was found; `rights` are those that the login does not need, `mend` the SQL of a login without them."""

    engine: str
    milliseconds: float
    """Of the fastest of three round trips."""
    catalog: Catalog
    rights: tuple[str, ...] = ()
    mend: str = ""

    @property
    def emptiness(self) -> str:
        """Why there is nothing to ask; empty when there is."""
        if self.catalog.tables:
            return ""
        if self.catalog.hidden:
            return f"The login may read none of the {len(self.catalog.hidden):,} tables."
        return "The database has no tables."


async def diagnose(url: str, limits: Limits) -> Diagnosis:
    """Connect and look; raises UserError, SetupError or UpstreamError when that fails."""
    connector = await open_connector(url, limits=limits)
    try:
        engine, fastest = "", float("inf")
        for _ in range(3):
            started = perf_counter()
            engine = await connector.ping()
            fastest = min(fastest, (perf_counter() - started) * 1000)
        catalog = await connector.catalog()
        rights = await needless_rights(connector)
    finally:
        await connector.close()
    schemas = list(dict.fromkeys(table.schema for table in catalog.tables)) or list(catalog.search_path)
    mend = reader_sql(catalog.dialect, _database_of(url), schemas) if rights or not catalog.tables else ""
    return Diagnosis(engine=engine, milliseconds=round(fastest, 1), catalog=catalog, rights=tuple(rights), mend=mend)


def _database_of(url: str) -> str:
    from connectors.address import parse

    return parse(url, default_port=0).database or "postgres"
