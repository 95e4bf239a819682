"""How tables hang together: declared foreign keys and found relations, as one graph that is walked either way."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

from core.catalog import Catalog, ForeignKey, Table, TableName
from core.profile import Profile, Relation


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation as it is walked: from `source` to `target`, column by column."""

    relation: Relation
    forward: bool
    """From the referring table to the one it refers to."""

    @property
    def source(self) -> TableName:
        """Where it starts."""
        return self.relation.table if self.forward else self.relation.referenced

    @property
    def target(self) -> TableName:
        """Where it leads."""
        return self.relation.referenced if self.forward else self.relation.table

    @property
    def source_columns(self) -> tuple[str, ...]:
        """The columns on this side."""
        return self.relation.columns if self.forward else self.relation.referenced_columns

    @property
    def target_columns(self) -> tuple[str, ...]:
        """The columns on the other side."""
        return self.relation.referenced_columns if self.forward else self.relation.columns

    @property
    def multiplies(self) -> bool:
        """Whether one row may meet several on the other side."""
        return self.relation.cardinality == "N:M" or (self.relation.cardinality == "N:1" and not self.forward)

    @property
    def via(self) -> str:
        """How a plan names it: `schema.table.column` of the (first) referring column."""
        return f"{self.relation.table}.{self.relation.columns[0]}"

    @property
    def back(self) -> "Edge":
        """The same relation, walked the other way."""
        return Edge(self.relation, not self.forward)


class Link(NamedTuple):
    """The identity of a relation, for finding doubles."""

    table: TableName
    columns: tuple[str, ...]
    referenced: TableName
    referenced_columns: tuple[str, ...]


class Relations:
    """The relations of a database, read table by table as they are asked for, for there may be thousands."""

    def __init__(self, catalog: Catalog, profile: Profile, described: Iterable[Relation] = ()) -> None:
        self._catalog = catalog
        self._found: dict[TableName, list[Relation]] = {}
        self._edges: dict[TableName, tuple[Edge, ...]] = {}
        self._near: dict[TableName, frozenset[TableName]] = {}
        self._placed: dict[TableName, dict[TableName, list[tuple[int, Edge]]]] = {}
        for relation in sorted((*described, *profile.relations), key=lambda each: -each.confidence):
            if relation.table in catalog.by_name and relation.referenced in catalog.by_name:
                for name in {relation.table, relation.referenced}:
                    self._found.setdefault(name, []).append(relation)

    def of(self, name: TableName) -> tuple[Edge, ...]:
        """The edges from a table, declared ones before found ones, surer ones first."""
        edges = self._edges.get(name)
        if edges is None:
            edges = self._edges[name] = tuple(self._read(name))
        return edges

    def towards(self, name: TableName, targets: Set[TableName]) -> list[Edge]:
        """Those that lead to one of these tables, in the same order."""
        placed = self._placed.get(name)
        if placed is None:
            placed = self._placed[name] = {}
            for place, edge in enumerate(self.of(name)):
                placed.setdefault(edge.target, []).append((place, edge))
        return [edge for _, edge in sorted(each for target in placed.keys() & targets for each in placed[target])]

    def beside(self, name: TableName) -> frozenset[TableName]:
        """The tables that are one relation away, without reading the relations."""
        near = self._near.get(name)
        if near is None:
            near = self._near[name] = frozenset(self._neighbours(name))
        return near

    def _neighbours(self, name: TableName) -> Iterator[TableName]:
        for owner, _, referenced in self._keys(name):
            yield referenced.full_name if owner.full_name == name else owner.full_name
        for relation in self._found.get(name, ()):
            yield relation.referenced if relation.table == name else relation.table

    def _read(self, name: TableName) -> Iterator[Edge]:
        seen: set[Link] = set()
        for relation in (*self._declared(name), *self._found.get(name, ())):
            link = Link(relation.table, relation.columns, relation.referenced, relation.referenced_columns)
            if link not in seen:
                seen.add(link)
                if relation.table == name:
                    yield Edge(relation, forward=True)
                if relation.referenced == name:
                    yield Edge(relation, forward=False)

    def _declared(self, name: TableName) -> Iterator[Relation]:
        return (_relation(owner, key, referenced) for owner, key, referenced in self._keys(name))

    def _keys(self, name: TableName) -> Iterator[tuple[Table, ForeignKey, Table]]:
        """Its own foreign keys, and those that point at it."""
        table = self._catalog.by_name.get(name)
        if table is None:
            return
        arriving = self._catalog.referenced_by.get(name, ())
        for owner, key in (*((table, key) for key in table.foreign_keys), *arriving):
            referenced = self._catalog.by_name.get(key.table)
            if referenced and key.columns:
                yield owner, key, referenced


def _relation(table: Table, key: ForeignKey, referenced: Table) -> Relation:
    columns = _stored(table, key.columns)
    alone = is_unique(table, columns)
    return Relation(
        table=table.full_name,
        columns=columns,
        referenced=referenced.full_name,
        referenced_columns=_stored(referenced, key.referenced_columns or referenced.primary_key),
        cardinality="1:1" if alone else "N:1",
    )


def is_unique(table: Table, columns: Iterable[str]) -> bool:
    """Whether no two rows share these columns' values, as the catalog declares."""
    held = set(columns)
    keys = (table.primary_key, *table.unique_keys)
    return any(key and held.issuperset(key) for key in keys)


def _stored(table: Table, names: Iterable[str]) -> tuple[str, ...]:
    """The names as the table stores them: engines that ignore case may declare them otherwise."""
    stored = ((name, table.column(name)) for name in names)
    return tuple(column.name if column else name for name, column in stored)
