"""`datachat audit`: what was run for whom, and whether its record is whole."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, given, print_json, run

if TYPE_CHECKING:
    from core.values import AuditedRun

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Read and check the record of all statements.")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Limit = Annotated[int, typer.Option(min=1, max=100_000, metavar="N", help="At most so many.")]
Expect = Annotated[str, typer.Option(metavar="HEAD", help="The head that an earlier check told.")]


@app.command("list")
def list_(context: typer.Context, limit: Limit = 50, as_json: AsJson = False) -> None:
    """The last statements, the latest first: who asked, what ran, what became of it."""
    run(_list(given(context), limit, as_json=as_json))


@app.command()
def verify(context: typer.Context, expect: Expect = "", as_json: AsJson = False) -> None:
    """Check every line against the one before it; exit code 1 tells that one is missing or was changed."""
    run(_verify(given(context), expect, as_json=as_json))


async def _list(options: Globals, limit: int, *, as_json: bool) -> None:
    from cli.records import open_records
    from store.audit_reading import runs

    async with open_records(options.settings()) as records:
        found = await runs(records.system, limit=limit)
    if as_json:
        print_json([each.model_dump(mode="json") for each in found])
    elif found:
        _print_runs(found)
    else:
        typer.echo("No statement has run.", err=True)


async def _verify(options: Globals, expect: str, *, as_json: bool) -> int:
    from cli.records import open_records
    from store.audit_reading import verify as verified

    async with open_records(options.settings()) as records:
        report = await verified(records.system, expect=expect)
    if as_json:
        print_json(report.model_dump(mode="json"))
    elif report.ok:
        typer.echo(f"All {report.lines:,} lines are there and unchanged. Head: {report.head}")
    else:
        typer.secho(f"Line {report.broken}: {report.why}.", fg="red")
    if report.unfinished and not as_json:
        numbers = ", ".join(str(each) for each in report.unfinished[-10:])
        typer.echo(f"{len(report.unfinished):,} without an outcome (they run now, or were killed): {numbers}", err=True)
    return 0 if report.ok else 1


def _print_runs(found: "list[AuditedRun]") -> None:
    from cli.console import stdout
    from cli.tables import Heading, print_table

    headings = [
        Heading("line", right=True, whole=True),
        Heading("at", whole=True),
        Heading("user", whole=True),
        Heading("status", whole=True),
        Heading("rows", right=True, whole=True),
        Heading("ms", right=True, whole=True),
        Heading("database", whole=True),
        Heading("statement"),
    ]
    rows = [
        [
            each.seq,
            each.at.isoformat(timespec="seconds"),
            each.user,
            each.status if each.finished else "unfinished",
            each.rows if each.status == "ok" else None,
            each.ms or None,
            each.database,
            each.sql or each.written,
        ]
        for each in found
    ]
    print_table(stdout(), headings, rows)
