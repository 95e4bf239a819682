"""A connector to nothing, for what is measured without asking any database."""

from collections.abc import AsyncIterator, Sequence

from pydantic import JsonValue

from core.catalog import Catalog
from core.errors import UpstreamError
from core.values import Estimate, Limits, Result


class Nowhere:
    """The port Connector where nothing may be asked."""

    dialect = "sqlite"

    async def catalog(self) -> Catalog:
        """Nothing is there."""
        return Catalog(self.dialect, (), ())

    async def run(self, sql: str, *, limits: Limits, parameters: Sequence[JsonValue] = ()) -> Result:
        """Nothing can be run."""
        raise UpstreamError("There is no database.")

    def stream(self, sql: str, *, limits: Limits, parameters: Sequence[JsonValue] = ()) -> AsyncIterator[Result]:
        """Nothing can be run."""
        raise UpstreamError("There is no database.")

    async def estimate(self, sql: str, *, limits: Limits) -> Estimate | None:
        """Nothing is known."""
        return None

    async def ping(self) -> str:
        """Nobody answers."""
        raise UpstreamError("There is no database.")

    async def close(self) -> None:
        """Nothing is open."""
