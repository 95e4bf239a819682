"""Makes proposals: a DataPoint per table, entities, dimensions, and metrics that are plain."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from typing import TypeVar

from core.catalog import Catalog
from core.profile import Profile
from datapoints.binding import bind
from datapoints.fact import Fact
from datapoints.kinds.dimension import DimensionDataPoint
from datapoints.kinds.entity import EntityDataPoint, Occurrence
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.table import ColumnNote, Join, TableDataPoint
from datapoints.parts.execution import Execution, Measure, MetricInput
from indexers.generate.roles import Reading, in_words, list_of, readings, singular, words
from sql.names import quote

ORIGIN = "profile"

AFact = TypeVar("AFact", bound=Fact)

_UNSAFE = re.compile(r"[^A-Za-z0-9_.\-]+")
_LONGEST = 190


def generate(database: str, catalog: Catalog, profile: Profile, *, known: Iterable[Fact] = ()) -> Iterator[Fact]:
    """Proposals for everything that was measured, each with a confidence and its reason.

    What `known` DataPoints describe already is left to them. Everything binds to the catalog.
    """
    described = {mark for each in known for mark in _marks(each)}
    found = readings(catalog, profile)
    for reading in found:
        for proposal in _Proposals(database, catalog, reading, found).all():
            if not described & set(_marks(proposal)) and not bind(proposal, catalog).missing:
                yield proposal


def _marks(fact: Fact) -> Iterator[tuple[str, ...]]:
    """What a DataPoint describes, so that nothing is described twice."""
    yield ("id", fact.id)
    if isinstance(fact, TableDataPoint | EntityDataPoint):
        yield (fact.kind, _bare(fact.table))
    elif isinstance(fact, DimensionDataPoint):
        yield (fact.kind, _bare(fact.table), fact.column or fact.expression)
    elif isinstance(fact, MetricDataPoint) and (how := fact.execution) and how.measure and not how.filter:
        measure = how.measure
        yield (fact.kind, _bare(measure.table), measure.aggregate, measure.expression, str(measure.distinct))


def _bare(table: str) -> str:
    return table.rpartition(".")[2].lower()


class _Proposals:
    """The proposals about one table."""

    def __init__(self, database: str, catalog: Catalog, reading: Reading, every: Sequence[Reading]) -> None:
        self._database = database
        self._catalog = catalog
        self._it = reading
        self._every = every
        table = reading.table
        self._plural = in_words(table.name)
        self._one = singular(self._plural)
        self._table = self._named(reading)

    def all(self) -> Iterator[Fact]:
        """Table and entity first, so that others can speak of them."""
        if self._it.table.kind != "view" and len(self._it.key) == 1 and not self._it.is_link:
            yield self._entity()
        yield self._describe()
        if self._it.rows and not self._it.is_link:
            yield from self._dimensions()
            yield from self._metrics()

    def _describe(self) -> TableDataPoint:
        it, comment = self._it, self._it.table.comment or ""
        keyed = bool(it.key)
        joins = [
            Join(
                table=self._named_by(each.referenced),
                columns=list(each.columns),
                referenced_columns=list(each.referenced_columns),
                cardinality=each.cardinality,
            )
            for each in it.references
            if each.referenced in self._catalog.by_name
        ]
        joins += self._through_links()
        described = TableDataPoint(
            id=self._id("table"),
            name=self._plural[:_LONGEST],
            definition=comment or self._told(),
            table=self._table,
            purpose=comment or self._told(),
            grain=f"one {self._one}" if keyed else "",
            key=list(it.key),
            time_column=it.time_column,
            entity=self._id("entity") if it.table.kind != "view" and len(it.key) == 1 and not it.is_link else "",
            measures=[each.name for each in it.of("sum")],
            dimensions=[each.name for each in it.of("dimension", "flag")],
            columns=[
                ColumnNote(
                    name=each.name, meaning=each.comment or "", type=each.type, pii=it.roles[each.name] == "personal"
                )
                for each in it.table.columns
                if each.comment or it.roles[each.name] == "personal"
            ],
            joins=joins,
        )
        return self._proposed(described, 0.85 if comment else 0.7 if keyed else 0.5)

    def _through_links(self) -> Iterator[Join]:
        """Tables of which each row goes with several, and the other way round, as a table between them says."""
        for link in (each for each in self._every if each.is_link):
            for own, other in permutations(link.references, 2):
                several = {own.columns, other.columns}.isdisjoint((link.key, *link.table.unique_keys))
                if own.referenced == self._it.name and several and other.referenced in self._catalog.by_name:
                    yield Join(
                        table=self._named_by(other.referenced),
                        columns=list(own.referenced_columns),
                        referenced_columns=list(other.referenced_columns),
                        cardinality="N:M",
                        through=self._named(link),
                    )

    def _told(self) -> str:
        """What can be said without anybody who knows."""
        others = [in_words(each.referenced.name) for each in self._it.references]
        towards = f" Refers to {', '.join(dict.fromkeys(others))}." if others else ""
        kind = "Which rows belong together" if self._it.is_link else f"Holds {self._plural}"
        return f"{kind}, one row per {self._one}.{towards}"

    def _entity(self) -> EntityDataPoint:
        occurrences = [
            Occurrence(table=self._named(each), columns=list(reference.columns))
            for each in self._every
            for reference in each.references
            if reference.referenced == self._it.name and reference.referenced_columns == self._it.key
        ]
        entity = EntityDataPoint(
            id=self._id("entity"),
            name=self._one[:_LONGEST],
            definition=f"A row of {self._table}, known by {self._it.key[0]}.",
            table=self._table,
            key=list(self._it.key),
            label=self._it.label,
            occurrences=occurrences,
        )
        return self._proposed(entity, 0.8 if occurrences else 0.6)

    def _dimensions(self) -> Iterator[DimensionDataPoint]:
        for column in self._it.of("dimension", "flag", "time"):
            time = self._it.roles[column.name] == "time"
            name = in_words(column.name)
            own = name if name.startswith(self._one) else f"{self._one} {name}"
            dimension = DimensionDataPoint(
                id=self._id(f"{column.name}.dimension"),
                name=own[:_LONGEST],
                definition=column.comment or f"The {name} of one {self._one}.",
                table=self._table,
                column=column.name,
                time_grains=["day", "week", "month", "quarter", "year"] if time else [],
            )
            yield self._proposed(dimension, 0.75 if column.comment else 0.6)

    def _metrics(self) -> Iterator[MetricDataPoint]:
        count = self._id("count")
        yield self._metric("count", f"number of {self._plural}", Measure(aggregate="count", table=self._table), 0.8)
        for column in self._it.of("sum"):
            yield self._added(column.name, "sum", "total", 0.65)
        for column in self._it.of("sum", "average"):
            yield self._added(column.name, "avg", "average", 0.55)
        for column in self._it.of("flag"):
            condition = f"{quote(column.name, self._catalog.dialect)} = TRUE"
            name = in_words(column.name).removeprefix("is ").removeprefix("has ")
            share = MetricDataPoint(
                id=self._id(f"{column.name}.share"),
                name=f"share of {self._plural} with {name}"[:_LONGEST],
                definition=f"{self._plural.capitalize()} where {column.name} is true, by all {self._plural}.",
                unit="%",
                grain=f"all {self._plural}",
                execution=Execution(
                    type="ratio",
                    numerator=MetricInput(name=count, alias="part", filter=[condition]),
                    denominator=MetricInput(name=count, alias="whole"),
                ),
            )
            yield self._proposed(share, 0.5)

    def _added(self, column: str, aggregate: str, adjective: str, confidence: float) -> MetricDataPoint:
        measure = Measure.model_validate(
            {"aggregate": aggregate, "expression": quote(column, self._catalog.dialect), "table": self._table}
        )
        unit = next((word for word in words(column)[-1:] if word in list_of("units")), "")
        proposal = self._metric(f"{column}.{aggregate}", self._title(column, adjective), measure, confidence)
        return proposal.model_copy(update={"unit": unit})

    def _title(self, column: str, adjective: str) -> str:
        """`average weight of parcels`, and nothing twice, as `average avg weight` and `parcel weight of parcels` do."""
        told = words(column)
        if len(told) > 1 and told[0] in list_of("aggregates"):
            told = told[1:]
        name = " ".join(told)
        return f"{adjective} {name}" if name.startswith(f"{self._one} ") else f"{adjective} {name} of {self._plural}"

    def _metric(self, what: str, name: str, measure: Measure, confidence: float) -> MetricDataPoint:
        counted = measure.aggregate == "count"
        metric = MetricDataPoint(
            id=self._id(what),
            name=name[:_LONGEST],
            definition=f"The {name}, over all rows of {self._table}{'' if counted else ' that have one'}.",
            unit=self._plural if counted else "",
            grain=f"all {self._plural}",
            execution=Execution(type="simple", measure=measure, time_column=self._it.time_column),
        )
        return self._proposed(metric, confidence)

    def _proposed(self, fact: AFact, confidence: float) -> AFact:
        """The DataPoint as a proposal for this database."""
        told = {"status": "pending", "database": self._database, "confidence": confidence, "origin": ORIGIN}
        return fact.model_copy(update=told)

    def _id(self, what: str) -> str:
        text = _UNSAFE.sub("_", f"{self._database}.{self._table}.{what}").strip("_.-")
        return text[-_LONGEST:].lstrip("_.-")

    def _named(self, reading: Reading) -> str:
        return self._named_by(reading.name)

    def _named_by(self, name: object) -> str:
        """A table's name, with its schema only where it must stand there."""
        table = self._catalog.by_text[str(name)]
        alike = self._catalog.by_folded_name[table.name.lower()]
        plain = len(alike) == 1 and table.schema in self._catalog.search_path
        return table.name if plain else str(table.full_name)
