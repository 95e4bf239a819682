"""How a DataPoint hangs together with others and with systems outside."""

from collections.abc import Iterator

from pydantic import Field, JsonValue

from core.datapoint import Link
from core.values.base import Value


class Dependency(Value):
    """Something that it depends on; `impact_coefficient` is the share of its variance that this explains."""

    id: str
    type: str = ""
    impact_coefficient: float | None = Field(default=None, ge=-1, le=1)


class Impact(Value):
    """Something that depends on it."""

    id: str
    type: str = ""
    relationship: str = ""


class RelatedSystem(Value):
    """A system that it needs; the addresses tell how that system is."""

    name: str
    type: str = ""
    criticality: str = ""
    monitoring_url: str = ""
    health_check: str = ""


class Relationships(Value):
    """What it depends on, what depends on it, and the systems behind."""

    depends_on: list[Dependency] = []
    impacts: list[Impact] = []
    related_systems: list[RelatedSystem] = []

    def links(self, source: str) -> Iterator[Link]:
        """The same as links of `source`."""
        for each in self.depends_on:
            told: dict[str, JsonValue] = {"type": each.type, "impact": each.impact_coefficient}
            yield Link(kind="DEPENDS_ON", source=source, target=f"datapoint:{each.id}", properties=told)
        for each in self.impacts:
            said: dict[str, JsonValue] = {"type": each.type, "relationship": each.relationship}
            yield Link(kind="IMPACTS", source=source, target=f"datapoint:{each.id}", properties=said)
        for each in self.related_systems:
            properties = each.model_dump(exclude={"name"}, exclude_defaults=True)
            yield Link(kind="USES_SYSTEM", source=source, target=f"system:{each.name}", properties=properties)
