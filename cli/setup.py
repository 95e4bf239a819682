"""`datachat setup`: asks what it needs to know, tests it, and keeps it."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, command, conclude, given, tell_error

if TYPE_CHECKING:
    from cli.diagnosis import Diagnosis
    from cli.records import Records
    from cli.stopping import Do
    from core.settings import Settings

Database = Annotated[str | None, typer.Option("--db", metavar="URL", help="A database URL or a file; - reads stdin.")]
Name = Annotated[str | None, typer.Option(metavar="NAME", help="How you want to call the database.")]
Model = Annotated[str | None, typer.Option(metavar="M|none", help="provider:model, or none.")]
Server = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="A server that speaks OpenAI's protocol.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Ask nothing.")]


def setup(
    context: typer.Context,
    db: Database = None,
    name: Name = None,
    model: Model = None,
    base_url: Server = None,
    yes: Yes = False,
) -> None:
    """Choose a database and a model; each is tested, secrets are encrypted or stay in the environment."""
    conclude(lambda: _setup(given(context), Wanted(db=db, name=name, model=model, base_url=base_url, asks=not yes)))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was given as options; what is missing is asked for, where `asks` allows it."""

    db: str | None
    name: str | None
    model: str | None
    base_url: str | None
    asks: bool


def _setup(options: Globals, wanted: Wanted) -> None:
    from cli.records import open_records
    from cli.stopping import opened
    from core.errors import UserError

    if wanted.asks and not sys.stdin.isatty():
        raise UserError(
            "There is no terminal to ask on.",
            hint=f"Give the answers: {command()} setup --db URL --name NAME --model openai:gpt-5 --yes",
        )
    settings = options.settings()
    with opened(open_records(settings)) as (records, do):
        _set_up_database(wanted, records, do)
    _set_up_model(wanted, settings, options.config or Path("datachat.yaml"))
    typer.echo(f'\nNext: {command()} ask "Which tables are there?"')


def _set_up_database(wanted: Wanted, records: "Records", do: "Do") -> None:
    def keep(address: str) -> None:
        from cli.addresses import lasting
        from core.urls import label

        url = lasting(address)
        found = do(_tested(url, records))
        name = wanted.name or label(url)
        if wanted.asks and not wanted.name:
            name = _prompt("Call it", default=name)
        do(_keep(records, name, url, found))

    if wanted.asks:
        question = "Database to ask (postgresql://..., sqlite:///..., a file; Enter for none)"
        _until_it_works(wanted.db, lambda: _prompt(question), keep)
    elif wanted.db:
        keep(sys.stdin.readline() if wanted.db == "-" else wanted.db)


def _set_up_model(wanted: Wanted, settings: "Settings", path: Path) -> None:
    def keep(name: str) -> None:
        server = wanted.base_url
        if wanted.asks and server is None and name.startswith("openai:"):
            server = _prompt("Address of its server (Enter for OpenAI's)") or None
        _keep_model(name, server, settings, path)

    if wanted.asks:
        typer.echo("\nQuestions about tables, columns and counts need no model; all others do.")
        _until_it_works(wanted.model, lambda: _prompt("Model (e.g. openai:gpt-5; Enter for none)"), keep)
    elif wanted.model:
        keep(wanted.model)


def _until_it_works(first: str | None, ask: Callable[[], str], keep: Callable[[str], None]) -> None:
    """Take the first answer, or ask for one, until it can be kept or none is given."""
    from core.errors import DataChatError

    answer = first or ask()
    while answer:
        try:
            return keep(answer)
        except DataChatError as error:
            tell_error(error)
            answer = ask()
    return None


def _prompt(question: str, *, default: str = "") -> str:
    """What is typed, or the default; the end of the input stops it all, as Ctrl-C does."""
    try:
        return input(f"{question} [{default}]: " if default else f"{question}: ").strip() or default
    except EOFError:
        raise KeyboardInterrupt from None


async def _tested(url: str, records: "Records") -> "Diagnosis":
    from cli.diagnosis import diagnose
    from cli.steps import step

    with step("Connecting"):
        return await diagnose(url, records.settings.limits)


async def _keep(records: "Records", name: str, url: str, found: "Diagnosis") -> None:
    """Keep a connection as the default; one that is kept already stays."""
    from cli.database import print_doubts

    kept = {each.name for each in await records.connections.list()}
    if name in kept and await records.connections.url(name) == url:
        await records.connections.set_default(name)
    else:
        await records.connections.add(name, url, default=True)
    await records.catalogs.save(name, found.catalog)
    typer.echo(f"{name}, the default: {found.engine}, {len(found.catalog.tables):,} tables and views")
    print_doubts(found)


def _keep_model(name: str, server: str | None, settings: "Settings", path: Path) -> None:
    """Write the model's name, and say which variable holds its key."""
    from cli.addresses import has_password
    from cli.settings_file import write_settings
    from core.errors import UserError
    from providers.registry import open_model

    if server and has_password(server):
        raise UserError("The server's address holds a password.", hint="Set OPENAI_BASE_URL in the environment.")
    if name != "none":
        open_model(name, base_url=server or settings.openai_base_url)
    values = {"model": name} | ({"openai_base_url": server} if server else {})
    write_settings(path, values)
    typer.echo(f"{path}: model {name}")
    if name.startswith("openai:") and settings.openai_api_key is None:
        typer.echo("Set its key in the environment: export OPENAI_API_KEY=...", err=True)
    if os.environ.get("DATACHAT_MODEL", name) != name:
        typer.echo("Note: DATACHAT_MODEL is set, and the environment wins.", err=True)
