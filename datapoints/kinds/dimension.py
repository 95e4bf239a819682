"""What a number is broken down by."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator
from typing_extensions import override

from core.datapoint import Link
from core.values.plans import Grain
from core.yaml_file import KeyPath
from datapoints.fact import Fact
from datapoints.parts.rests import Fragment, Named, Rest


class DimensionDataPoint(Fact):
    """A column, or an expression over a table's columns, by which rows are grouped and filtered."""

    kind: Literal["dimension"] = "dimension"  # pyright: ignore[reportIncompatibleVariableOverride]
    table: str = Field(min_length=1)
    column: str = ""
    expression: str = ""
    entity: str = ""
    """The entity that it describes, by id."""
    values: dict[str, str] = {}
    """What the stored values mean: code to words."""
    time_grains: list[Grain] = []
    """The grains that a dimension of time may be cut to; empty for other dimensions."""
    unit: str = ""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.column) == bool(self.expression):
            raise ValueError("needs either a `column` or an `expression`")
        return self

    @override
    def rests_on(self) -> Iterator[Rest]:
        """Its table, and its column or expression."""
        yield from super().rests_on()
        yield Named(("table",), self.table)
        if self.column:
            yield Named(("column",), self.table, self.column)
        else:
            yield Fragment(("expression",), self.expression, "expression", (self.table,))

    @override
    def mentions(self) -> Iterator[tuple[KeyPath, str]]:
        """The entity."""
        yield from super().mentions()
        if self.entity:
            yield ("entity",), self.entity

    @override
    def links(self) -> list[Link]:
        """Table or column, and the entity."""
        node = self.column_node(self.table, self.column) if self.column else self.table_node(self.table)
        found = [*super().links(), Link(kind="DERIVES_FROM", source=self.node, target=node)]
        if self.entity:
            found.append(Link(kind="BELONGS_TO", source=self.node, target=f"datapoint:{self.entity}"))
        return found

    @override
    def more_text(self) -> Iterator[str]:
        """What its values mean."""
        yield from (f"{value}: {meaning}" for value, meaning in self.values.items())
