"""A question that somebody answered once and for all: SQL with parameters."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import model_validator
from typing_extensions import override

from datapoints.fact import Fact
from datapoints.parts.parameters import Template
from datapoints.parts.rests import Rest
from datapoints.parts.templates import fragments


class QueryDataPoint(Fact):
    """Reusable SQL, and the questions that it answers."""

    kind: Literal["query"] = "query"  # pyright: ignore[reportIncompatibleVariableOverride]
    execution: Template
    questions: list[str] = []
    """Ways to ask for it; parameters stand in braces."""
    columns: dict[str, str] = {}
    """What the columns of its result mean."""

    @model_validator(mode="after")
    def _has_sql(self) -> Self:
        if not (self.execution.sql_template or self.execution.backend_variants):
            raise ValueError("`execution` needs a `sql_template`")
        return self

    @override
    def rests_on(self) -> Iterator[Rest]:
        """The template."""
        yield from super().rests_on()
        yield from fragments(self.execution, ("execution",))

    @override
    def more_text(self) -> Iterator[str]:
        """The questions."""
        yield from self.questions
        yield from (f"{name}: {meaning}" for name, meaning in self.columns.items())
