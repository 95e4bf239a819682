"""What a few words of a question may mean."""

from dataclasses import dataclass
from typing import Literal

from core.profile import Scalar

Kind = Literal["table", "column", "value"]


@dataclass(frozen=True, slots=True)
class Link:
    """A table, a column of it, or a value of that column; `table` is `schema.name`, `why` how it was found."""

    kind: Kind
    table: str
    column: str = ""
    value: Scalar = None
    score: float = 1.0
    why: str = "name"

    @property
    def place(self) -> tuple[str, str]:
        """The column, or the table with an empty column."""
        return self.table, self.column
