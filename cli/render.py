"""How answers look in a terminal."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from core.values import Answer, Cell, Event, Row

SHOWN_ROWS = 20
_RIGHT = {"integer", "decimal", "float"}


@contextmanager
def progress(*, quiet: bool = False) -> Generator[Callable[[Event], None]]:
    """A line on stderr that says which node works; nothing where stderr is no terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda event: None
        return
    with console.status("Starting", spinner="dots") as status:

        def tell(event: Event) -> None:
            if event.type == "node.started":
                status.update(escape(str(event.data["node"])))

        yield tell


def print_answer(answer: Answer, *, trace: bool = False) -> None:
    """Words, rows, SQL and where they come from."""
    console = Console(highlight=False)
    console.print(Text(answer.answer, style="bold" if answer.status == "answered" else "yellow"))
    if answer.clarification:
        for number, option in enumerate(answer.clarification.options, 1):
            console.print(Text(f"  {number}. {option}"))
    if answer.rows and not _is_said(answer):
        console.print(rows_table([each.name for each in answer.columns], answer.rows, _right(answer)))
        _print_rest(console, answer)
    if answer.sql:
        console.print(Syntax(answer.sql, "sql", background_color="default", word_wrap=True))
    if trace:
        console.print(trace_table(answer))
    console.print(Text(_footer(answer), style="dim"))


def rows_table(columns: Sequence[str], rows: Sequence[Row], right: Sequence[bool] = ()) -> Table:
    """At most twenty rows as a table; numbers stand to the right."""
    table = Table(show_edge=False, header_style="bold")
    for place, name in enumerate(columns):
        table.add_column(Text(name), justify="right" if place < len(right) and right[place] else "left")
    for row in rows[:SHOWN_ROWS]:
        table.add_row(*(Text(_cell(cell)) for cell in row))
    return table


def trace_table(answer: Answer) -> Table:
    """The decision trace: who decided what, why, and in which time."""
    table = Table(show_edge=False, header_style="dim", style="dim")
    for name in ("node", "decision", "reason"):
        table.add_column(name)
    table.add_column("ms", justify="right")
    for step in answer.trace:
        table.add_row(step.node, Text(step.decision), Text(step.reason), f"{step.ms:.1f}")
    return table


def _is_said(answer: Answer) -> bool:
    """A single value stands in the words already."""
    return len(answer.rows) == 1 and len(answer.columns) == 1


def _right(answer: Answer) -> list[bool]:
    return [column.type in _RIGHT for column in answer.columns]


def _print_rest(console: Console, answer: Answer) -> None:
    more = "more than " if answer.truncated else ""
    if answer.truncated or answer.row_count > SHOWN_ROWS:
        console.print(Text(f"{min(SHOWN_ROWS, len(answer.rows))} of {more}{answer.row_count:,} rows", style="dim"))


def _cell(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _footer(answer: Answer) -> str:
    parts = [answer.source]
    if answer.status == "answered":
        parts.append(f"confidence {answer.confidence:.2f}")
    if answer.usage.llm_calls:
        parts.append(f"{answer.usage.llm_calls} model calls, {answer.usage.prompt_tokens:,} prompt tokens")
    parts += [f"{answer.timing_ms.total:.0f} ms", f"conversation {answer.conversation_id}"]
    return " · ".join(parts)
