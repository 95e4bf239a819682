"""What the rows of a table are, and which of its columns carry what."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, JsonValue
from typing_extensions import override

from core.datapoint import Link
from core.values.base import Value
from core.yaml_file import KeyPath
from datapoints.fact import Fact
from datapoints.parts.rests import Fragment, Named, Rest
from datapoints.parts.texts import Texts


class ColumnNote(Value):
    """What a column means; `values` explains stored codes, `pii` marks personal data."""

    name: str
    meaning: str = ""
    type: str = ""
    """The type as last seen; the database decides."""
    unit: str = ""
    pii: bool = False
    synonyms: list[str] = []
    values: dict[str, str] = {}


class Join(Value):
    """How its rows find rows of another table, column by column."""

    table: str
    columns: Texts
    referenced_columns: Texts = []
    cardinality: str = ""
    """`1:1`, `N:1`, `1:N` or `N:M`, this table's side first."""
    through: str = ""
    """The table that says which rows belong together, where no columns of these two do; then those are their keys."""


class TableDataPoint(Fact):
    """A table or view in the words of the business."""

    kind: Literal["table"] = "table"  # pyright: ignore[reportIncompatibleVariableOverride]
    table: str = Field(min_length=1)
    purpose: str = ""
    grain: str = ""
    """What one row stands for: `one payment`."""
    key: Texts = []
    time_column: str = ""
    """The column that tells when a row happened."""
    entity: str = ""
    """The entity that a row is one of, by id."""
    measures: list[str] = []
    """Columns that may be added up."""
    dimensions: list[str] = []
    """Columns by which rows may be grouped."""
    columns: list[ColumnNote] = []
    joins: list[Join] = []
    freshness: str = ""
    exclusions: list[str] = []
    gotchas: list[str] = []
    common_queries: list[str] = []
    row_count: int | None = Field(default=None, ge=0)

    @override
    def rests_on(self) -> Iterator[Rest]:
        """The table, and every column that is named."""
        yield from super().rests_on()
        yield Named(("table",), self.table)
        for word in ("key", "measures", "dimensions"):
            for place, column in enumerate(getattr(self, word)):
                yield Named((word, place), self.table, column)
        if self.time_column:
            yield Named(("time_column",), self.table, self.time_column)
        for place, note in enumerate(self.columns):
            yield Named(("columns", place, "name"), self.table, note.name)
        for place, query in enumerate(self.common_queries):
            yield Fragment(("common_queries", place), query)
        yield from self._joined()

    def _joined(self) -> Iterator[Rest]:
        for place, join in enumerate(self.joins):
            yield Named(("joins", place, "table"), join.table)
            for nth, column in enumerate(join.columns):
                yield Named(("joins", place, "columns", nth), self.table, column)
            for nth, column in enumerate(join.referenced_columns):
                yield Named(("joins", place, "referenced_columns", nth), join.table, column)
            if join.through:
                yield Named(("joins", place, "through"), join.through)

    @override
    def mentions(self) -> Iterator[tuple[KeyPath, str]]:
        """The entity."""
        yield from super().mentions()
        if self.entity:
            yield ("entity",), self.entity

    @override
    def links(self) -> list[Link]:
        """The table that it explains, its joins and its grain."""
        home = self.table_node(self.table)
        found = [*super().links(), Link(kind="BELONGS_TO", source=self.node, target=home)]
        for join in (each for each in self.joins if not each.through):
            by: dict[str, JsonValue] = {"columns": [*join.columns], "cardinality": join.cardinality}
            found.append(Link(kind="JOINS_WITH", source=home, target=self.table_node(join.table), properties=by))
        if self.grain:
            found.append(Link(kind="HAS_GRAIN", source=home, target=f"grain:{self.grain}"))
        return found

    @override
    def more_text(self) -> Iterator[str]:
        """Purpose, grain and columns."""
        yield f"table {self.table}: {self.purpose}".rstrip(": ")
        if self.grain:
            yield f"one row: {self.grain}"
        for note in self.columns:
            told = ", ".join(filter(None, [note.meaning, note.unit, *note.synonyms]))
            yield f"{note.name}: {told}" if told else note.name
        yield from self.gotchas
