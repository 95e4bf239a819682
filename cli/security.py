"""`datachat security check`: the published statements against the gate and against a session of one's own database."""

from asyncio import to_thread
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, given, print_json, run

if TYPE_CHECKING:
    from pydantic import JsonValue

    from core.catalog import Catalog
    from core.ports import Connector
    from core.settings import Settings

SECONDS = 2.0
"""How long a statement may run in a session that is being tried."""

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check what guards the databases.")

Database = Annotated[
    str | None,
    typer.Option("--db", metavar="NAME|URL", help="A name, a URL or a file; without it, the gate of every dialect."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@dataclass(frozen=True)
class Finding:
    """One check of one dialect: how many statements it tried, and those which came out wrong."""

    check: str
    dialect: str
    must: str
    tried: int
    wrong: Sequence[str] = field(default_factory=tuple)


@app.callback()
def group() -> None:
    """Keep `check` a command of its own."""


@app.command()
def check(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """Try hostile and legitimate statements; exit 1 when something got through, or was refused for nothing.

    With --db they are about a table of that database, and statements that do no harm are run without the gate, to see
    that the session refuses them by itself.
    """
    run(_check(given(context), db, as_json=as_json))


async def _check(options: Globals, db: str | None, *, as_json: bool) -> int:
    findings = await _of_database(options.settings(), db) if db else _of_every_dialect()
    ok = not any(each.wrong for each in findings)
    if as_json:
        print_json({"ok": ok, "database": db, "checks": [_as_json(each) for each in findings]})
    else:
        _print(findings)
    return 0 if ok else 1


def _of_every_dialect() -> list[Finding]:
    from sql.dialects import DIALECTS
    from sql.suite import example

    return [finding for dialect in DIALECTS for finding in _of_gate(example(dialect))]


async def _of_database(settings: "Settings", db: str) -> list[Finding]:
    from connectors.registry import open_connector
    from core.values import Limits

    async with _address(settings, db) as address:
        connector = await open_connector(address, limits=Limits(seconds=settings.limits.seconds))
        try:
            catalog = await connector.catalog()
            return [*_of_gate(catalog), await of_session(connector)]
        finally:
            await connector.close()


def _of_gate(catalog: "Catalog") -> list[Finding]:
    from sql.guard import guard
    from sql.suite import statements

    def passes(sql: str) -> bool:
        return guard(sql, dialect=catalog.dialect, catalog=catalog).ok

    hostile, benign = statements("hostile", catalog), statements("benign", catalog)
    return [
        Finding("gate, hostile", catalog.dialect, "refused", len(hostile), [each for each in hostile if passes(each)]),
        Finding("gate, legitimate", catalog.dialect, "let pass", len(benign), [x for x in benign if not passes(x)]),
    ]


async def of_session(connector: "Connector") -> Finding:
    """What a session lets through of that which it must refuse without the gate."""
    from sql.suite import probes

    tried = probes(connector.dialect)
    wrong = [each for each in tried if not await _is_refused(connector, each)]
    return Finding("session alone", connector.dialect, "refused", len(tried), wrong)


async def _is_refused(connector: "Connector", sql: str) -> bool:
    from core.errors import LimitError, StatementError
    from core.values import Limits

    try:
        await connector.run(sql, limits=Limits(seconds=SECONDS, rows=10))
    except (StatementError, LimitError):
        return True
    return False


@asynccontextmanager
async def _address(settings: "Settings", db: str) -> AsyncGenerator[str]:
    """Where the database is; a stored name needs the records, an address needs nothing."""
    if "://" in db or await to_thread(Path(db).exists):
        yield db
        return
    from cli.records import open_records

    async with open_records(settings) as records:
        yield await records.url(db)


def _as_json(finding: Finding) -> "JsonValue":
    return {
        "check": finding.check,
        "dialect": finding.dialect,
        "must": finding.must,
        "tried": finding.tried,
        "wrong": list(finding.wrong),
    }


def _print(findings: Sequence[Finding]) -> None:
    from cli.console import printable, stdout
    from cli.tables import Heading, print_table

    headings = [Heading("check", whole=True), Heading("dialect"), Heading("must be"), Heading("right", right=True)]
    rows = [
        [each.check, each.dialect, each.must, f"{each.tried - len(each.wrong)} of {each.tried}"] for each in findings
    ]
    print_table(stdout(), headings, rows)
    for finding in findings:
        for sql in finding.wrong:
            typer.echo(f"\n{finding.check} ({finding.dialect}) was not {finding.must}:\n  {printable(sql)}")
