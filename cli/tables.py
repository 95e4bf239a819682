"""Tables: side by side where they fit, one line per value where they do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.console import printable
from core.values import Cell, ResultColumn

_NUMERIC = frozenset({"integer", "decimal", "float"})
_NARROWEST = 12
"""A column of text can be folded to this width and still be read."""


@dataclass(frozen=True)
class Heading:
    """A column's name; `right` aligns numbers, `whole` keeps a cell on one line."""

    name: str
    right: bool = False
    whole: bool = False


def headings_of(columns: Sequence[ResultColumn]) -> list[Heading]:
    """How a result's columns are shown: only text may be folded."""
    return [Heading(each.name, right=each.type in _NUMERIC, whole=each.type != "text") for each in columns]


def print_table(console: Console, headings: Sequence[Heading], rows: Sequence[Sequence[Cell]]) -> None:
    """The rows as a table; as records when the terminal is too narrow for that."""
    table = _table(headings, rows, terminal=console.is_terminal)
    wanted = console.measure(table, options=console.options.update(max_width=100_000)).maximum
    if wanted <= console.width or _foldable(headings, rows, console.width):
        console.print(table)
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


def _table(headings: Sequence[Heading], rows: Sequence[Sequence[Cell]], *, terminal: bool) -> Table:
    """Lines on a terminal; elsewhere Markdown, which needs no font and can be pasted."""
    table = Table(show_edge=False, header_style="bold", pad_edge=False) if terminal else Table(box=MARKDOWN)
    for each in headings:
        table.add_column(
            Text(shown(each.name)),
            justify="right" if each.right else "left",
            no_wrap=each.whole,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    return table


def _foldable(headings: Sequence[Heading], rows: Sequence[Sequence[Cell]], width: int) -> bool:
    """Whether every column keeps a readable width when text is folded."""
    columns = zip_longest([each.name for each in headings], *rows)
    widths = [max(len(shown(cell)) for cell in column) for column in columns]
    least = [
        each_width if each.whole else min(each_width, _NARROWEST)
        for each, each_width in zip(headings, widths, strict=True)
    ]
    return sum(least) + 3 * len(least) <= width


def _print_records(console: Console, headings: Sequence[Heading], rows: Sequence[Sequence[Cell]]) -> None:
    margin = min(max((len(shown(each.name)) for each in headings), default=0), console.width // 2)
    for number, row in enumerate(rows, start=1):
        console.print(Text(f"row {number}", style="bold"))
        for each, cell in zip(headings, row, strict=True):
            console.print(Text(f"  {shown(each.name):<{margin}}  {shown(cell)}"), overflow="fold")
