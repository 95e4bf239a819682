"""What is known of a database's names and values, built once and kept as long as its catalog."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from apex.linking.flags import flags_of
from apex.linking.names import NameIndex
from apex.linking.values import ValueIndex, found_values, values_of
from apex.model import Model
from core.catalog import Catalog, Table, TableName
from core.datapoint import DataPoint
from core.profile import Profile
from core.values.findings import FoundValue

WHOLE = 60
"""Catalogs of so many tables are read whole; of larger ones only the tables that retrieval found."""
KEPT, PARTS = 32, 500
"""So many choices of tables are kept, and so many tables with their names taken apart."""
REMEMBERED = 500
"""So many questions are read once."""
Indexes = tuple[NameIndex, ValueIndex]
Made = TypeVar("Made")


@dataclass(eq=False)
class Library:
    """The model of one database, with the indexes over its names; it lives on the catalog it describes."""

    model: Model
    indexes: dict[frozenset[str], Indexes] = field(default_factory=dict[frozenset[str], Indexes])
    parts: dict[TableName, Indexes] = field(default_factory=dict[TableName, Indexes])
    answers: dict[Hashable, object] = field(default_factory=dict[Hashable, object])

    def kept(self, asked: Hashable, made: Callable[[], Made]) -> Made:
        """What was made for the same question before: people and dashboards ask the same again and again."""
        if asked not in self.answers:
            if len(self.answers) >= REMEMBERED:
                self.answers.clear()
            self.answers[asked] = made()
        return cast(Made, self.answers[asked])

    def look(self, found: Iterable[str] = ()) -> Indexes:
        """The indexes over the names of some tables, and over their measured values."""
        catalog = self.model.catalog
        names = dict.fromkeys(catalog.by_text if len(catalog.tables) <= WHOLE else found)
        index = self.indexes.get(frozenset(names))
        if index is None:
            if len(self.indexes) >= KEPT:
                self.indexes.clear()
            tables = [catalog.by_text[name] for name in names if name in catalog.by_text]
            index = self._index([table for table in tables if not self._is_shadowed(table)])
            self.indexes[frozenset(names)] = index
        return index

    def _index(self, tables: Sequence[Table]) -> Indexes:
        parts = [self._part(table) for table in tables]
        synonyms = self._synonyms({table.full_name for table in tables})
        names = NameIndex.together((names for names, _ in parts), synonyms)
        return names, ValueIndex.together(values for _, values in parts)

    def _part(self, table: Table) -> Indexes:
        """The indexes over one table: other questions will be about it together with other tables."""
        part = self.parts.get(table.full_name)
        if part is None:
            if len(self.parts) >= PARTS:
                self.parts.clear()
            values = ValueIndex(values_of(self.model.profile, [table.full_name]), flags=flags_of([table]))
            part = self.parts[table.full_name] = (NameIndex((table,)), values)
        return part

    def _is_shadowed(self, table: Table) -> bool:
        """Whether its bare name means another table, which the database looks up first."""
        catalog = self.model.catalog
        first = catalog.candidates(table.name)[0]
        return first is not table and first.schema in catalog.search_path and table.schema not in catalog.search_path

    def _synonyms(self, tables: Collection[TableName]) -> Mapping[str, Sequence[str]]:
        """What people call tables and columns, as DataPoints say, under `table` or `table|column`."""
        phrases: dict[str, list[str]] = {}
        for named in self.model.synonyms:
            if named.table in tables:
                place = f"{named.table}|{named.column}" if named.column else str(named.table)
                phrases.setdefault(place, []).append(named.phrase)
        return phrases


def library_of(catalog: Catalog, profile: Profile, datapoints: tuple[DataPoint, ...] = ()) -> Library:
    """The library of a catalog, kept on it as long as profile and DataPoints are the same."""
    kept = vars(catalog)
    library = kept.get("_library")
    if (
        not isinstance(library, Library)
        or library.model.profile is not profile
        or library.model.datapoints != datapoints
    ):
        library = kept["_library"] = Library(Model.of(catalog, profile, datapoints))
    return library


def values_for(measured: ValueIndex, found: Sequence[FoundValue]) -> ValueIndex:
    """The values that may be meant: those that retrieval found beside those that were measured."""
    return ValueIndex(found_values(found), measured) if found else measured
