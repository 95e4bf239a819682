"""`datachat lineage`: where things come from, what rests on them, what breaks, and how tables are joined."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, given, print_json, run

if TYPE_CHECKING:
    from core.ports import Database
    from graph.assembly import House
    from graph.lineage import Walked, Way

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="See how tables, columns and DataPoints hang together."
)

Name = Annotated[str, typer.Argument(help="A DataPoint, a table, or a column as `table.column`.")]
Table = Annotated[str, typer.Argument(help="A table.")]
Db = Annotated[str | None, typer.Option("--db", metavar="NAME|URL", help="The database; the default one without it.")]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="Show what this user may see.")]
Hops = Annotated[int, typer.Option("--hops", min=1, max=20, help="Over so many links.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def up(
    context: typer.Context, name: Name, db: Db = None, hops: Hops = 3, as_user: AsUser = None, as_json: AsJson = False
) -> None:
    """Where a thing comes from."""
    run(_walk(given(context), name, "up", db=db, hops=hops, user=as_user, as_json=as_json))


@app.command()
def down(
    context: typer.Context, name: Name, db: Db = None, hops: Hops = 3, as_user: AsUser = None, as_json: AsJson = False
) -> None:
    """What is made of a thing."""
    run(_walk(given(context), name, "down", db=db, hops=hops, user=as_user, as_json=as_json))


@app.command()
def impact(context: typer.Context, name: Name, db: Db = None, as_user: AsUser = None, as_json: AsJson = False) -> None:
    """What breaks when a thing goes: metrics, queries, dashboards, views, entities."""
    run(_walk(given(context), name, "impact", db=db, hops=20, user=as_user, as_json=as_json))


@app.command()
def path(
    context: typer.Context,
    one: Table,
    other: Table,
    db: Db = None,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """A shortest way to join two tables."""
    run(_path(given(context), one, other, db=db, user=as_user, as_json=as_json))


async def _walk(
    options: Globals, name: str, way: "Way", *, db: str | None, hops: int, user: str | None, as_json: bool
) -> None:
    from graph.lineage import walk

    async with _opened(options, db, user) as (house, database):
        found = await walk(house.lineage, database, name, way, hops=hops)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    typer.echo(found.words)
    if found.found:
        _print_steps(found)


async def _path(options: Globals, one: str, other: str, *, db: str | None, user: str | None, as_json: bool) -> None:
    from graph.lineage import join

    async with _opened(options, db, user) as (house, database):
        found = await join(house.lineage, database, one, other)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        typer.echo(found.words)


@asynccontextmanager
async def _opened(options: Globals, db: str | None, user: str | None) -> "AsyncGenerator[tuple[House, Database]]":
    """The house, and a database as somebody may see it."""
    from core.values import User
    from graph.assembly import open_house

    async with open_house(options.settings()) as house:
        name = await house.databases.known(db) if db else None
        yield house, await house.databases_of(User(name=user) if user else User()).get(name)


def _print_steps(found: "Walked") -> None:
    from cli.console import stdout
    from cli.tables import Heading, print_table

    headings = [Heading("kind"), Heading("name"), Heading("steps", right=True), Heading("link"), Heading("through")]
    rows = [[each.kind, each.name, each.steps, each.link, each.through] for each in found.found]
    typer.echo()
    print_table(stdout(), headings, rows)
