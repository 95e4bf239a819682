"""A runtime over one catalog, with small honest ports."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from langgraph.runtime import Runtime
from pydantic import JsonValue

from core.catalog import Catalog
from core.context import Context
from core.errors import NotFoundError
from core.ports import ChatModel, Database
from core.values import Estimate, Limits, Result
from knowledge.lexical import LexicalKnowledge
from store.memory import MemoryResults


class Noon:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 12, tzinfo=UTC)


class NoConnector:
    """A database that can be described but not asked."""

    def __init__(self, catalog: Catalog) -> None:
        self.dialect = catalog.dialect
        self._catalog = catalog

    async def catalog(self) -> Catalog:
        return self._catalog

    async def run(self, sql: str, *, limits: Limits, parameters: Sequence[JsonValue] = ()) -> Result:
        raise AssertionError(sql)

    def stream(self, sql: str, *, limits: Limits, parameters: Sequence[JsonValue] = ()) -> AsyncIterator[Result]:
        raise AssertionError(sql)

    async def estimate(self, sql: str, *, limits: Limits) -> Estimate | None:
        raise AssertionError(sql)

    async def ping(self) -> str:
        return self.dialect

    async def close(self) -> None: ...


class OneDatabase:
    """Only `shop`, which is also the default."""

    def __init__(self, catalog: Catalog, connector: NoConnector | None = None) -> None:
        self._shop = Database(
            name="shop",
            connector=connector or NoConnector(catalog),
            catalog=catalog,
            knowledge=LexicalKnowledge(catalog),
        )

    async def get(self, name: str | None = None) -> Database:
        if name not in (None, "shop"):
            raise NotFoundError(str(name))
        return self._shop

    async def names(self) -> Sequence[str]:
        return ["shop"]


def house(
    catalog: Catalog,
    *,
    model: ChatModel | None = None,
    limits: Limits | None = None,
    told: Callable[[Any], None] = lambda _: None,
) -> Runtime[Context]:
    """What a node is lent; `told` gets what it streams."""
    context = Context(
        databases=OneDatabase(catalog),
        results=MemoryResults(),
        model=model,
        limits=limits or Limits(model_seconds=2),
        clock=Noon(),
        tell=told,
    )
    return Runtime(context=context)
