"""A job that makes data: when it runs, what it reads, what it writes."""

from collections.abc import Iterator
from typing import Literal

from typing_extensions import override

from core.datapoint import Link
from datapoints.fact import Fact
from datapoints.parts.rests import Named, Rest
from datapoints.parts.texts import Texts


class ProcessDataPoint(Fact):
    """A scheduled process."""

    kind: Literal["process"] = "process"  # pyright: ignore[reportIncompatibleVariableOverride]
    schedule: str = ""
    """A cron line or words: `daily at 02:00`."""
    timezone: str = ""
    freshness: str = ""
    """How old its targets may be: `24 hours`."""
    targets: Texts = []
    """Tables that it writes."""
    sources: Texts = []
    """Tables that it reads."""
    system: str = ""
    """What runs it: `airflow`."""
    steps: list[str] = []

    @override
    def rests_on(self) -> Iterator[Rest]:
        """Targets and sources."""
        yield from super().rests_on()
        for word in ("targets", "sources"):
            yield from (Named((word, place), table) for place, table in enumerate(getattr(self, word)))

    @override
    def links(self) -> list[Link]:
        """Each target comes from each source; the process needs its system."""
        found = super().links()
        for target in self.targets:
            node = self.table_node(target)
            found.append(Link(kind="COMPUTES", source=self.node, target=node))
            found += [
                Link(kind="DERIVES_FROM", source=node, target=self.table_node(each), properties={"by": self.id})
                for each in self.sources
            ]
        if self.system:
            found.append(Link(kind="USES_SYSTEM", source=self.node, target=f"system:{self.system}"))
        return found

    @override
    def more_text(self) -> Iterator[str]:
        """Schedule, freshness and tables."""
        for label in ("schedule", "freshness"):
            if getattr(self, label):
                yield f"{label}: {getattr(self, label)}"
        yield ", ".join([*self.targets, *self.sources])
