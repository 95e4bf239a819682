"""Tables: side by side where they fit, one line per value where they do not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.console import printable
from core.values import Cell, ResultColumn

_NUMERIC = frozenset({"integer", "decimal", "float"})
_WHOLE = _NUMERIC | {"date", "time", "timestamp", "timestamptz", "interval", "uuid", "boolean"}
_NAME = 24
"""What is no longer stays on one line; it may be a name that somebody wants to copy."""
_NARROWEST = 12
"""Longer texts are folded, to no less than this."""
_LINES = 2
"""Of a folded text; the rest is cut, on terminals alone."""


@dataclass(frozen=True)
class Heading:
    """A column's name; `right` aligns numbers, `whole` keeps a cell on one line."""

    name: str
    right: bool = False
    whole: bool = False


def headings_of(columns: Sequence[ResultColumn]) -> list[Heading]:
    """How a result's columns are shown: numbers and times are never folded."""
    return [Heading(each.name, right=each.type in _NUMERIC, whole=each.type in _WHOLE) for each in columns]


def print_table(console: Console, headings: Sequence[Heading], rows: Sequence[Sequence[Cell]]) -> None:
    """The rows as a table; as records when the terminal is too narrow for that, as Markdown where none is."""
    if not console.is_terminal:
        for line in _markdown(headings, rows):
            console.print(Text(line))
        return
    widths = _fitted(_widths(headings, rows), headings, console.width)
    if widths:
        console.print(_table(headings, rows, widths))
    else:
        _print_records(console, headings, rows)


def shown(cell: Cell) -> str:
    """A cell as one line that can be copied; nothing for NULL."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return printable(cell.replace("\r\n", "\\n").replace("\n", "\\n").replace("\t", "\\t"))
    if isinstance(cell, bool | int | float):
        return str(cell).lower() if isinstance(cell, bool) else str(cell)
    import json

    return printable(json.dumps(cell, ensure_ascii=False))


def _table(headings: Sequence[Heading], rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> Table:
    table = Table(show_edge=False, header_style="bold", pad_edge=False)
    for each, width in zip(headings, widths, strict=True):
        justify = "right" if each.right else "left"
        table.add_column(Text(shown(each.name)), justify=justify, width=width, overflow="fold")
    for row in rows:
        table.add_row(*(_cut(shown(cell), width) for cell, width in zip(row, widths, strict=True)))
    return table


def _cut(text: str, width: int) -> Text:
    room = width * _LINES
    return Text(text if cell_len(text) <= room else f"{set_cell_size(text, room - width // 4 - 1).rstrip()}…")


def _markdown(headings: Sequence[Heading], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """Aligned lines that need no font and can be pasted; a vertical bar in a cell is escaped."""
    lines = [[shown(cell).replace("|", "\\|") for cell in row] for row in ([each.name for each in headings], *rows)]
    widths = [max(3, *map(cell_len, column)) for column in zip(*lines, strict=True)]
    rule = ["-" * (width - each.right) + ":" * each.right for each, width in zip(headings, widths, strict=True)]
    for line in (lines[0], rule, *lines[1:]):
        padded = zip(headings, widths, line, strict=True)
        yield "| " + " | ".join(_padded(cell, width, right=each.right) for each, width, cell in padded) + " |"


def _padded(cell: str, width: int, *, right: bool) -> str:
    gap = " " * (width - cell_len(cell))
    return gap + cell if right else cell + gap


def _widths(headings: Sequence[Heading], rows: Sequence[Sequence[Cell]]) -> list[int]:
    columns = zip([each.name for each in headings], *rows, strict=True)
    return [max(cell_len(shown(cell)) for cell in column) for column in columns]


def _fitted(widths: Sequence[int], headings: Sequence[Heading], room: int) -> list[int]:
    """The widths with long texts folded as far as the room needs; empty when even that is not enough."""
    folds = [not each.whole and width > _NAME for each, width in zip(headings, widths, strict=True)]
    over = sum(widths) + 3 * (len(widths) - 1) - room
    fitted = list(widths)
    while over > 0:
        widest = max((place for place, fold in enumerate(folds) if fold), key=lambda place: fitted[place], default=-1)
        if widest < 0 or fitted[widest] <= _NARROWEST:
            return []
        fitted[widest] -= 1
        over -= 1
    return fitted


def _print_records(console: Console, headings: Sequence[Heading], rows: Sequence[Sequence[Cell]]) -> None:
    for number, row in enumerate(rows, start=1):
        console.print(Text(f"row {number}", style="bold"))
        record = Table(box=None, show_header=False, padding=(0, 0, 0, 2))
        record.add_column(no_wrap=True, max_width=console.width // 2)
        record.add_column(overflow="fold")
        for each, cell in zip(headings, row, strict=True):
            record.add_row(Text(shown(each.name)), Text(shown(cell)))
        console.print(record)
