"""What one column means, where it deserves a file of its own."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field
from typing_extensions import override

from core.datapoint import Link
from datapoints.fact import Fact
from datapoints.parts.rests import Named, Rest


class ColumnDataPoint(Fact):
    """A column in the words of the business."""

    kind: Literal["column"] = "column"  # pyright: ignore[reportIncompatibleVariableOverride]
    table: str = Field(min_length=1)
    column: str = Field(min_length=1)
    unit: str = ""
    pii: bool = False
    values: dict[str, str] = {}
    """What stored codes mean: code to words."""
    null_means: str = ""
    """What it means that there is no value."""

    @override
    def rests_on(self) -> Iterator[Rest]:
        """The column."""
        yield from super().rests_on()
        yield Named(("column",), self.table, self.column)

    @override
    def links(self) -> list[Link]:
        """The column that it explains."""
        target = self.column_node(self.table, self.column)
        return [*super().links(), Link(kind="BELONGS_TO", source=self.node, target=target)]

    @override
    def more_text(self) -> Iterator[str]:
        """Place, unit and codes."""
        yield f"column {self.table}.{self.column}"
        if self.unit:
            yield f"unit: {self.unit}"
        yield from (f"{value}: {meaning}" for value, meaning in self.values.items())
