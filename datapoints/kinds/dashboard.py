"""A page of charts that people look at together."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import model_validator
from typing_extensions import override

from core.datapoint import Link
from core.values.base import Value
from core.values.plans import Grain
from core.yaml_file import KeyPath
from datapoints.fact import Fact


class Chart(Value):
    """One chart of a metric or a query, by id."""

    title: str
    metric: str = ""
    query: str = ""
    type: Literal["line", "bar", "area", "pie", "number", "table"] = "line"
    dimensions: list[str] = []
    grain: Grain | None = None
    period: str = ""
    """The time that it shows: `last 30 days`."""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.metric) == bool(self.query):
            raise ValueError("needs either a `metric` or a `query`")
        return self

    @property
    def source(self) -> str:
        """What it shows, by id."""
        return self.metric or self.query


class DashboardDataPoint(Fact):
    """Charts under one title; `url` where it lives in another system."""

    kind: Literal["dashboard"] = "dashboard"  # pyright: ignore[reportIncompatibleVariableOverride]
    url: str = ""
    charts: list[Chart] = []

    @override
    def mentions(self) -> Iterator[tuple[KeyPath, str]]:
        """What its charts show."""
        yield from super().mentions()
        for place, chart in enumerate(self.charts):
            yield ("charts", place, "metric" if chart.metric else "query"), chart.source

    @override
    def links(self) -> list[Link]:
        """What its charts show."""
        shown = dict.fromkeys(chart.source for chart in self.charts)
        return [
            *super().links(),
            *(Link(kind="DEPENDS_ON", source=self.node, target=f"datapoint:{each}") for each in shown),
        ]

    @override
    def more_text(self) -> Iterator[str]:
        """The titles."""
        yield from (chart.title for chart in self.charts)
