"""A rule that shapes WHERE: which rows count, whatever the question."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator
from typing_extensions import override

from core.datapoint import Link
from datapoints.fact import Fact
from datapoints.parts.rests import Fragment, Named, Rest
from datapoints.parts.texts import Texts


class ConstraintDataPoint(Fact):
    """A condition on the rows of one or more tables, each of which has the columns that it names."""

    kind: Literal["constraint"] = "constraint"  # pyright: ignore[reportIncompatibleVariableOverride]
    table: str = ""
    tables: Texts = []
    predicate: str = Field(min_length=1)
    """A SQL condition over the table's columns, without the word WHERE."""
    applies: Literal["always", "unless asked otherwise"] = "unless asked otherwise"
    reason: str = ""
    """Why the rule exists; an answer that it shaped says so."""

    @property
    def governed(self) -> tuple[str, ...]:
        """Every table that it applies to."""
        return tuple(dict.fromkeys([*([self.table] if self.table else []), *self.tables]))

    @model_validator(mode="after")
    def _has_table(self) -> Self:
        if not self.governed:
            raise ValueError("needs a `table` or `tables`")
        return self

    @override
    def rests_on(self) -> Iterator[Rest]:
        """The condition, over each table."""
        yield from super().rests_on()
        if self.table:
            yield Named(("table",), self.table)
        for place, table in enumerate(self.tables):
            yield Named(("tables", place), table)
        for table in self.governed:
            yield Fragment(("predicate",), self.predicate, "condition", (table,))

    @override
    def links(self) -> list[Link]:
        """The tables that it filters."""
        return [
            *super().links(),
            *(Link(kind="FILTERS_BY", source=self.table_node(each), target=self.node) for each in self.governed),
        ]

    @override
    def more_text(self) -> Iterator[str]:
        """Tables and reason."""
        yield f"{', '.join(self.governed)}: {self.reason}".rstrip(": ")
