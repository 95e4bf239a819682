"""`datachat doctor`: what is wrong, and the command that mends it."""

import asyncio
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, command, given, print_json, run

if TYPE_CHECKING:
    from cli.findings import Finding
    from cli.records import Records
    from core.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print a list of JSON objects.")]

_VECTOR = "SELECT default_version FROM pg_available_extensions WHERE name = 'vector'"
_CONNECTION_SECONDS = 20.0


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Check everything that can be wrong, and print the command that mends it; exit code 1 when something is."""
    run(_doctor(given(context), as_json=as_json))


async def _doctor(options: Globals, *, as_json: bool) -> int:
    found: list[Finding] = []
    async for each in _findings(options):
        found.append(each)
        if not as_json:
            _print(each)
    if as_json:
        print_json([{"about": each.about, "state": each.state, "says": each.says, "mend": each.mend} for each in found])
    wrong = sum(each.state == "wrong" for each in found)
    if not as_json:
        typer.echo(f"\n{wrong} wrong" if wrong else "\nAll is well.")
    return 1 if wrong else 0


async def _findings(options: Globals) -> "AsyncGenerator[Finding]":
    """Settings first: they say where everything else is."""
    from cli.findings import Finding, of_error
    from cli.machine import check_machine
    from cli.model_server import check_model
    from core.errors import DataChatError

    try:
        settings = options.settings()
    except DataChatError as error:
        yield of_error("settings", error)
        return
    yield Finding("settings", "well", str(options.config or "datachat.yaml and environment"))
    for each in check_machine(settings.home):
        yield each
    yield await check_model(settings)
    async for each in _kept(settings):
        yield each


async def _kept(settings: "Settings") -> "AsyncGenerator[Finding]":
    """The system database, and every database that it, or the environment, knows."""
    from cli.findings import Finding, of_error
    from cli.records import open_records
    from core.errors import DataChatError

    try:
        async with open_records(settings) as records:
            where = "embedded" if records.system.embedded else "outside"
            version = await records.system.version()
            yield Finding("system database", "well", f"{where}, schema version {version}")
            yield await _vector(records)
            names = await records.databases.names()
            if not names:
                yield Finding("databases", "wrong", "None is known.", f"{command()} database add NAME URL")
            for each in await asyncio.gather(*(_database(records, name) for name in names)):
                yield each
    except DataChatError as error:
        yield of_error("system database", error)


async def _vector(records: "Records") -> "Finding":
    from cli.findings import Finding

    async with records.system.connection() as connection:
        row = await (await connection.execute(_VECTOR)).fetchone()
    if row:
        return Finding("pgvector", "well", str(row[0]))
    advice = "Install pgvector in that server (Debian: apt install postgresql-18-pgvector)."
    return Finding("pgvector", "wrong", "The system database's server does not have it.", advice)


async def _database(records: "Records", name: str) -> "Finding":
    from cli.diagnosis import diagnose
    from cli.findings import Finding, of_error
    from core.errors import DataChatError

    about = f"database {name}"
    try:
        async with asyncio.timeout(_CONNECTION_SECONDS):
            found = await diagnose(await records.url(name), records.settings.limits)
    except DataChatError as error:
        return of_error(about, error)
    except TimeoutError:
        return Finding(about, "wrong", f"It took longer than {_CONNECTION_SECONDS:g} s.", "Try again.")
    doubts = [*([found.emptiness] if found.emptiness else []), *(f"The login {each}." for each in found.rights)]
    if doubts:
        return Finding(about, "wrong", " ".join(doubts), found.mend)
    return Finding(about, "well", f"{found.engine}, {len(found.catalog.tables):,} tables, {found.milliseconds} ms")


def _print(found: "Finding") -> None:
    from cli.console import printable

    colours = {"well": "green", "note": "yellow", "wrong": "red"}
    state = typer.style(f"{found.state:<6}", fg=colours[found.state])
    typer.echo(f"{state} {printable(found.about)}: {printable(found.says)}")
    for line in printable(found.mend).splitlines():
        typer.echo(f"       {line}")
