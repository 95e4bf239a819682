"""How answers look in a terminal."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from cli.console import printable, stderr, stdout
from cli.tables import Heading, headings_of, print_table
from cli.words import beside_a_table
from core.values import Answer, Clarification, Event, Failure

SHOWN_ROWS = 20
_TAIL = 60


@contextmanager
def progress(*, quiet: bool = False) -> Generator[Callable[[Event], None]]:
    """A line on stderr that says which node works and what a model writes; nothing where stderr is no terminal."""
    console = stderr()
    if quiet or not console.is_terminal:
        yield lambda event: None
        return
    with console.status("Starting") as status:
        node, written = "", ""

        def tell(event: Event) -> None:
            nonlocal node, written
            if event.type == "node.started":
                node, written = str(event.data["node"]), ""
            elif event.type == "token":
                written = (written + str(event.data["text"]))[-_TAIL:]
            status.update(Text(printable(f"{node}  {' '.join(written.split())}".rstrip())))

        yield tell


def print_answer(answer: Answer, *, trace: bool = False, with_conversation: bool = True) -> None:
    """Words, rows, SQL and where they come from; a failure is a diagnosis, and so goes to stderr."""
    console = stdout()
    if answer.error:
        _print_failure(answer.error)
    else:
        _print_words(console, answer)
        _print_rows(console, answer)
    if answer.sql:
        console.print()
        print_sql(console, answer.sql)
    if trace:
        console.print()
        print_trace(console, answer)
    if answer.error:
        return
    console.print()
    console.print(Text(_origin(answer), style="dim"))
    if console.is_terminal:
        for each in answer.follow_ups:
            console.print(Text(printable(f"next: {each}"), style="dim"))
    if with_conversation:
        console.print(Text(f"conversation {answer.conversation_id}", style="dim"))


def print_sql(console: Console, sql: str) -> None:
    """A statement: coloured on a terminal, as it is elsewhere."""
    if not console.is_terminal:
        console.print(Text(printable(sql)))
        return
    from rich.syntax import Syntax

    console.print(Syntax(printable(sql), "sql", theme="ansi_dark", background_color="default", word_wrap=True))


def print_trace(console: Console, answer: Answer) -> None:
    """The decision trace: who decided what, why, and in which time."""
    headings = [
        Heading("node", whole=True),
        Heading("decision", whole=True),
        Heading("reason"),
        Heading("ms", True, True),
    ]
    print_table(console, headings, [[step.node, step.decision, step.reason, f"{step.ms:.1f}"] for step in answer.trace])


def _print_failure(failure: Failure) -> None:
    console = stderr()
    console.print(Text(printable(f"Error: {failure.message}"), style="red"))
    if failure.hint:
        console.print(Text(printable(failure.hint)))


def _print_words(console: Console, answer: Answer) -> None:
    beside = _has_table(answer)
    words = beside_a_table(answer, answer.rows[:SHOWN_ROWS]) if beside else answer.answer
    console.print(Text(printable(words), style="bold" if answer.status == "answered" else "yellow"))
    for each in answer.assumptions if beside else ():
        console.print(Text(printable(f"Assumed: {each}")))
    if answer.clarification:
        _print_options(console, answer.clarification)


def _print_options(console: Console, asked: Clarification) -> None:
    """What may be replied, and under each what it would show."""
    shown = {each.option: each.words for each in asked.previews}
    for number, option in enumerate(asked.options, 1):
        console.print(Text(printable(f"  {number}. {option}")))
        if option in shown:
            console.print(Text(printable(f"     {shown[option]}"), style="dim"))


def _print_rows(console: Console, answer: Answer) -> None:
    if not _has_table(answer):
        return
    console.print()
    print_table(console, headings_of(answer.columns), answer.rows[:SHOWN_ROWS])
    if answer.truncated or answer.row_count > SHOWN_ROWS:
        more = "more than " if answer.truncated else ""
        shown = min(SHOWN_ROWS, len(answer.rows))
        console.print(Text(f"{shown} of {more}{answer.row_count:,} rows; --json prints more", style="dim"))


def _has_table(answer: Answer) -> bool:
    """A single value stands in the words already."""
    return bool(answer.rows) and (len(answer.rows) > 1 or len(answer.columns) > 1)


def _origin(answer: Answer) -> str:
    parts = [answer.source]
    if answer.database:
        parts.append(printable(answer.database))
    if answer.status == "answered":
        parts.append(f"confidence {answer.confidence:.2f}")
    if answer.evidence:
        parts.append(f"rests on {', '.join(printable(each.id) for each in answer.evidence)}")
    if answer.usage.llm_calls:
        calls = "1 model call" if answer.usage.llm_calls == 1 else f"{answer.usage.llm_calls} model calls"
        parts.append(f"{calls}, {answer.usage.prompt_tokens:,} prompt tokens")
    return " · ".join([*parts, f"{answer.timing_ms.total:.0f} ms"])
