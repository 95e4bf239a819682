"""What every command needs: the global options, one way to run, one way to fail."""

import json
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

import typer

if TYPE_CHECKING:
    from pydantic import JsonValue

    from core.errors import DataChatError
    from core.settings import Settings


@dataclass(frozen=True)
class Globals:
    """The options before the command."""

    home: Path | None = None
    config: Path | None = None

    def settings(self, **overrides: object) -> "Settings":
        """All settings; `overrides` are the command's own options, None means not given."""
        from core.settings import load_settings

        return load_settings(config=self.config, home=self.home, overrides=overrides)


def given(context: typer.Context) -> Globals:
    """The global options of this call."""
    return cast(Globals, context.find_root().obj)


def run(work: Coroutine[None, None, int | None]) -> NoReturn:
    """Do a command's work to its end and leave with its exit code; a signal cancels it and lets it tidy up."""
    import asyncio

    from cli.stopping import stoppable

    try:
        conclude(lambda: asyncio.run(stoppable(work)))
    finally:
        work.close()


def conclude(work: Callable[[], int | None]) -> NoReturn:
    """Leave with the exit code of `work`; an expected error is told on stderr, and a stop is no traceback."""
    try:
        code = _code_of(work)
    finally:
        # What is left is to leave, and a late Ctrl-C would only make Python complain while it does.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise typer.Exit(code)


def _code_of(work: Callable[[], int | None]) -> int:
    from cli.exits import INTERRUPTED, exit_of_error
    from cli.stopping import StoppedError
    from core.errors import DataChatError

    try:
        code = work() or 0
        sys.stdout.flush()
    except DataChatError as error:
        tell_error(error)
        return exit_of_error(error)
    except (StoppedError, KeyboardInterrupt) as stopped:
        typer.echo("Stopped.", err=True)
        return stopped.code if isinstance(stopped, StoppedError) else INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe has seen enough (`| head`); Python would complain again while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def tell_error(error: "DataChatError") -> None:
    """Message and next step, on stderr."""
    from cli.console import printable

    typer.secho(f"Error: {printable(error.message)}", err=True, fg="red")
    if error.hint:
        typer.echo(printable(error.hint), err=True)


def print_json(value: "JsonValue") -> None:
    """One JSON value on a line of stdout; whatever its texts hold, it stays valid on every terminal."""
    utf8 = sys.stdout.encoding.lower().replace("-", "") == "utf8"
    typer.echo(json.dumps(value, ensure_ascii=not utf8))


def command() -> str:
    """How this program is called from here: by its name where the shell finds it, else by its path."""
    import shutil

    called = Path(sys.argv[0])
    if shutil.which("datachat") or called.name != "datachat":
        return "datachat"
    return os.path.relpath(called) if called.is_absolute() and called.is_relative_to(Path.cwd()) else str(called)
