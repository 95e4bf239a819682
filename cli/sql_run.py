"""`datachat sql run`: statements through the guard and, where it lets them, through a read-only session."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, conclude, given, print_json

if TYPE_CHECKING:
    from pydantic import JsonValue

    from core.ports import Connector
    from core.settings import Settings
    from core.values import Limits

Database = Annotated[str, typer.Option("--db", metavar="NAME|URL", help="A stored name, a URL, a file.")]
Policy = Annotated[Path | None, typer.Option(metavar="FILE", help="An access policy.")]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="The user whom the policy is applied to.")]
Rows = Annotated[int | None, typer.Option("--max-rows", min=1, metavar="N", help="Rows of one result.")]
Seconds = Annotated[float | None, typer.Option("--timeout", min=0.001, metavar="S", help="Seconds of one statement.")]


def run_statements(
    context: typer.Context,
    db: Database,
    policy: Policy = None,
    as_user: AsUser = None,
    max_rows: Rows = None,
    timeout: Seconds = None,
) -> None:
    """Read {"id", "sql"} lines from stdin and print what came of each."""
    conclude(lambda: _run_all(given(context), db, policy=policy, as_user=as_user, rows=max_rows, seconds=timeout))


def _run_all(
    options: Globals, db: str, *, policy: Path | None, as_user: str | None, rows: int | None, seconds: float | None
) -> None:
    from cli.policy import access_in, chosen, keyed
    from cli.stopping import opened
    from core.urls import label
    from sql.check import check

    settings = options.settings(limits=_limits(rows, seconds))
    rules = chosen(policy, as_user, written=settings.access)
    is_address = "://" in db or Path(db).exists()
    with opened(_at(db, settings) if is_address else _named(db, settings)) as (connector, do):
        catalog = do(connector.catalog())
        access = access_in(rules, as_user, database=label(db) if is_address else db, catalog=catalog)
        door = keyed(connector, access, settings)
        for verdict in check(sys.stdin, dialect=connector.dialect, catalog=catalog, policy=access):
            accepted = verdict["sql"]
            if isinstance(accepted, str):
                print_json({"id": verdict["id"], **do(_outcome(door, accepted, settings.limits))})
            else:
                print_json({"id": verdict["id"], **_rejected(verdict["violations"])})
            sys.stdout.flush()


def _limits(rows: int | None, seconds: float | None) -> dict[str, float]:
    given = {"rows": rows, "seconds": seconds}
    return {name: value for name, value in given.items() if value is not None}


@asynccontextmanager
async def _at(address: str, settings: "Settings") -> "AsyncGenerator[Connector]":
    """The door to a database at an address, which needs nothing that we keep."""
    from connectors.registry import open_connector

    connector = await open_connector(address, limits=settings.limits)
    try:
        yield connector
    finally:
        await connector.close()


@asynccontextmanager
async def _named(name: str, settings: "Settings") -> "AsyncGenerator[Connector]":
    """The door to a stored database."""
    from cli.records import open_records

    async with open_records(settings) as records:
        yield (await records.databases.get(name)).connector


async def _outcome(connector: "Connector", sql: str, limits: "Limits") -> "dict[str, JsonValue]":
    from core.errors import DataChatError, LimitError

    try:
        result = await connector.run(sql, limits=limits)
    except DataChatError as error:
        status = "limit" if isinstance(error, LimitError) else "error"
        return _without_rows(status, {"code": error.code, "message": error.message, "hint": error.hint})
    found: dict[str, JsonValue] = {
        "status": "ok",
        "columns": [{"name": each.name, "type": each.type} for each in result.columns],
        "rows": [list(row) for row in result.rows],
        "truncated": result.truncated,
        "error": None,
    }
    return found


def _rejected(violations: "JsonValue") -> "dict[str, JsonValue]":
    from core.values import Violation

    first = Violation.model_validate(violations[0] if isinstance(violations, list) else violations)
    return _without_rows("rejected", {"code": first.rule, "message": first.message, "hint": first.hint})


def _without_rows(status: str, error: "JsonValue") -> "dict[str, JsonValue]":
    return {"status": status, "columns": [], "rows": [], "truncated": False, "error": error}
