"""Where text goes: terminals get colours and their own width, pipes and files get plain lines that are never cut."""

import os
import re
import sys

from rich.console import Console
from typing_extensions import override

_UNBOUNDED = 100_000

# Escape sequences, and what turns the direction of text around, could make a terminal show what is not there.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def stdout() -> Console:
    """The console of answers."""
    return _console(sys.stdout.isatty())


def stderr() -> Console:
    """The console of diagnostics and progress."""
    return _console(sys.stderr.isatty(), stderr=True)


def printable(text: str) -> str:
    """The text with control characters written out, so that no data can steer the terminal."""
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _console(terminal: bool, *, stderr: bool = False) -> Console:
    width = None if terminal else _UNBOUNDED
    return _Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


class _Console(Console):
    @override
    def on_broken_pipe(self) -> None:
        """Let the one who runs the command end it; Rich would leave with exit code 1."""
        self.quiet = True
        raise BrokenPipeError(os.strerror(32))
