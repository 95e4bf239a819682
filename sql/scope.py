"""What the names in one query can mean: its sources, its aliases, and the queries around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from core.catalog import Table, TableName


class Origin(NamedTuple):
    """A column of a table of the catalog."""

    table: TableName
    column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


@dataclass(frozen=True, slots=True)
class Source:
    """Something in FROM. `columns` maps each column's key to the table column it is, None for a computed one.

    `open` says that there may be more columns than are known: those of a pivot, a file or a function.
    """

    key: str | None
    columns: Mapping[str, Origin | None]
    table: Table | None = None
    open: bool = False

    def renamed(self, key: str | None, columns: tuple[str, ...] = ()) -> "Source":
        """The same source under an alias, which may also rename its first columns."""
        if not columns:
            return replace(self, key=key)
        old = list(self.columns.items())
        new = {name: old[place][1] if place < len(old) else None for place, name in enumerate(columns)}
        return replace(self, key=key, columns=new | dict(old[len(columns) :]))

    def opened(self) -> "Source":
        """The same source with columns that cannot be known."""
        return replace(self, open=True)


@dataclass(slots=True)
class Scope:
    """The names that one query can see; it is filled while the query is read and not changed afterwards."""

    outer: "Scope | None" = None
    sources: list[Source] = field(default_factory=list[Source])
    aliases: set[str] = field(default_factory=set[str])
    queries: dict[str, Source] = field(default_factory=dict[str, Source])
    """Common table expressions that the query may read from."""

    def chain(self) -> "Iterator[Scope]":
        """This scope and those around it, the innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer

    def visible(self) -> Iterator[Source]:
        """Every source that an expression can read, the innermost first."""
        for scope in self.chain():
            yield from scope.sources

    def query(self, key: str) -> Source | None:
        """The innermost common table expression of that name."""
        return next((scope.queries[key] for scope in self.chain() if key in scope.queries), None)

    def merged(self, *, open_too: bool = False) -> Source:
        """All sources as one, the way a query yields them."""
        columns: dict[str, Origin | None] = {}
        for source in self.sources:
            columns |= source.columns
            open_too |= source.open
        return Source(None, columns, open=open_too)
