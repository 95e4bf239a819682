"""Reads lines: with editing and a history from a terminal, one after the other from a pipe."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

_HISTORY_LINES = 1_000
_LINE_BYTES = 1_000_000


def read_line(prompt: str) -> str | None:
    """The next line without its end; None where there are no more. The prompt is for terminals alone."""
    if is_terminal():
        try:
            return input(prompt)
        except EOFError:
            sys.stdout.write("\n")
            return None
    line = sys.stdin.buffer.readline(_LINE_BYTES)
    return line.decode(errors="replace").rstrip("\r\n") if line else None


def is_terminal() -> bool:
    """Whether somebody types, and sees the prompt."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def history(path: Path) -> Generator[None]:
    """Line editing with the history of earlier sittings, kept for nobody else's eyes."""
    if not is_terminal():
        yield
        return
    try:
        import readline
    except ImportError:
        # Some Pythons are built without it; lines can be read all the same.
        yield
        return
    readline.set_history_length(_HISTORY_LINES)
    with suppress(OSError):
        readline.read_history_file(path)
    try:
        yield
    finally:
        with suppress(OSError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
            readline.write_history_file(path)
