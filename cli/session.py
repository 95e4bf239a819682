"""What every command needs: the global options, one way to run, one way to fail."""

import asyncio
import json
import sys
from collections.abc import Coroutine
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
    """Run a command's work to its end and leave with its exit code; an expected error is told on stderr."""
    from cli.exits import INTERRUPTED, exit_of_error
    from core.errors import DataChatError

    try:
        code = asyncio.run(work) or 0
    except DataChatError as error:
        tell_error(error)
        code = exit_of_error(error)
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe has seen enough (`| head`); Python would complain again while it closes stdout.
        sys.stdout = None
        code = 0
    raise typer.Exit(code)


def tell_error(error: "DataChatError") -> None:
    """Message and next step, on stderr."""
    typer.secho(f"Error: {error.message}", err=True, fg="red")
    if error.hint:
        typer.echo(error.hint, err=True)


def print_json(value: "JsonValue") -> None:
    """One JSON object on stdout; whatever its texts hold, it stays valid on every terminal."""
    typer.echo(json.dumps(value, ensure_ascii=not sys.stdout.encoding.lower().startswith("utf")))
