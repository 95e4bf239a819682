"""A word of the business that is no number: what is meant by it, and by what it is told apart."""

from collections.abc import Iterator
from typing import Literal

from typing_extensions import override

from datapoints.fact import Fact


class ConceptDataPoint(Fact):
    """A notion, explained; `data_sources` may say where it shows."""

    kind: Literal["concept"] = "concept"  # pyright: ignore[reportIncompatibleVariableOverride]
    rules: list[str] = []
    """What holds of it, a sentence each."""
    examples: list[str] = []
    not_the_same_as: list[str] = []
    """What it is often mistaken for."""

    @override
    def more_text(self) -> Iterator[str]:
        """Rules and examples."""
        yield from self.rules
        yield from self.examples
