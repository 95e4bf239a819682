"""A file of code, documentation or configuration, and what it implements."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, JsonValue
from typing_extensions import override

from core.datapoint import Link
from core.values.base import Value
from datapoints.fact import Fact


class Extracted(Value):
    """What was read out of the file."""

    tables: list[str] = []
    models: list[str] = []
    config: dict[str, JsonValue] = {}


class WorkspaceDataPoint(Fact):
    """A file that was indexed; what it mentions need not exist here."""

    kind: Literal["workspace"] = "workspace"  # pyright: ignore[reportIncompatibleVariableOverride]
    file_path: str = Field(min_length=1)
    file_type: str = ""
    language: str = ""
    symbols: list[str] = []
    docstrings: str = ""
    domain_tags: list[str] = []
    extracted_entities: Extracted = Extracted()
    last_modified: str = ""
    checksum: str = ""
    git_commit: str = ""
    implements_datapoint: str = ""
    depends_on_datapoints: list[str] = []

    @override
    def links(self) -> list[Link]:
        """The file, what it implements, what it reads."""
        file = f"file:{self.file_path}"
        found = [*super().links(), Link(kind="BELONGS_TO", source=self.node, target=file)]
        if self.implements_datapoint:
            found.append(Link(kind="IMPLEMENTS", source=file, target=f"datapoint:{self.implements_datapoint}"))
        found += [
            Link(kind="DEPENDS_ON", source=file, target=f"datapoint:{each}") for each in self.depends_on_datapoints
        ]
        found += [
            Link(kind="DERIVES_FROM", source=file, target=self.table_node(each))
            for each in self.extracted_entities.tables
        ]
        return found

    @override
    def more_text(self) -> Iterator[str]:
        """Path, symbols and what the file says of itself."""
        yield f"file {self.file_path}"
        yield ", ".join([*self.symbols, *self.domain_tags])
        yield self.docstrings
