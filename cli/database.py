"""`datachat database`: the registry of databases that may be asked."""

import sys
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cli.session import Globals, command, given, print_json, run

if TYPE_CHECKING:
    from cli.diagnosis import Diagnosis
    from cli.records import Records
    from core.values import ConnectionInfo

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Keep connections to databases.")

Name = Annotated[str, typer.Argument(help="The name of a stored connection.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Default = Annotated[bool, typer.Option("--default", help="Ask this one where no --db is given.")]
Description = Annotated[str | None, typer.Option(metavar="TEXT", help="What it is about; questions find it by this.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help="A word for it; may be repeated.")]
Keep = Annotated[
    bool | None,
    typer.Option("--keep-knowledge/--delete-knowledge", help="Keep or forget what is known of it; else it asks."),
]
Untested = Annotated[bool, typer.Option("--untested", help="Keep it although it cannot be reached now.")]


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="How you want to call it.")],
    url: Annotated[str, typer.Argument(help="A database URL or a file; - reads it from stdin, unseen by others.")],
    default: Default = False,
    untested: Untested = False,
    description: Description = None,
    tags: Tags = None,
) -> None:
    """Connect to a database, read its catalog and keep the connection, encrypted."""
    # Read before the event loop starts, so that Ctrl-C ends the wait.
    typed = _read_secretly("URL: ") if url == "-" else url
    said = Said(description, tags)
    run(_add(given(context), name, typed, hidden=url == "-", default=default, untested=untested, said=said))


@app.command()
def describe(context: typer.Context, name: Name, description: Description = None, tags: Tags = None) -> None:
    """Say what a connection is about, so that questions that name no database find it."""
    run(_describe(given(context), name, Said(description, tags)))


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """Every stored connection, secrets hidden."""
    run(_list(given(context), as_json=as_json))


@app.command()
def test(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A stored connection, a URL or a file.")],
    as_json: AsJson = False,
) -> None:
    """Connect and say what is there, how far away it is, and whether the login may do more than read."""
    run(_test(given(context), name, as_json=as_json))


@app.command()
def remove(context: typer.Context, name: Name, keep_knowledge: Keep = None) -> None:
    """Forget a connection and its catalog; the database itself stays as it is."""
    # Asked before the event loop starts, so that Ctrl-C ends the wait.
    keeps = _keeps_knowledge(name) if keep_knowledge is None else keep_knowledge
    run(_remove(given(context), name, keep_knowledge=keeps))


@app.command()
def default(context: typer.Context, name: Name) -> None:
    """Ask this connection where no --db is given."""
    run(_default(given(context), name))


@app.command()
def refresh(context: typer.Context, name: Name) -> None:
    """Read the catalog anew, now, and index what changed in it."""
    run(_refresh(given(context), name))


@app.command("rotate-key")
def rotate_key(context: typer.Context) -> None:
    """Encrypt all stored connections with another key: a new one, or the first of DATABASE_CREDENTIALS_KEY=NEW,OLD."""
    run(_rotate_key(given(context)))


class Said(NamedTuple):
    """What is said of a connection; None where nothing was given."""

    description: str | None
    tags: list[str] | None


async def _add(
    options: Globals, name: str, url: str, *, hidden: bool, default: bool, untested: bool, said: Said
) -> None:
    from cli.addresses import has_password, lasting
    from cli.diagnosis import diagnose
    from cli.records import open_records
    from cli.steps import step

    if has_password(url) and not hidden:
        typer.echo(
            "Note: other users of this machine could see the password among the running processes,\n"
            f"and your shell keeps it. `{command()} database add {name} -` reads the URL from stdin.",
            err=True,
        )
    url = lasting(url)
    async with open_records(options.settings()) as records:
        found: Diagnosis | None = None
        if not untested:
            with step("Connecting"):
                found = await diagnose(url, records.settings.limits)
        info = await records.connections.add(
            name, url, default=default, description=said.description or "", tags=said.tags or []
        )
        if found:
            await records.catalogs.save(name, found.catalog)
    note = ", the default" if info.default else ""
    typer.echo(f"{info.name}{note}: {found.engine if found else 'not tested'}, {info.url}")
    if found:
        print_doubts(found)
    where = "" if info.default else f" --db {info.name}"
    typer.echo(f'Next: {command()} ask "Which tables are there?"{where}', err=True)


async def _describe(options: Globals, name: str, said: Said) -> None:
    from cli.records import open_records

    async with open_records(options.settings()) as records:
        await records.connections.describe(name, description=said.description, tags=said.tags)
    typer.echo(f"Questions find {name} by these words now.")


def _keeps_knowledge(name: str) -> bool:
    """Ask what becomes of the knowledge; where nobody can be asked it goes with the connection."""
    if not sys.stdin.isatty():
        return False
    return typer.confirm(f"Keep what is known of {name} (DataPoints, profile, lineage)?", default=False, err=True)


async def _list(options: Globals, *, as_json: bool) -> None:
    from cli.records import open_records

    async with open_records(options.settings()) as records:
        found = await _known(records)
    if as_json:
        print_json([each.model_dump(mode="json") for each in found])
    elif found:
        print_connections(found)
    else:
        typer.echo(f"No connections. Add one: {command()} database add NAME URL", err=True)


async def _known(records: "Records") -> "list[ConnectionInfo]":
    """The stored connections, after the one of DATABASE_URL, which is the default while it is set."""
    from core.urls import scrub_url
    from core.values import ConnectionInfo
    from store.catalogs import url_key
    from store.connections import dialect_of

    urls = records.databases.urls
    given = [
        ConnectionInfo(name=name, dialect=dialect_of(url), url=scrub_url(url), default=True)
        for name, url in urls.items()
    ]
    counted = await records.connections.counted(given, {name: url_key(url) for name, url in urls.items()})
    stored = [each for each in await records.connections.list() if each.name not in urls]
    return [*counted, *(each.model_copy(update={"default": each.default and not given}) for each in stored)]


async def _test(options: Globals, name: str, *, as_json: bool) -> None:
    from cli.diagnosis import diagnose
    from cli.records import open_records

    async with open_records(options.settings()) as records:
        found = await diagnose(await records.url(name), records.settings.limits)
    tables, hidden = len(found.catalog.tables), len(found.catalog.hidden)
    if as_json:
        print_json(
            {
                "name": name,
                "engine": found.engine,
                "tables": tables,
                "hidden": hidden,
                "ms": found.milliseconds,
                "needless_rights": list(found.rights),
                "mend": found.mend,
            }
        )
    else:
        beside = f" and {hidden:,} that this login may not read" if hidden else ""
        typer.echo(f"{found.engine}\n{tables:,} tables and views{beside}\n{found.milliseconds} ms a round trip")
        print_doubts(found)


async def _remove(options: Globals, name: str, *, keep_knowledge: bool) -> None:
    from cli.records import open_records

    async with open_records(options.settings()) as records:
        await records.connections.remove(name)
        files = () if keep_knowledge else await records.forget_knowledge(name)
        rest = await records.connections.list()
    typer.echo(f"Removed {name}{', and kept what is known of it' if keep_knowledge else ''}.")
    if files:
        told = "\n".join(f"  {each}" for each in files)
        typer.echo(f"Your own files of DataPoints stay, and are read again by `dp sync`:\n{told}", err=True)
    if rest and not any(each.default for each in rest):
        typer.echo(f"No default is left. Choose one: {command()} database default {rest[0].name}", err=True)


async def _default(options: Globals, name: str) -> None:
    from cli.records import open_records

    async with open_records(options.settings()) as records:
        await records.connections.set_default(name)
        overruled = records.settings.database_url is not None
    typer.echo(f"{name} is the default now.")
    if overruled:
        typer.echo("Note: while DATABASE_URL is set, it is the one that is asked.", err=True)


async def _refresh(options: Globals, name: str) -> None:
    from dataclasses import replace

    from cli.records import open_records
    from graph.knowing import open_knowing

    settings = options.settings()
    async with open_records(settings) as records:
        records.databases.knowing = replace(open_knowing(settings, records.system), profiles_on_open=False)
        database = await records.databases.refresh(name)
    typer.echo(f"{name}: {len(database.catalog.tables):,} tables and views")


async def _rotate_key(options: Globals) -> None:
    from cli.records import open_records
    from store.rotation import rotate_key as rotated

    settings = options.settings()
    key = settings.database_credentials_key
    async with open_records(settings) as records:
        count = await rotated(records.system, settings.home, key.get_secret_value() if key else None)
    typer.echo(f"{count:,} connections are encrypted with the new key.")
    if key:
        typer.echo("The old key can go now: set DATABASE_CREDENTIALS_KEY to the new one alone.", err=True)


def print_connections(found: "list[ConnectionInfo]") -> None:
    """A table of stored connections."""
    from cli.console import stdout
    from cli.tables import Heading, print_table

    headings = [
        Heading("name", whole=True),
        Heading("default", whole=True),
        Heading("dialect", whole=True),
        Heading("tables", right=True, whole=True),
        Heading("DataPoints", right=True, whole=True),
        Heading("profiled", whole=True),
        Heading("catalog read", whole=True),
        Heading("url"),
        Heading("about"),
    ]
    rows = [
        [
            each.name,
            "yes" if each.default else "",
            each.dialect,
            each.tables,
            each.datapoints,
            each.profiled_at.isoformat(timespec="seconds") if each.profiled_at else "never",
            each.refreshed_at.isoformat(timespec="seconds") if each.refreshed_at else "never",
            each.url,
            " ".join([each.description, *(f"#{tag}" for tag in each.tags)]).strip(),
        ]
        for each in found
    ]
    print_table(stdout(), headings, rows)


def print_doubts(found: "Diagnosis") -> None:
    """What is wrong with a database that can be reached, with the statements that mend it."""
    doubts = [f"The login {each}." for each in found.rights]
    if found.emptiness:
        doubts.insert(0, found.emptiness)
    for each in doubts:
        typer.echo(f"Note: {each}", err=True)
    if found.mend:
        typer.echo(f"A login that can only read, and read all of it:\n{found.mend}", err=True)


def _read_secretly(prompt: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    from getpass import getpass

    return getpass(prompt)
