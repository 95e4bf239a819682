"""The commands. Each imports what it needs when it runs, so that `--help` is there at once."""

from pathlib import Path
from typing import Annotated

import typer

from cli import audit, database, dp, evals, lineage, security, sql
from cli.ask import ask
from cli.chat import chat
from cli.demo import demo
from cli.doctor import doctor
from cli.profile import profile
from cli.retrieve import retrieve
from cli.serve import serve
from cli.session import Globals
from cli.setup import setup
from cli.sql_run import run_statements
from cli.status import status
from cli.streams import prepare_streams

app = typer.Typer(
    name="datachat",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Rich takes 0.2 s to load, which a list of commands is not worth.
    rich_markup_mode=None,
    help="Answers questions about your data, and shows why the answer can be trusted.",
)
app.command()(demo)
app.command()(ask)
app.command()(chat)
app.command()(setup)
app.command()(status)
app.command()(doctor)
app.command()(profile)
app.command()(retrieve)
app.add_typer(database.app, name="database")
app.add_typer(dp.app, name="dp")
app.add_typer(lineage.app, name="lineage")
app.add_typer(audit.app, name="audit")
app.add_typer(security.app, name="security")
app.add_typer(evals.app, name="eval")
app.command()(serve)
statements = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Judge and run single statements.")
statements.command("check")(sql.check)
statements.command("run")(run_statements)
app.add_typer(statements, name="sql")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("datachat"))
        raise typer.Exit


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
    prepare_streams()
    context.obj = Globals(home=home, config=config)
