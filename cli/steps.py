"""Says on stderr what takes long: a spinner on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from time import perf_counter

from cli.console import printable, stderr

_WORTH_SAYING = 0.5


@contextmanager
def step(title: str) -> Generator[Callable[[str], None]]:
    """A step of work under a title; what it hands out tells which part of it goes on."""
    console, started = stderr(), perf_counter()
    if console.is_terminal:
        with console.status(title) as status:
            yield lambda part: status.update(printable(f"{title}: {part}"))
    else:
        console.print(title)
        yield lambda part: None
    seconds = perf_counter() - started
    if console.is_terminal:
        console.print(f"{title}: {seconds:.1f} s", style="dim")
    elif seconds > _WORTH_SAYING:
        console.print(f"  done in {seconds:.1f} s")
