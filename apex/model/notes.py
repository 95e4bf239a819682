"""What the approved DataPoints say of tables and columns, found by the place that they speak of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from core.catalog import Catalog, TableName
from core.datapoint import DataPoint
from core.profile import Cardinality, Relation
from datapoints.kinds.column import ColumnDataPoint
from datapoints.kinds.constraint import ConstraintDataPoint
from datapoints.kinds.dimension import DimensionDataPoint
from datapoints.kinds.entity import EntityDataPoint
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.query import QueryDataPoint
from datapoints.kinds.table import Join, TableDataPoint

Place = tuple[TableName, str]
T = TypeVar("T", bound=DataPoint)
K = TypeVar("K")
V = TypeVar("V")


class Note(Protocol):
    """What is said of one column."""

    unit: str
    values: dict[str, str]
    synonyms: list[str]


@dataclass(frozen=True, slots=True)
class Named:
    """A phrase of the business for a table, a column of it, or a DataPoint."""

    phrase: str
    datapoint: str
    table: TableName | None = None
    column: str = ""


@dataclass(frozen=True)
class Notes:
    """DataPoints by kind and by place; those that speak of unknown tables say nothing here."""

    metrics: Mapping[str, MetricDataPoint] = field(default_factory=dict[str, MetricDataPoint])
    queries: Mapping[str, QueryDataPoint] = field(default_factory=dict[str, QueryDataPoint])
    dimensions: Mapping[str, DimensionDataPoint] = field(default_factory=dict[str, DimensionDataPoint])
    entities: Mapping[TableName, EntityDataPoint] = field(default_factory=dict[TableName, EntityDataPoint])
    tables: Mapping[TableName, TableDataPoint] = field(default_factory=dict[TableName, TableDataPoint])
    constraints: Mapping[TableName, tuple[ConstraintDataPoint, ...]] = field(
        default_factory=dict[TableName, tuple[ConstraintDataPoint, ...]]
    )
    columns: Mapping[Place, tuple[Note, ...]] = field(default_factory=dict[Place, tuple[Note, ...]])
    relations: tuple[Relation, ...] = ()
    names: tuple[Named, ...] = ()


def notes_of(catalog: Catalog, datapoints: Iterable[DataPoint]) -> Notes:
    """Sort the DataPoints."""
    known = [each for each in datapoints if each.status == "approved"]
    tables = {found: each for each in _those(known, TableDataPoint) if (found := table_named(catalog, each.table))}
    entities = {found: each for each in _those(known, EntityDataPoint) if (found := table_named(catalog, each.table))}
    return Notes(
        metrics={each.id: each for each in _those(known, MetricDataPoint)},
        queries={each.id: each for each in _those(known, QueryDataPoint)},
        dimensions={each.id: each for each in _those(known, DimensionDataPoint)},
        entities=entities,
        tables=tables,
        constraints=_grouped(
            (found, each)
            for each in _those(known, ConstraintDataPoint)
            for table in each.governed
            if (found := table_named(catalog, table))
        ),
        columns=_grouped(_column_notes(catalog, known, tables)),
        relations=tuple(_relations(catalog, tables, entities)),
        names=tuple(_names(catalog, known, tables)),
    )


def table_named(catalog: Catalog, written: str) -> TableName | None:
    """The table that a DataPoint names, with or without its schema."""
    exact = catalog.by_text.get(written)
    if exact:
        return exact.full_name
    schema, _, name = written.rpartition(".")
    return next((each.full_name for each in catalog.candidates(name, schema or None)), None)


def _those(datapoints: Iterable[DataPoint], kind: type[T]) -> list[T]:
    return [each for each in datapoints if isinstance(each, kind)]


def _column_notes(
    catalog: Catalog, known: Iterable[DataPoint], tables: Mapping[TableName, TableDataPoint]
) -> Iterator[tuple[Place, Note]]:
    for each in known:
        if isinstance(each, ColumnDataPoint | DimensionDataPoint) and each.column:
            found = table_named(catalog, each.table)
            if found:
                yield (found, _stored(catalog, found, each.column)), each
    for name, table in tables.items():
        for note in table.columns:
            yield (name, _stored(catalog, name, note.name)), note


def _names(catalog: Catalog, known: Iterable[DataPoint], tables: Mapping[TableName, TableDataPoint]) -> Iterator[Named]:
    for each in known:
        table, column = _place(catalog, each)
        for phrase in (each.name, *each.synonyms):
            yield Named(phrase, each.id, table, column)
    for name, table in tables.items():
        for note in table.columns:
            for phrase in note.synonyms:
                yield Named(phrase, table.id, name, _stored(catalog, name, note.name))


def _place(catalog: Catalog, datapoint: DataPoint) -> tuple[TableName | None, str]:
    if not isinstance(datapoint, TableDataPoint | ColumnDataPoint | DimensionDataPoint | EntityDataPoint):
        return None, ""
    table = table_named(catalog, datapoint.table)
    column = "" if isinstance(datapoint, TableDataPoint | EntityDataPoint) else datapoint.column
    return table, _stored(catalog, table, column) if table and column else column


def _relations(
    catalog: Catalog,
    tables: Mapping[TableName, TableDataPoint],
    entities: Mapping[TableName, EntityDataPoint],
) -> Iterator[Relation]:
    for name, table in tables.items():
        for join in table.joins:
            other = table_named(catalog, join.table)
            # Over a table between them, the references of that table say it.
            if other and not join.through:
                yield _joined(catalog, name, join, other)
    for name, entity in entities.items():
        for each in entity.occurrences:
            found = table_named(catalog, each.table)
            if found and len(each.columns) == len(entity.key):
                yield Relation(found, tuple(each.columns), name, tuple(entity.key), declared=False)


def _joined(catalog: Catalog, name: TableName, join: Join, other: TableName) -> Relation:
    """The join as a relation, which points from the many to the one."""
    columns = tuple(join.columns)
    referenced = tuple(join.referenced_columns) or catalog.by_name[other].primary_key or columns
    if join.cardinality == "1:N":
        return Relation(other, referenced, name, columns, declared=False)
    cardinality: Cardinality = join.cardinality if join.cardinality in ("1:1", "N:M") else "N:1"
    return Relation(name, columns, other, referenced, cardinality, declared=False)


def _stored(catalog: Catalog, table: TableName, name: str) -> str:
    column = catalog.by_name[table].column(name)
    return column.name if column else name


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, tuple[V, ...]] = {}
    for key, value in pairs:
        groups[key] = (*groups.get(key, ()), value)
    return groups
