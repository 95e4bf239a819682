"""A database with nothing in it but what a user may see: catalog, profile, DataPoints, and what is found."""

import re
from collections.abc import Iterator, Set
from dataclasses import replace

from core.access import Access, Governed
from core.catalog import Catalog, TableName
from core.datapoint import DataPoint
from core.ports import Database
from core.profile import ColumnProfile, Profile, Relation, TableProfile
from datapoints.fact import Fact
from datapoints.parts.rests import Named, Rest
from knowledge.hybrid import HybridKnowledge
from knowledge.lexical import LexicalKnowledge


def shown(database: Database, access: Access) -> Database:
    """The database as its user sees it."""
    profile, hidden = seen_profile(database.profile, access), _Hidden(database.catalog, access)
    datapoints = tuple(each for each in database.datapoints if _may_be_told(each, hidden))
    knowledge = database.knowledge
    if isinstance(knowledge, HybridKnowledge):
        knowledge = knowledge.within(access, datapoints=datapoints, relations=profile.relations)
    else:
        knowledge = LexicalKnowledge(access.catalog, relations=profile.relations)
    return replace(
        database,
        catalog=access.catalog,
        knowledge=knowledge,
        access=access,
        profile=profile,
        datapoints=datapoints,
    )


def seen_profile(profile: Profile, access: Access) -> Profile:
    """What was measured of what is seen."""
    tables = {name: _table(profile.tables[name], access) for name in access.catalog.by_name if name in profile.tables}
    return Profile(tables, tuple(each for each in profile.relations if _joins_seen(each, access)))


def _joins_seen(relation: Relation, access: Access) -> bool:
    ends = ((relation.table, relation.columns), (relation.referenced, relation.referenced_columns))
    return all(_has(access, table, column) for table, columns in ends for column in columns)


def _table(measured: TableProfile, access: Access) -> TableProfile:
    """What was measured of the columns that are seen; figures of hidden rows and masked values are left out."""
    governed = access.governed.get(measured.table)
    columns = tuple(each for each in measured.columns if _has(access, measured.table, each.name))
    if governed is None:
        return replace(measured, columns=columns)
    return replace(
        measured,
        rows=0 if governed.filtered else measured.rows,
        exact=measured.exact and not governed.filtered,
        columns=tuple(_column(each, governed) for each in columns),
    )


def _column(measured: ColumnProfile, governed: Governed) -> ColumnProfile:
    """Without values where rows are filtered or the column is masked; what its values look like may be told."""
    if not governed.filtered and measured.name not in governed.masked:
        return measured
    return ColumnProfile(name=measured.name, exact=False, patterns=measured.patterns, pii=measured.pii)


def _may_be_told(datapoint: DataPoint, hidden: "_Hidden") -> bool:
    """Whether everything that a DataPoint rests on is seen; its words may tell of all of it."""
    return not (isinstance(datapoint, Fact) and any(hidden.in_rest(each) for each in datapoint.rests_on()))


class _Hidden:
    """The names of a database that a user may not know, folded; told rather too many than too few."""

    def __init__(self, catalog: Catalog, access: Access) -> None:
        self._catalog = catalog
        seen = access.catalog.by_name
        self._tables = {name for name in catalog.by_name if name not in seen}
        self._columns = {
            name: {each.name.lower() for each in table.columns} - {each.name.lower() for each in seen[name].columns}
            for name, table in catalog.by_name.items()
            if name in seen
        }
        known = {name.name.lower() for name in seen}
        self._words = {name.name.lower() for name in self._tables} - known

    def in_rest(self, rest: Rest) -> bool:
        """Whether a name or a piece of SQL speaks of something hidden."""
        if isinstance(rest, Named):
            return any(self._in_table(rest.table, {(rest.column or "").lower()}))
        words = {each.lower() for each in re.findall(r"\w+", rest.text)}
        spoken = {*rest.tables, *(name for name in self._catalog.by_folded_name if name in words)}
        return bool(words & self._words) or any(hit for name in spoken for hit in self._in_table(name, words))

    def _in_table(self, table: str, words: Set[str]) -> Iterator[bool]:
        *schema, name = table.split(".")
        for each in self._catalog.candidates(name, schema[-1] if schema else None)[:1]:
            yield each.full_name in self._tables or bool(self._columns.get(each.full_name, set()) & words)


def _has(access: Access, table: TableName, column: str) -> bool:
    found = access.catalog.by_name.get(table)
    return found is not None and found.column(column) is not None
