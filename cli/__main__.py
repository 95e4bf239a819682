"""The command `datachat`. Commands import what they need when they run, so that `--help` is there at once."""

from pathlib import Path
from typing import Annotated

import typer

from cli.ask import ask
from cli.session import Globals

app = typer.Typer(
    name="datachat",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Rich takes 0.2 s to load, which a list of commands is not worth.
    rich_markup_mode=None,
    help="Answers questions about your data, and shows why the answer can be trusted.",
)
app.command()(ask)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("datachat"))
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it and stop.")]


@app.callback()
def options(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(metavar="DIR", help="Instead of $DATACHAT_HOME.")] = None,
    config: Annotated[Path | None, typer.Option(metavar="FILE", help="Instead of datachat.yaml.")] = None,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, metavar="", help="Print it.")
    ] = False,
) -> None:
    """Take the options that stand before the command."""
    context.obj = Globals(home=home, config=config)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
