"""What the commands of `datachat dp` share: the open store, who decides, and the table they print."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, print_json

if TYPE_CHECKING:
    from store.datapoint_rows import Stored
    from store.datapoints import DataPoints

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept with the DataPoint.")]
Reviewer = Annotated[str | None, typer.Option("--as", metavar="USER", help="Who decides; the login if absent.")]


@asynccontextmanager
async def open_datapoints(options: Globals) -> AsyncGenerator["DataPoints"]:
    """The stored DataPoints of the project."""
    from store.datapoints import DataPoints
    from store.system import System

    settings = options.settings()
    url = settings.system_database_url
    system = await System.open(url.get_secret_value() if url else None, settings.home)
    try:
        yield DataPoints(system, settings.datapoints, commit=settings.datapoints_commit)
    finally:
        await system.close()


def reviewer_of(given: str | None) -> str:
    """Who decides."""
    import getpass

    try:
        return given or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def print_stored(found: "list[Stored]", *, as_json: bool) -> None:
    """DataPoints as a table."""
    if as_json:
        print_json([each.told() for each in found])
        return
    from cli.console import stdout
    from cli.tables import Heading, print_table

    headings = [
        Heading("id", whole=True),
        Heading("kind", whole=True),
        Heading("status", whole=True),
        Heading("version", right=True, whole=True),
        Heading("database", whole=True),
        Heading("owner"),
        Heading("confidence", right=True, whole=True),
        Heading("name"),
    ]
    rows = [
        [
            each.id,
            each.datapoint.kind,
            "stale" if each.stale else each.status,
            each.datapoint.version,
            each.datapoint.database,
            each.datapoint.owner,
            each.datapoint.confidence,
            each.datapoint.name,
        ]
        for each in found
    ]
    print_table(stdout(), headings, rows)
