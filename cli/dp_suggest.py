"""Proposals from what was measured of a database, for a command that has a generator."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import typer

from cli.session import Globals, command, print_json

if TYPE_CHECKING:
    from core.catalog import Catalog
    from core.profile import Profile
    from datapoints.fact import Fact

Generate = Callable[[str, "Catalog", "Profile"], "Iterable[Fact]"]
"""Makes proposals from a database's name, its catalog and what was measured of it."""


async def suggest_from(options: Globals, name: str | None, generate: Generate, *, as_json: bool) -> None:
    """Generate proposals for a database, the default one for None, and let them wait for a review."""
    from cli.records import open_records
    from store.catalogs import url_key
    from store.datapoints import DataPoints
    from store.profiles import Profiles

    async with open_records(options.settings()) as records:
        known = await records.databases.known(name) if name else None
        database = await records.databases.get(known)
        url = records.databases.urls.get(database.name)
        profile = await Profiles(records.system).load(url_key(url) if url else database.name)
        datapoints = DataPoints(records.system, records.settings.datapoints)
        waiting = await datapoints.propose(generate(database.name, database.catalog, profile), origin="profile")
    if as_json:
        print_json(list(waiting))
    else:
        typer.echo(f"{len(waiting):,} proposals. Review them: {command()} dp pending list")
