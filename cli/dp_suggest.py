"""Proposals from what was measured of a database."""

from typing import TYPE_CHECKING

import typer

from cli.session import Globals, command, print_json

if TYPE_CHECKING:
    from cli.records import Records
    from core.ports import Database
    from core.profile import Profile
    from graph.proposing import Proposed

_SHOWN = 20


async def suggest(options: Globals, name: str | None, *, model: str | None, as_json: bool) -> None:
    """Generate proposals for a database, the default one for None, and let them wait for a review."""
    from cli.records import open_records
    from store.profiles import Profiles

    async with open_records(options.settings(model=model)) as records:
        known = await records.databases.known(name) if name else None
        database = await records.databases.get(known)
        key, _ = await records.databases.place(database.name)
        profile = await Profiles(records.system).load(key)
        proposed = await proposals(records, database, profile)
    if as_json:
        print_json(list(proposed.waiting))
    else:
        tell_proposed(proposed)


async def proposals(records: "Records", database: "Database", profile: "Profile") -> "Proposed":
    """Let what can be told from the profile wait for a review, in the words of the configured model if there is one."""
    from graph.proposing import propose
    from providers.registry import Models
    from store.datapoints import DataPoints

    settings = records.settings
    key = settings.openai_api_key
    models = Models(base_url=settings.openai_base_url, api_key=key.get_secret_value() if key else None)
    try:
        return await propose(
            records.system,
            DataPoints(records.system, settings.datapoints),
            database.name,
            database.catalog,
            profile,
            model=await models.get(settings.model) if settings.model else None,
            limits=settings.limits,
        )
    finally:
        await models.close()


def tell_proposed(found: "Proposed") -> None:
    """How many proposals wait, what a model cost, and what of its words could not be used."""
    typer.echo(f"\n{len(found.waiting):,} proposals wait for a review: {command()} dp pending list")
    usage = found.usage
    if usage.llm_calls:
        price = f"{usage.cost_usd:.4f} USD" if usage.cost_usd is not None else "price not known"
        told = f"{usage.prompt_tokens:,} + {usage.completion_tokens:,} tokens, {price}"
        typer.echo(f"The model was asked {usage.llm_calls:,} times: {told}")
    print_few("Not taken over from the model", list(found.refused))


def print_few(title: str, lines: list[str]) -> None:
    """The first lines of a list under a title, and how many more there are."""
    from cli.console import printable

    if not lines:
        return
    typer.echo(f"\n{title} ({len(lines):,}):")
    for line in lines[:_SHOWN]:
        typer.echo(f"  {printable(line)}")
    if len(lines) > _SHOWN:
        typer.echo(f"  ... and {len(lines) - _SHOWN:,} more (--json lists all)")
