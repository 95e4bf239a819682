"""What was measured in a database: rows, columns and the relations between tables; slotted, as the catalog is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from core.catalog import TableName

Scalar = str | int | float | bool | None
"""A measured value, JSON-safe as the cells of a result are."""

Cardinality = Literal["1:1", "N:1", "N:M"]


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What was measured of one column. Nothing in it is a value of a column that looks like personal data (`pii`)."""

    name: str
    nulls: float = 0.0
    """Share of NULL, 0 to 1."""
    distinct: int | None = None
    """How many different values there are: counted where `exact`, else estimated."""
    exact: bool = True
    minimum: Scalar = None
    maximum: Scalar = None
    mean: float | None = None
    quantiles: tuple[float, ...] = ()
    """At 5, 25, 50, 75 and 95 percent, of numbers."""
    top: tuple[tuple[Scalar, int], ...] = ()
    """The most frequent values with their counts (in the sample where the table was sampled)."""
    samples: tuple[Scalar, ...] = ()
    complete: bool = False
    """Whether `top` holds every value of the column."""
    patterns: tuple[str, ...] = ()
    """What the values look like, most telling first: `email`, `uuid`, `url`, `country`, `currency`, `json`, ..."""
    pii: bool = False
    latest: str | None = None
    """The newest moment of a date or time column, ISO 8601."""


@dataclass(frozen=True, slots=True)
class TableProfile:
    """What was measured of one table."""

    table: TableName
    rows: int
    columns: tuple[ColumnProfile, ...]
    exact: bool = True
    """Whether `rows` was counted (else it is the engine's estimate)."""
    sampled: int | None = None
    """How many rows the column figures rest on; None where on all."""
    fingerprint: str = ""
    """The table's fingerprint when it was measured."""
    measured_at: str = ""

    def column(self, name: str) -> ColumnProfile | None:
        """What was measured of a column, by its exact name."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True, slots=True)
class Relation:
    """`columns` of `table` refer to `referenced_columns` of `referenced`, declared as a foreign key or found."""

    table: TableName
    columns: tuple[str, ...]
    referenced: TableName
    referenced_columns: tuple[str, ...]
    cardinality: Cardinality = "N:1"
    confidence: float = 1.0
    declared: bool = True
    evidence: tuple[str, ...] = ()
    """Why it is believed, in words: `name`, `all values occur`, `unique`."""


@dataclass(frozen=True, slots=True)
class ColumnValues:
    """The different values of a text column, by which a question finds it; never of a column with personal data."""

    table: TableName
    column: str
    values: tuple[str, ...]
    complete: bool = True
    """Whether these are all of them."""


@dataclass(frozen=True)
class Profile:
    """All that was measured of a database; empty where nothing was."""

    tables: Mapping[TableName, TableProfile] = field(default_factory=dict[TableName, TableProfile])
    relations: tuple[Relation, ...] = ()
    """Found ones; declared foreign keys stand in the catalog."""

    @cached_property
    def columns(self) -> Mapping[tuple[TableName, str], ColumnProfile]:
        """Every measured column under its table and name."""
        return {(name, each.name): each for name, table in self.tables.items() for each in table.columns}
