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

PREVIEW_ROWS = 100
PREVIEW_CHARACTERS = 24_000
"""What of a result a checkpoint holds."""


class Result(Value):
    """Columns and JSON-safe rows. `truncated` says that a limit cut rows; `cut_cells` that single cells were cut."""

    columns: list[ResultColumn]
    rows: list[Row]
    truncated: bool = False
    cut_cells: int = 0
    ms: float = 0.0
    """Time from the statement's start to its last fetched row, in milliseconds."""

    def preview(self) -> "Result":
        """The first rows that fit into a checkpoint; this result itself where all of them do."""
        kept, size = 0, 0
        for row in self.rows[:PREVIEW_ROWS]:
            size += len(str(row))
            if size > PREVIEW_CHARACTERS:
                break
            kept += 1
        if kept == len(self.rows):
            return self
        # Of a row that fills a checkpoint alone, the beginnings of its cells are shown.
        rows = self.rows[:kept] or [[_beginning(cell, len(self.columns)) for cell in self.rows[0]]]
        return self.model_copy(update={"rows": rows})


def _beginning(cell: Cell, cells: int) -> Cell:
    most = PREVIEW_CHARACTERS // cells
    text = cell if isinstance(cell, str) else str(cell)
    return f"{text[:most]}…" if len(text) > most else cell
