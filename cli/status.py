"""`datachat status`: what is configured, and how much of everything there is."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, given, print_json, run

if TYPE_CHECKING:
    from pydantic import JsonValue

    from cli.records import Records
    from core.settings import Settings
    from core.values import ConnectionInfo

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

_COUNTS = """
SELECT (SELECT count(*) FROM datachat.conversations), (SELECT count(*) FROM datachat.turns),
       pg_database_size(current_database()), current_setting('server_version')
"""


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what is configured and how much there is of everything."""
    run(_status(given(context), as_json=as_json))


async def _status(options: Globals, *, as_json: bool) -> None:
    from cli.records import open_records

    async with open_records(options.settings()) as records:
        found = await _facts(records)
        connections = await records.connections.list()
    if as_json:
        print_json({**found, "connections": [each.model_dump(mode="json") for each in connections]})
    else:
        _print(found, connections)


async def _facts(records: "Records") -> "dict[str, JsonValue]":
    from importlib.metadata import version

    from core.urls import scrub_url

    settings, system = records.settings, records.system
    async with system.connection() as connection:
        [(conversations, turns, size, server)] = await (await connection.execute(_COUNTS)).fetchall()
    asked = settings.database_url
    return {
        "version": version("datachat"),
        "home": str(settings.home),
        "system": {
            "kind": "embedded" if system.embedded else "outside",
            "place": str(settings.home / "postgres") if system.embedded else scrub_url(system.url),
            "server": f"PostgreSQL {server}",
            "schema_version": await system.version(),
            "bytes": size,
        },
        "model": model_facts(settings),
        "database_url": scrub_url(asked.get_secret_value()) if asked else None,
        "conversations": conversations,
        "turns": turns,
    }


def model_facts(settings: "Settings") -> "dict[str, JsonValue] | None":
    """The configured model, where it is served and whether its key is there; never the key."""
    if settings.model is None:
        return None
    from core.urls import scrub_url

    return {
        "name": settings.model,
        "base_url": scrub_url(settings.openai_base_url) if settings.openai_base_url else None,
        "key": settings.openai_api_key is not None,
    }


def _print(found: "dict[str, JsonValue]", connections: "list[ConnectionInfo]") -> None:
    from cli.console import printable
    from cli.database import print_connections

    for label, value in _lines(found):
        typer.echo(f"{label:<15} {printable(value)}")
    typer.echo(f"{'connections':<15} {len(connections)}")
    if connections:
        typer.echo()
        print_connections(connections)


def _lines(found: "dict[str, JsonValue]") -> list[tuple[str, str]]:
    system, model = found["system"], found["model"]
    if not isinstance(system, dict):
        raise AssertionError("facts without a system database")
    lines = [
        ("DataChat", str(found["version"])),
        ("home", str(found["home"])),
        ("system database", f"{system['kind']}, {system['server']}, schema version {system['schema_version']}"),
        ("", f"{system['place']}, {int(str(system['bytes'])) / 1_000_000:,.1f} MB"),
        ("model", _model_line(model)),
        ("conversations", f"{found['conversations']:,} with {found['turns']:,} turns"),
    ]
    if found["database_url"]:
        lines.append(("DATABASE_URL", str(found["database_url"])))
    return lines


def _model_line(model: "JsonValue") -> str:
    if not isinstance(model, dict):
        return "none; set DATACHAT_MODEL to have one write SQL"
    place = f" at {model['base_url']}" if model["base_url"] else ""
    return f"{model['name']}{place}, {'with' if model['key'] else 'without'} a key"
