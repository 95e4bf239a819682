"""The links that a catalog, its views, found relations and DataPoints tell, each under its origin."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic import JsonValue

from core.catalog import Catalog, Table, TableName
from core.datapoint import DataPoint, Link, LinkKind
from core.lineage import Thing, column_thing, datapoint_thing, table_thing, thing_of
from core.profile import Relation
from datapoints.fact import Fact
from datapoints.parts.rests import Fragment
from datapoints.parts.templates import filled
from sql.dialects import known_dialect
from sql.lineage import Columns, Flow, flow_of
from sql.names import qualified

CLOSENESS: Sequence[LinkKind] = ("COMPUTES", "FILTERS_BY", "DEPENDS_ON")
"""Of several ways in which a DataPoint rests on a column, the first of these is told."""

ORIGINS = ("catalog", "views", "profile", "datapoints")
Ends = tuple[TableName, TableName]


def links_of(
    database: str, catalog: Catalog, *, relations: Iterable[Relation] = (), datapoints: Iterable[DataPoint] = ()
) -> Mapping[str, list[Link]]:
    """All links of one database, by origin. Every origin is there, so that what it no longer tells is removed."""
    bound = _Bound(database, catalog)
    told = (
        catalog_links(database, catalog),
        view_links(database, catalog),
        relation_links(database, relations),
        (link for each in datapoints for link in bound.links(each)),
    )
    return {origin: list(links) for origin, links in zip(origins_of(database), told, strict=True)}


def origins_of(database: str) -> Sequence[str]:
    """The origins of all links of a database."""
    return [f"{each}:{database}" for each in ORIGINS]


def catalog_links(database: str, catalog: Catalog) -> Iterator[Link]:
    """Columns to their tables, tables to the tables that their foreign keys lead to."""
    joins: dict[Ends, list[JsonValue]] = {}
    for table in catalog.tables:
        home = table_thing(database, table.full_name)
        for column in table.columns:
            yield Link(kind="BELONGS_TO", source=column_thing(database, table.full_name, column.name), target=home)
        for key in table.foreign_keys:
            on: JsonValue = {"columns": [*key.columns], "references": [*key.referenced_columns]}
            joins.setdefault((table.full_name, key.table), []).append(on)
    yield from _joins(database, joins, {"declared": True})


def relation_links(database: str, relations: Iterable[Relation]) -> Iterator[Link]:
    """Relations that were found rather than declared."""
    for each in relations:
        if not each.declared:
            on: JsonValue = {"columns": [*each.columns], "references": [*each.referenced_columns]}
            told: dict[str, JsonValue] = {"declared": False, "confidence": each.confidence}
            yield from _joins(database, {(each.table, each.referenced): [on]}, told)


def _joins(database: str, joins: Mapping[Ends, list[JsonValue]], told: Mapping[str, JsonValue]) -> Iterator[Link]:
    for (one, other), on in joins.items():
        source, target = table_thing(database, one), table_thing(database, other)
        yield Link(kind="JOINS_WITH", source=source, target=target, properties={"on": on, **told})


def view_links(database: str, catalog: Catalog) -> Iterator[Link]:
    """Columns of views to the columns they come from, and views to every column that they cannot do without."""
    for view in catalog.tables:
        flow = flow_of(view.definition, catalog, catalog.dialect) if view.definition else None
        if flow is None:
            continue
        home = table_thing(database, view.full_name)
        for each in sorted(flow.reads):
            yield Link(kind="DEPENDS_ON", source=home, target=column_thing(database, *each))
        for name, columns in _outputs(view, flow):
            made = column_thing(database, view.full_name, name)
            for each in sorted(columns):
                yield Link(kind="DERIVES_FROM", source=made, target=column_thing(database, *each))


def _outputs(view: Table, flow: Flow) -> Iterator[tuple[str, Columns]]:
    """By place where the numbers agree, since a view may name its columns itself; else by name."""
    if len(view.columns) == len(flow.outputs):
        yield from zip((column.name for column in view.columns), (columns for _, columns in flow.outputs), strict=True)
        return
    for name, columns in flow.outputs:
        column = view.column(name)
        if column:
            yield column.name, columns


class _Bound:
    """Reads DataPoints with the names of one catalog."""

    def __init__(self, database: str, catalog: Catalog) -> None:
        self.database = database
        self.catalog = catalog

    def links(self, datapoint: DataPoint) -> Iterator[Link]:
        """What it says itself, and what its SQL and the names in it rest on."""
        for link in datapoint.links():
            yield self._directed(link)
        rested: dict[str, LinkKind] = {}
        for kind, thing in sorted(self._rests(datapoint), key=lambda each: (CLOSENESS.index(each[0]), each[1])):
            rested.setdefault(thing, kind)
        for thing, kind in rested.items():
            yield Link(kind=kind, source=datapoint_thing(datapoint.id), target=thing)

    def _directed(self, link: Link) -> Link:
        source, target = self._end(link.source), self._end(link.target)
        # A rule rests on the table that it restricts, and the table does without it.
        if link.kind == "FILTERS_BY" and source.startswith("table:"):
            source, target = target, source
        return link.model_copy(update={"source": source, "target": target})

    def _end(self, text: str) -> str:
        thing = thing_of(text)
        if thing.kind == "table":
            return table_thing(self.database, self._place(thing.id))
        if thing.kind == "column":
            table, _, column = thing.id.rpartition(".")
            return self._column(table, column)
        return str(Thing(thing.kind, "", thing.id))

    def _rests(self, datapoint: DataPoint) -> Iterator[tuple[LinkKind, str]]:
        for each in datapoint.rests_on() if isinstance(datapoint, Fact) else ():
            if isinstance(each, Fragment):
                yield from self._flows(each)
            elif each.column is None:
                yield "DEPENDS_ON", table_thing(self.database, self._place(each.table))
            else:
                yield "DEPENDS_ON", self._column(each.table, each.column)

    def _flows(self, fragment: Fragment) -> Iterator[tuple[LinkKind, str]]:
        dialect = self.catalog.dialect
        if fragment.dialect and known_dialect(fragment.dialect) != dialect:
            return
        for text in self._queries(fragment):
            flow = flow_of(text, self.catalog, dialect)
            if flow is None:
                continue
            for _, columns in flow.outputs:
                yield from self._told("COMPUTES", columns)
            yield from self._told("FILTERS_BY", flow.filters)
            yield from self._told("DEPENDS_ON", flow.reads)
            for table in flow.tables:
                yield "DEPENDS_ON", table_thing(self.database, table)

    def _told(self, kind: LinkKind, columns: Columns) -> Iterator[tuple[LinkKind, str]]:
        for each in columns:
            yield kind, column_thing(self.database, *each)

    def _queries(self, fragment: Fragment) -> Iterator[str]:
        """The fragment as queries: expressions and conditions are put over each of their tables."""
        text = filled(fragment.text, fragment.parameters)
        if fragment.form == "query":
            yield text
        for each in fragment.tables if fragment.form != "query" else ():
            table = qualified(self._place(each), self.catalog.dialect)
            yield (
                f"SELECT {text} FROM {table}"
                if fragment.form == "expression"
                else f"SELECT 1 FROM {table} WHERE {text}"
            )

    def _place(self, text: str) -> TableName:
        """The table that a name means; where there is none any more, the place where it would be."""
        found = self.catalog.by_text.get(text)
        schema, _, name = text.rpartition(".")
        if found is None:
            candidates = self.catalog.candidates(name, schema or None)
            found = candidates[0] if candidates else None
        if found:
            return found.full_name
        return TableName(schema or next(iter(self.catalog.search_path), ""), name)

    def _column(self, table: str, column: str) -> str:
        place = self._place(table)
        known = self.catalog.by_name.get(place)
        found = known.column(column) if known else None
        return column_thing(self.database, place, found.name if found else column)
