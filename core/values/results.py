"""What a statement returns."""

from pydantic import JsonValue

from core.values.base import Value


class ResultColumn(Value):
    """A column of a result: `type` is one word of the house (see docs/add-a-connector.md), `native` the engine's."""

    name: str
    type: str
    native: str = ""


Cell = JsonValue
Row = list[Cell]


class Result(Value):
    """Columns and JSON-safe rows. `truncated` says that a limit cut rows; `cut_cells` that single cells were cut."""

    columns: list[ResultColumn]
    rows: list[Row]
    truncated: bool = False
    cut_cells: int = 0
    ms: float = 0.0
    """Time from the statement's start to its last fetched row, in milliseconds."""
