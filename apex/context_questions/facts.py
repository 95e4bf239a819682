"""What may be told of one database: its approved DataPoints under the names that people call them by."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from apex.names import key_of
from core.catalog import Catalog
from core.datapoint import DataPoint
from core.ports import Database
from datapoints.kinds.column import ColumnDataPoint
from datapoints.kinds.table import TableDataPoint


class Facts:
    """The DataPoints of a database that its user may be told of. Built once per database, then only read."""

    def __init__(self, database: Database) -> None:
        self.catalog = database.catalog
        self.database = database.name
        self.told = tuple(each for each in database.datapoints if each.status == "approved")

    @cached_property
    def by_id(self) -> dict[str, DataPoint]:
        """Every one under its id."""
        return {each.id: each for each in self.told}

    @cached_property
    def by_name(self) -> dict[str, list[DataPoint]]:
        """Every one under the keys of its own names."""
        return _grouped((key, each) for each in self.told for key in _own_keys(each))

    @cached_property
    def by_synonym(self) -> dict[str, list[DataPoint]]:
        """Every one under the keys of its synonyms."""
        return _grouped((key_of(synonym), each) for each in self.told for synonym in each.synonyms)

    @cached_property
    def spelt(self) -> dict[str, str]:
        """How every name and synonym is written, under its key; as an id, where that is the same."""
        written = [each for fact in self.told for each in (*fact.synonyms, fact.name, fact.id)]
        return {key_of(each): each for each in written}

    def named(self, name: str) -> Sequence[DataPoint]:
        """Those that are called so: by their id, else by their name, else by a synonym."""
        by_id = self.by_id.get(name)
        key = key_of(name)
        return [by_id] if by_id else self.by_name.get(key) or self.by_synonym.get(key) or []

    def of_table(self, table: str) -> TableDataPoint | None:
        """What is said of a table as a whole; `table` is its full name."""
        return next((each for each in self.told if isinstance(each, TableDataPoint) and self._is(each, table)), None)

    def of_column(self, table: str, column: str) -> ColumnDataPoint | None:
        """What is said of a column on its own."""
        return next(
            (
                each
                for each in self.told
                if isinstance(each, ColumnDataPoint) and each.column == column and self._is(each, table)
            ),
            None,
        )

    def _is(self, fact: TableDataPoint | ColumnDataPoint, table: str) -> bool:
        return full_name(fact.table, self.catalog) == table


def facts_of(database: Database) -> Facts:
    """The facts of a database, kept on it as a `cached_property` would be, so that they live as long."""
    kept = vars(database)
    facts = kept.get("_facts")
    if not isinstance(facts, Facts):
        facts = kept["_facts"] = Facts(database)
    return facts


def full_name(written: str, catalog: Catalog) -> str:
    """The full name of the table that a DataPoint calls `orders` or `sales.orders`; as written where there is none."""
    if written in catalog.by_text:
        return written
    schema, _, name = written.rpartition(".")
    found = catalog.candidates(name, schema or None)
    return str(found[0].full_name) if found else written


def _own_keys(datapoint: DataPoint) -> Iterator[str]:
    """The keys of id and name; tables and columns also go by the name they have in the database."""
    keys = {key_of(datapoint.id), key_of(datapoint.name)}
    if isinstance(datapoint, TableDataPoint):
        keys.add(key_of(datapoint.table.rpartition(".")[2]))
    if isinstance(datapoint, ColumnDataPoint):
        keys.add(key_of(f"{datapoint.table.rpartition('.')[2]}.{datapoint.column}"))
    yield from keys


def _grouped(pairs: Iterator[tuple[str, DataPoint]]) -> dict[str, list[DataPoint]]:
    groups: dict[str, list[DataPoint]] = {}
    for key, each in pairs:
        if each not in groups.setdefault(key, []):
            groups[key].append(each)
    return groups
