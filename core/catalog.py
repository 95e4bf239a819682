"""What is known of a database's shape: tables, columns and keys; slotted, for there may be 50,000 columns."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

TableKind = Literal["table", "view", "materialized view", "foreign table", "file"]


class TableName(NamedTuple):
    """A table's place: its schema (never None; SQLite and DuckDB have `main`) and its name, both as stored."""

    schema: str
    name: str

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `type` is the engine's own text (`numeric(12,2)`), `default` its SQL text."""

    name: str
    type: str
    nullable: bool = True
    default: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`columns` of the owning table refer to `referenced_columns` of `table`, position by position."""

    columns: tuple[str, ...]
    table: TableName
    referenced_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table or view; `row_estimate` and `bytes` are the engine's statistics, None where it has none."""

    schema: str
    name: str
    columns: tuple[Column, ...]
    kind: TableKind = "table"
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    comment: str | None = None
    row_estimate: int | None = None
    bytes: int | None = None
    definition: str | None = None
    """The query of a view, as the engine tells it; None where there is none, or none that may be seen."""

    @property
    def full_name(self) -> TableName:
        """Schema and name together: the key of a table in its catalog."""
        return TableName(self.schema, self.name)

    def column(self, name: str) -> Column | None:
        """The column of exactly this name, else the only one that equals it without regard to case."""
        for column in self.columns:
            if column.name == name:
                return column
        folded = [column for column in self.columns if column.name.lower() == name.lower()]
        return folded[0] if len(folded) == 1 else None

    def fingerprint(self) -> str:
        """A hash of the shape (statistics left out): it changes when, and only when, the table's definition does."""
        shape = asdict(self) | {"row_estimate": None, "bytes": None}
        return hashlib.blake2b(json.dumps(shape).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Catalog:
    """All tables of one database that the login may read.

    `search_path` holds the schemas in which an unqualified name is looked up, first match wins.
    `hidden` names the objects that exist but may not be read by this login.
    """

    dialect: str
    tables: tuple[Table, ...]
    search_path: tuple[str, ...]
    hidden: tuple[TableName, ...] = ()
    engine: str = ""
    """Engine and version for people, e.g. `PostgreSQL 18.1`."""
    extra: Mapping[str, str] = field(default_factory=dict[str, str])

    @cached_property
    def by_name(self) -> Mapping[TableName, Table]:
        """Every table under its full name."""
        return {table.full_name: table for table in self.tables}

    @cached_property
    def by_text(self) -> Mapping[str, Table]:
        """Every table under its full name as text, `schema.name`: so the state names tables."""
        return {str(table.full_name): table for table in self.tables}

    @cached_property
    def by_folded_name(self) -> Mapping[str, tuple[Table, ...]]:
        """Tables under their bare, lower-cased name; several where schemas or letter case differ."""
        found: dict[str, list[Table]] = {}
        for table in self.tables:
            found.setdefault(table.name.lower(), []).append(table)
        return {name: tuple(tables) for name, tables in found.items()}

    @cached_property
    def referenced_by(self) -> Mapping[TableName, tuple[tuple[Table, ForeignKey], ...]]:
        """For each table, the foreign keys of other tables that point at it."""
        found: dict[TableName, list[tuple[Table, ForeignKey]]] = {}
        for table in self.tables:
            for key in table.foreign_keys:
                found.setdefault(key.table, []).append((table, key))
        return {name: tuple(keys) for name, keys in found.items()}

    @cached_property
    def fingerprint(self) -> str:
        """A hash over all tables' fingerprints, for caches that rest on the whole shape."""
        together = hashlib.blake2b(digest_size=16)
        for table in sorted(self.tables, key=lambda each: each.full_name):
            together.update(f"{table.full_name}:{table.fingerprint()};".encode())
        return together.hexdigest()

    def candidates(self, name: str, schema: str | None = None) -> tuple[Table, ...]:
        """Tables that a person may mean by `name`, ignoring case; those on the search path come first."""
        tables: Iterable[Table] = self.by_folded_name.get(name.lower(), ())
        if schema is not None:
            tables = [table for table in tables if table.schema.lower() == schema.lower()]
        order = {each: place for place, each in enumerate(self.search_path)}
        return tuple(sorted(tables, key=lambda table: order.get(table.schema, len(order))))
