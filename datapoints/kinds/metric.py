"""A number that the business steers by, and how it is calculated."""

from collections.abc import Iterator
from typing import Literal

from typing_extensions import override

from core.datapoint import Link
from core.yaml_file import KeyPath
from datapoints.fact import Fact
from datapoints.parts.execution import Execution
from datapoints.parts.intelligence import Intelligence
from datapoints.parts.materialization import Materialization
from datapoints.parts.rests import Fragment, Named, Rest
from datapoints.parts.templates import fragments


class MetricDataPoint(Fact):
    """A metric; without `execution` it is only explained."""

    kind: Literal["metric"] = "metric"  # pyright: ignore[reportIncompatibleVariableOverride]
    unit: str = ""
    """`EUR`, `%`, `transactions`."""
    format: str = ""
    """How a value is shown: `0.0 %`."""
    grain: str = ""
    """What one value stands for: `one UTC day`."""
    freshness: str = ""
    exclusions: list[str] = []
    """What is left out, in words."""
    execution: Execution | None = None
    materialization: Materialization | None = None
    intelligence: Intelligence | None = None

    @property
    def kept(self) -> Materialization | None:
        """How it may be precomputed, wherever the file says so."""
        return self.materialization or (self.execution.materialization if self.execution else None)

    @override
    def rests_on(self) -> Iterator[Rest]:
        """The measure's table and expression, the filters, or the template."""
        yield from super().rests_on()
        if self.execution is None:
            return
        yield from fragments(self.execution, ("execution",))
        measure = self.execution.measure
        if measure:
            yield Named(("execution", "measure", "table"), measure.table)
            if measure.expression != "*":
                yield Fragment(
                    ("execution", "measure", "expression"), measure.expression, "expression", (measure.table,)
                )
            if self.execution.time_column:
                yield Named(("execution", "time_column"), measure.table, self.execution.time_column)
            for place, condition in enumerate(self.execution.filter):
                yield Fragment(("execution", "filter", place), condition, "condition", (measure.table,))

    @override
    def mentions(self) -> Iterator[tuple[KeyPath, str]]:
        """The metrics it is calculated from."""
        yield from super().mentions()
        if self.execution:
            for word in ("numerator", "denominator"):
                found = getattr(self.execution, word)
                if found:
                    yield ("execution", word), found.name
            for place, each in enumerate(self.execution.metrics):
                yield ("execution", "metrics", place), each.name

    @override
    def links(self) -> list[Link]:
        """The metrics and tables that it is computed from, and its grain."""
        found = super().links()
        if self.execution:
            found += [
                Link(kind="DEPENDS_ON", source=self.node, target=f"datapoint:{each.name}", properties={"type": "input"})
                for each in self.execution.inputs
            ]
            if self.execution.measure:
                found.append(
                    Link(kind="COMPUTES", source=self.node, target=self.table_node(self.execution.measure.table))
                )
        if self.grain:
            found.append(Link(kind="HAS_GRAIN", source=self.node, target=f"grain:{self.grain}"))
        return found

    @override
    def more_text(self) -> Iterator[str]:
        """Unit and what is left out."""
        if self.unit:
            yield f"unit: {self.unit}"
        yield from (f"without {each}" for each in self.exclusions)
