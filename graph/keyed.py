"""A connector that puts the key of hashed masks into what it runs, and keeps it out of what comes back."""

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Sequence
from contextlib import aclosing, contextmanager
from typing import cast

from pydantic import JsonValue

from core.catalog import Catalog
from core.errors import DataChatError
from core.ports import Connector
from core.values import Estimate, Limits, Result
from sql.policy.masks import keyed


class KeyedConnector:
    """A `Connector` like the one that it stands before."""

    def __init__(self, connector: Connector, key: str) -> None:
        self.dialect = connector.dialect
        self._connector = connector
        self._key = key

    async def catalog(self) -> Catalog:
        """The whole catalog."""
        return await self._connector.catalog()

    async def run(self, sql: str, *, limits: Limits, parameters: Sequence[JsonValue] = ()) -> Result:
        """Run the statement with the key in it."""
        with self._silence():
            result = await self._connector.run(keyed(sql, self._key), limits=limits, parameters=parameters)
        return self._without_key(result)

    async def stream(self, sql: str, *, limits: Limits, parameters: Sequence[JsonValue] = ()) -> AsyncIterator[Result]:
        """The same in batches."""
        batches = self._connector.stream(keyed(sql, self._key), limits=limits, parameters=parameters)
        with self._silence():
            async with aclosing(cast(AsyncGenerator[Result, None], batches)):
                async for batch in batches:
                    yield self._without_key(batch)

    async def estimate(self, sql: str, *, limits: Limits) -> Estimate | None:
        """What the engine expects of the statement with the key in it."""
        with self._silence():
            return await self._connector.estimate(keyed(sql, self._key), limits=limits)

    async def ping(self) -> str:
        """Engine and version."""
        return await self._connector.ping()

    async def close(self) -> None:
        """Close the connector."""
        await self._connector.close()

    @contextmanager
    def _silence(self) -> Generator[None]:
        """Errors of some engines cite the statement as it ran."""
        try:
            yield
        except DataChatError as error:
            error.message, error.hint = self._cut(error.message), self._cut(error.hint)
            error.args = (error.message,)
            raise

    def _without_key(self, result: Result) -> Result:
        """Some engines call a column by its expression."""
        if not any(self._key[:8] in column.name for column in result.columns):
            return result
        columns = [column.model_copy(update={"name": self._cut(column.name)}) for column in result.columns]
        return result.model_copy(update={"columns": columns})

    def _cut(self, text: str) -> str:
        """The text up to the key, of which a long text may hold no more than the beginning."""
        before, found, _ = text.partition(self._key[:8])
        return f"{before}…" if found else text
