"""What a file of any kind may say, beside what every DataPoint shares."""

from collections.abc import Iterator, Mapping
from typing import cast

from pydantic import ConfigDict, Field, JsonValue, model_validator
from typing_extensions import override

from core.datapoint import DataPoint, Link
from core.values.base import Value
from datapoints.parts.relationships import Relationships
from datapoints.parts.rests import Fragment, Named, Rest
from datapoints.parts.texts import Texts


class DataSource(Value):
    """A table that it speaks of, with the columns and the rows that matter."""

    table: str
    columns: Texts = []
    filters: Texts = []


class Fact(DataPoint):
    """Base of every kind: where it comes from, what it is related to, who reviewed it."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    documentation_url: str = ""
    data_sources: list[DataSource] = []
    related_concepts: Texts = []
    relationships: Relationships = Relationships()
    reviewer: str = ""
    """Who approved this version."""
    change_reason: str = ""
    """Why this version differs from the one before."""
    confidence: float | None = Field(default=None, ge=0, le=1)
    """How certain the one who proposed it was; None where a person wrote it."""
    origin: str = ""
    """What proposed it; empty where a person wrote it."""
    analytics: dict[str, JsonValue] = Field(default={}, alias="_analytics")
    """Measured usage, as an export may hold it; nothing is decided by it."""
    recommendation: dict[str, JsonValue] = Field(default={}, alias="_recommendation")

    @model_validator(mode="before")
    @classmethod
    def _synonyms_and_defaults(cls, given: object) -> object:
        """`type` is a synonym of `kind`; without a name, the id in words is one."""
        if not isinstance(given, dict):
            return given
        read = dict(cast(Mapping[str, object], given))
        if "type" in read and "kind" not in read:
            read["kind"] = read.pop("type")
        if "name" not in read and isinstance(read.get("id"), str):
            read["name"] = str(read["id"]).replace("_", " ").strip()
        return read

    def rests_on(self) -> Iterator[Rest]:
        """Every table, column and piece of SQL that it needs in its database; kinds add their own."""
        for place, source in enumerate(self.data_sources):
            keys = ("data_sources", place)
            yield Named((*keys, "table"), source.table)
            for each, column in enumerate(source.columns):
                yield Named((*keys, "columns", each), source.table, column)
            for each, condition in enumerate(source.filters):
                yield Fragment((*keys, "filters", each), condition, "condition", (source.table,))

    def mentions(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Ids of other DataPoints that must exist, each with its place; kinds add their own."""
        for place, each in enumerate(self.relationships.depends_on):
            yield ("relationships", "depends_on", place, "id"), each.id

    @property
    def node(self) -> str:
        """Its name as an end of links."""
        return f"datapoint:{self.id}"

    def table_node(self, table: str) -> str:
        """A table's name as an end of links, in the words of the file; `*` stands for any database."""
        return f"table:{self.database or '*'}/{table}"

    def column_node(self, table: str, column: str) -> str:
        """A column's name as an end of links."""
        return f"column:{self.database or '*'}/{table}.{column}"

    @override
    def links(self) -> list[Link]:
        """Owner, relationships and the tables it is about."""
        sources = [
            Link(kind="DERIVES_FROM", source=self.node, target=self.table_node(each.table))
            for each in self.data_sources
        ]
        return [*super().links(), *self.relationships.links(self.node), *sources]

    def more_text(self) -> Iterator[str]:
        """What a kind has to say beside name, synonyms, definition and tags."""
        yield from ()

    @override
    def text(self) -> str:
        """The fact in words."""
        return "\n".join(filter(None, [super().text(), *self.more_text()]))
