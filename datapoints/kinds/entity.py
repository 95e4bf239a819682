"""Something that the business counts: a customer, an order."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field
from typing_extensions import override

from core.datapoint import Link
from core.values.base import Value
from datapoints.fact import Fact
from datapoints.parts.rests import Fragment, Named, Rest
from datapoints.parts.texts import Texts


class Occurrence(Value):
    """Another table that refers to the entity, column by column of its key."""

    table: str
    columns: Texts


class EntityDataPoint(Fact):
    """One row of `table` is one of them, known by `key`."""

    kind: Literal["entity"] = "entity"  # pyright: ignore[reportIncompatibleVariableOverride]
    table: str = Field(min_length=1)
    key: Texts = Field(min_length=1)
    label: str = ""
    """The column by which people call it."""
    filter: Texts = []
    """Conditions for a row to be one of them, where not every row is."""
    occurrences: list[Occurrence] = []

    @override
    def rests_on(self) -> Iterator[Rest]:
        """Table, key, label, filters, and where else it occurs."""
        yield from super().rests_on()
        yield Named(("table",), self.table)
        for place, column in enumerate(self.key):
            yield Named(("key", place), self.table, column)
        if self.label:
            yield Named(("label",), self.table, self.label)
        for place, condition in enumerate(self.filter):
            yield Fragment(("filter", place), condition, "condition", (self.table,))
        for place, each in enumerate(self.occurrences):
            yield Named(("occurrences", place, "table"), each.table)
            for nth, column in enumerate(each.columns):
                yield Named(("occurrences", place, "columns", nth), each.table, column)

    @override
    def links(self) -> list[Link]:
        """Its table, and the tables that refer to it."""
        home = self.table_node(self.table)
        joins = [
            Link(kind="JOINS_WITH", source=self.table_node(each.table), target=home, properties={"by": [*each.columns]})
            for each in self.occurrences
        ]
        return [*super().links(), Link(kind="DERIVES_FROM", source=self.node, target=home), *joins]
