"""The semantic model: what the tables of a database mean, out of the catalog, the profile and what people wrote."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial

from apex.model.attributes import Attribute, Facts, attribute_of
from apex.model.entities import Entity, display_of, is_bridge, key_of_table, times_of
from apex.model.notes import Named, Notes, notes_of, table_named
from apex.model.paths import Path, joins_between, shortest
from apex.model.relations import Edge, Relations, is_unique
from core.catalog import Catalog, Table, TableName
from core.datapoint import DataPoint
from core.profile import Profile
from core.values.plans import ColumnOf
from datapoints.kinds.constraint import ConstraintDataPoint
from datapoints.kinds.dimension import DimensionDataPoint
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.query import QueryDataPoint

REMEMBERED = 20_000
"""So many ways between tables are looked for once."""


@dataclass(frozen=True, eq=False)
class Model:
    """Reads lazily: opening it costs nothing, and what was read once is kept on it."""

    catalog: Catalog
    profile: Profile = field(default_factory=Profile)
    datapoints: tuple[DataPoint, ...] = ()
    _entities: dict[str | TableName, Entity] = field(default_factory=dict[str | TableName, Entity], repr=False)
    _joins: dict[frozenset[str], int | None] = field(default_factory=dict[frozenset[str], int | None], repr=False)

    @classmethod
    def of(cls, catalog: Catalog, profile: Profile | None = None, datapoints: Iterable[DataPoint] = ()) -> "Model":
        """The model of a database."""
        return cls(catalog, profile or Profile(), tuple(datapoints))

    @cached_property
    def notes(self) -> Notes:
        """What the DataPoints say, by place."""
        return notes_of(self.catalog, self.datapoints)

    @cached_property
    def _relations(self) -> Relations:
        return Relations(self.catalog, self.profile, self.notes.relations)

    @property
    def metrics(self) -> Mapping[str, MetricDataPoint]:
        """The metrics by id."""
        return self.notes.metrics

    @property
    def queries(self) -> Mapping[str, QueryDataPoint]:
        """The written queries by id."""
        return self.notes.queries

    @property
    def dimensions(self) -> Mapping[str, DimensionDataPoint]:
        """The described dimensions by id."""
        return self.notes.dimensions

    @property
    def synonyms(self) -> tuple[Named, ...]:
        """Every phrase of the business, and what it names."""
        return self.notes.names

    def table(self, name: str | TableName) -> Table | None:
        """A table by its full name, or by what a person would write."""
        if isinstance(name, TableName):
            return self.catalog.by_name.get(name)
        found = table_named(self.catalog, name)
        return self.catalog.by_name.get(found) if found else None

    def entity(self, name: str | TableName) -> Entity | None:
        """What a table means; None where there is no such table."""
        found = self._entities.get(name)
        table = self.table(name) if found is None else None
        if table is not None:
            found = self._entities.get(table.full_name) or self._read(table)
            self._entities[name] = self._entities[table.full_name] = found
        return found

    def attribute(self, column: ColumnOf) -> Attribute | None:
        """What a column of a plan means; names that differ in case only are the same."""
        entity = self.entity(column.table)
        if entity is None or column.column in entity.attributes:
            return entity.attributes[column.column] if entity else None
        stored = entity.table.column(column.column)
        return entity.attributes[stored.name] if stored else None

    def constraints(self, table: TableName) -> tuple[ConstraintDataPoint, ...]:
        """The rules about which rows of a table count."""
        return self.notes.constraints.get(table, ())

    def relations(self, table: TableName) -> tuple[Edge, ...]:
        """Where one can go from a table."""
        return self._relations.of(table)

    def refers_to_itself(self, table: str, column: str) -> bool:
        """Whether a column names another row of its own table: `referred_by` of drivers."""
        entity = self.entity(table)
        edges = self.relations(entity.name) if entity else ()
        return any(each.forward and each.source_columns == (column,) and str(each.target) == table for each in edges)

    def paths(self, start: TableName, end: TableName, *, via: str = "") -> tuple[Path, ...]:
        """Every shortest way from one table to another, surest first; `via` names a referring column on it."""
        return self._shortest(start, end, via)

    @cached_property
    def _shortest(self) -> Callable[[TableName, TableName, str], tuple[Path, ...]]:
        return lru_cache(maxsize=REMEMBERED)(partial(shortest, self._relations))

    def joins(self, tables: frozenset[str]) -> int | None:
        """How many relations connect the tables, one after the other; None where they cannot be connected."""
        if tables not in self._joins:
            if len(self._joins) >= REMEMBERED:
                self._joins.clear()
            names = [entity.name for table in sorted(tables) if (entity := self.entity(table))]
            self._joins[tables] = joins_between(names, self.paths)
        return self._joins[tables]

    def _read(self, table: Table) -> Entity:
        name = table.full_name
        measured, note = self.profile.tables.get(name), self.notes.tables.get(name)
        described = self.notes.entities.get(name)
        rows = measured.rows if measured else table.row_estimate
        attributes = self._attributes(table, rows if measured and measured.exact else None)
        display = display_of(table, attributes)
        refers_to = sum(edge.forward for edge in self.relations(name))
        return Entity(
            table=table,
            attributes=attributes,
            key=self._key(table, attributes),
            display=tuple(dict.fromkeys((described.label, *display))) if described and described.label else display,
            times=times_of(attributes, note.time_column if note else ""),
            rows=rows,
            bridge=is_bridge(table, attributes, refers_to),
            grain=note.grain if note else "",
            synonyms=tuple(each.phrase for each in self.notes.names if each.table == name and not each.column),
        )

    def _key(self, table: Table, attributes: Mapping[str, Attribute]) -> tuple[str, ...]:
        note, described = self.notes.tables.get(table.full_name), self.notes.entities.get(table.full_name)
        told = (note.key if note else None) or (described.key if described and not described.filter else None)
        return table.primary_key or tuple(told or ()) or key_of_table(table, attributes.values())

    def _attributes(self, table: Table, rows: int | None) -> Mapping[str, Attribute]:
        name, note = table.full_name, self.notes.tables.get(table.full_name)
        measured = self.profile.tables.get(name)
        columns = {each.name: each for each in measured.columns} if measured else {}
        edges = self.relations(name)
        referring = {column for edge in edges if edge.forward for column in edge.source_columns}
        known_by = {column for edge in edges if not edge.forward for column in edge.source_columns}
        return {
            column.name: attribute_of(
                name,
                column,
                Facts(
                    profile=columns.get(column.name),
                    notes=self.notes.columns.get((name, column.name), ()),
                    in_key=column.name in table.primary_key or column.name in known_by,
                    refers=column.name in referring,
                    unique=is_unique(table, (column.name,)),
                    is_measure=bool(note and column.name in note.measures),
                    is_dimension=bool(note and column.name in note.dimensions),
                    rows=rows,
                ),
                dialect=self.catalog.dialect,
            )
            for column in table.columns
        }
