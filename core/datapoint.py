"""What every DataPoint shares, whatever its kind: who says it, of what, and how it hangs together with others."""

from typing import Literal

from pydantic import Field, JsonValue

from core.values.base import Value

DataPointStatus = Literal["pending", "approved", "retired"]

LinkKind = Literal[
    "BELONGS_TO",
    "JOINS_WITH",
    "DERIVES_FROM",
    "COMPUTES",
    "FILTERS_BY",
    "HAS_GRAIN",
    "DEPENDS_ON",
    "IMPACTS",
    "USES_SYSTEM",
    "IMPLEMENTS",
    "OWNED_BY",
]


class Link(Value):
    """One directed link between two things.

    A thing is named `KIND:ID`: `datapoint:revenue`, `table:shop/public.orders`, `column:shop/public.orders.total`,
    `system:payment_gateway`, `file:models/revenue.sql`, `owner:finance-team`. Tables and columns carry their database.
    """

    kind: LinkKind
    source: str
    target: str
    properties: dict[str, JsonValue] = {}


class DataPoint(Value):
    """A fact about the data that the business wrote or confirmed; each kind extends it by a model of its own."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$", max_length=200)
    kind: str
    name: str = Field(min_length=1, max_length=300)
    status: DataPointStatus = "approved"
    version: int = Field(default=1, ge=1)
    database: str | None = None
    """The connection it speaks of; None for all."""
    definition: str = ""
    owner: str = ""
    synonyms: list[str] = []
    tags: list[str] = []

    def text(self) -> str:
        """What retrieval indexes and a model may read: the fact in words."""
        return "\n".join(filter(None, [self.name, ", ".join(self.synonyms), self.definition, ", ".join(self.tags)]))

    def links(self) -> list[Link]:
        """How it hangs together with other things; kinds add their own."""
        if not self.owner:
            return []
        return [Link(kind="OWNED_BY", source=f"datapoint:{self.id}", target=f"owner:{self.owner}")]
