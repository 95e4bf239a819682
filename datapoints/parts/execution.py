"""How a metric is calculated: SQL of its own, or a declaration in MetricFlow's words."""

from typing import Annotated, Literal, Self, cast

from pydantic import BeforeValidator, Field, model_validator

from core.values.base import Value
from core.values.plans import Aggregate, Grain
from datapoints.parts.materialization import Materialization
from datapoints.parts.parameters import Template
from datapoints.parts.texts import Texts

MetricType = Literal["simple", "ratio", "derived", "cumulative"]

_AGGREGATES = {"average": "avg", "mean": "avg", "minimum": "min", "maximum": "max"}


class Measure(Value):
    """An aggregate over the rows of `table`; without an expression (or with `*`) rows are counted."""

    aggregate: Annotated[Aggregate, BeforeValidator(lambda given: _AGGREGATES.get(given, given))]
    expression: str = "*"
    table: str = Field(min_length=1)
    distinct: bool = False

    @model_validator(mode="before")
    @classmethod
    def _count_distinct(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        read = cast(dict[str, object], given)
        counted = read.get("aggregate") == "count_distinct"
        return {**read, "aggregate": "count", "distinct": True} if counted else read

    @model_validator(mode="after")
    def _countable(self) -> Self:
        if self.expression == "*" and (self.aggregate != "count" or self.distinct):
            raise ValueError(f"{self.aggregate} needs an `expression`")
        return self


class MetricInput(Value):
    """Another metric that this one is calculated from, under `alias` in `expr`; `filter` restricts it further."""

    name: str
    alias: str = ""
    filter: Texts = []
    offset_window: str = ""
    """How far back it is taken: `1 month`."""

    @property
    def called(self) -> str:
        """The name that stands for it in `expr`."""
        return self.alias or self.name


def _by_name(given: object) -> object:
    return {"name": given} if isinstance(given, str) else given


Input = Annotated[MetricInput, BeforeValidator(_by_name, json_schema_input_type=str | MetricInput)]
"""A metric, by its id alone or with an alias and a filter."""

_NEEDS: dict[MetricType, tuple[str, ...]] = {
    "simple": ("measure",),
    "ratio": ("numerator", "denominator"),
    "derived": ("expr", "metrics"),
    "cumulative": (),
}
_OF_TYPE: dict[str, tuple[MetricType, ...]] = {
    "measure": ("simple", "cumulative"),
    "numerator": ("ratio",),
    "denominator": ("ratio",),
    "expr": ("derived",),
    "metrics": ("derived", "cumulative"),
    "window": ("cumulative",),
    "grain_to_date": ("cumulative",),
}


class Execution(Template):
    """Either `sql_template`, or a `type` with what it needs.

    simple: `measure`. ratio: `numerator` by `denominator`. derived: `expr` over the aliases of `metrics`.
    cumulative: `measure` or one of `metrics`, over a `window` (`7 days`) or from the start of a `grain_to_date`.
    """

    type: MetricType | None = None
    measure: Measure | None = None
    filter: Texts = []
    """Conditions on the measure's table; all of them hold."""
    dimensions: list[str] = []
    """Columns, or ids of dimensions, that it may be grouped and filtered by; empty for all that can be reached."""
    time_column: str = ""
    """The column that its time is told by; empty for the table's own."""
    numerator: Input | None = None
    denominator: Input | None = None
    metrics: list[Input] = []
    expr: str = ""
    window: str = ""
    grain_to_date: Grain | None = None
    materialization: Materialization | None = None

    @property
    def inputs(self) -> tuple[MetricInput, ...]:
        """Every metric that it is calculated from."""
        return tuple(each for each in (self.numerator, self.denominator, *self.metrics) if each)

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if self.type is None:
            if not (self.sql_template or self.backend_variants):
                raise ValueError("needs a `type` (simple, ratio, derived, cumulative) or a `sql_template`")
        elif self.sql_template or self.backend_variants:
            raise ValueError("has a `type` and a `sql_template`; one of them must go")
        self._check_words()
        return self

    def _check_words(self) -> None:
        for word in _NEEDS[self.type] if self.type else ():
            if not getattr(self, word):
                raise ValueError(f"type {self.type} needs `{word}`")
        for word, types in _OF_TYPE.items():
            if getattr(self, word) and self.type not in types:
                raise ValueError(f"`{word}` belongs to type {' or '.join(types)}")
        if self.type == "cumulative" and not self.measure and len(self.metrics) != 1:
            raise ValueError("type cumulative needs a `measure` or one of `metrics`")
