"""`datachat dp`: DataPoints, what the business knows about its data."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from cli import dp_pending
from cli.dp_session import AsJson, Reason, Reviewer, open_datapoints, reviewer_of
from cli.dp_suggest import suggest as proposals_of
from cli.session import Globals, command, conclude, given, print_json, run

if TYPE_CHECKING:
    from pydantic import JsonValue

    from core.catalog import Catalog
    from datapoints.findings import Finding

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Keep what the business knows about its data.")
app.add_typer(dp_pending.app, name="pending")

Folder = Annotated[Path | None, typer.Argument(metavar="[PATH]", help="Instead of the project's folder.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The id of a DataPoint.")]
Database = Annotated[str | None, typer.Option("--db", metavar="NAME|URL", help="The database that they speak of.")]


@app.command()
def lint(
    context: typer.Context,
    path: Folder = None,
    db: Annotated[str | None, typer.Option(metavar="NAME|URL", help="Look names up in this database.")] = None,
    schema: Annotated[Path | None, typer.Option(metavar="FILE", help="Look names up in this file of DDL.")] = None,
    dialect: Annotated[str, typer.Option(metavar="D", help="The dialect of --schema.")] = "postgres",
    strict: Annotated[bool, typer.Option("--strict", help="Fail for warnings too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with DataPoint files, or could be better; exit code 1 where something is wrong."""
    if db:
        run(_lint_with(given(context), path, db, strict=strict, as_json=as_json))
    conclude(lambda: _lint_offline(given(context), path, schema, dialect, strict=strict, as_json=as_json))


@app.command()
def sync(context: typer.Context, path: Folder = None, as_json: AsJson = False) -> None:
    """Take over what the files say; only what changed is read anew. Exit code 1 where a file was left out."""
    run(_sync(given(context), path, as_json=as_json))


@app.command("list")
def list_(
    context: typer.Context,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Only of this kind.")] = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="pending, approved or retired.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Every DataPoint."""
    run(_list(given(context), kind, status, db, as_json=as_json))


@app.command()
def show(context: typer.Context, id: Id, as_json: AsJson = False) -> None:
    """One DataPoint, as its file says it."""
    run(_show(given(context), id, as_json=as_json))


@app.command()
def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A YAML file; it is copied to the project's folder.")],
) -> None:
    """Check a file and take its DataPoint over as your own."""
    run(_add(given(context), file))


@app.command()
def retire(context: typer.Context, id: Id, reason: Reason = "", reviewer: Reviewer = None) -> None:
    """Believe a DataPoint no longer; its file stays and says so."""
    run(_retire(given(context), id, reason, reviewer))


@app.command()
def suggest(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME|URL", help="A measured database.")] = None,
    model: Annotated[str | None, typer.Option(metavar="M", help="A model that words them; none for no model.")] = None,
    as_json: AsJson = False,
) -> None:
    """Propose DataPoints from what `datachat profile` measured."""
    run(proposals_of(given(context), name, model=model, as_json=as_json))


@app.command()
def convert(
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="One JSON DataPoint, or a list of them.")],
    to: Annotated[Path | None, typer.Option("--to", metavar="DIR", help="Write files there, not to stdout.")] = None,
) -> None:
    """Write earlier JSON DataPoints (Schema, Business, Process) as YAML."""
    conclude(lambda: _convert(file, to))


@app.command("schema")
def schema_(kind: Annotated[str | None, typer.Argument(metavar="[KIND]", help="Of one kind alone.")] = None) -> None:
    """JSON Schema of DataPoint files, for editors."""
    from datapoints.schema import schema as schema_of

    conclude(lambda: print_json(schema_of(kind)))


def _lint_offline(
    options: Globals, path: Path | None, schema: Path | None, dialect: str, *, strict: bool, as_json: bool
) -> int:
    from core.errors import UserError
    from sql.ddl import catalog_of

    catalog = None
    if schema:
        if not schema.is_file():
            raise UserError(f"{schema} is not a file.", hint="Name a file of CREATE statements.", code="bad_file")
        catalog = catalog_of(schema.read_text(encoding="utf-8"), dialect=dialect)
    return _lint(options, path, catalog, None, strict=strict, as_json=as_json)


async def _lint_with(options: Globals, path: Path | None, db: str, *, strict: bool, as_json: bool) -> int:
    from cli.records import open_records

    async with open_records(options.settings()) as records:
        name = await records.databases.known(db)
        catalog = (await records.databases.get(name)).catalog
    return _lint(options, path, catalog, name if name == db else None, strict=strict, as_json=as_json)


def _lint(
    options: Globals, path: Path | None, catalog: "Catalog | None", name: str | None, *, strict: bool, as_json: bool
) -> int:
    from core.errors import UserError
    from datapoints.files import read_folder
    from datapoints.lint import fails
    from datapoints.lint import lint as judged

    root = path or options.settings().datapoints
    if not root.exists():
        raise UserError(f"There is no {root}.", hint=f"Name a folder: {command()} dp lint PATH", code="bad_file")
    folder = read_folder(root)
    found = judged(folder, catalog_of=lambda of: catalog if of is None or name in (None, of) else None)
    if as_json:
        print_json([each.model_dump() for each in found])
    else:
        tell(found)
        typer.echo(f"{len(folder.filed):,} DataPoints, {len(found):,} findings", err=True)
    return 1 if fails(found, strict=strict) else 0


async def _sync(options: Globals, path: Path | None, *, as_json: bool) -> int:
    async with open_datapoints(options) as datapoints:
        done = await datapoints.sync(path)
    if as_json:
        print_json(done.model_dump())
    else:
        tell(done.findings, to_stderr=True)
        typer.echo(f"{done.added} added, {done.changed} changed, {done.removed} removed, {done.unchanged} unchanged")
    return 1 if any(each.severity == "error" for each in done.findings) else 0


async def _list(options: Globals, kind: str | None, status: str | None, db: str | None, *, as_json: bool) -> None:
    from cli.dp_session import print_stored

    async with open_datapoints(options) as datapoints:
        found = await datapoints.all()
    wanted = [
        each
        for each in found
        if kind in (None, each.datapoint.kind)
        and status in (None, each.status)
        and (db is None or each.datapoint.database in (None, db))
    ]
    print_stored(wanted, as_json=as_json)


async def _show(options: Globals, id: str, *, as_json: bool) -> None:
    from datapoints.writing import yaml_of

    async with open_datapoints(options) as datapoints:
        found = await datapoints.get(id)
        questions = await datapoints.served(id)
    if as_json:
        print_json({**found.told(), "served": [*questions]})
        return
    from cli.console import printable

    typer.echo("\n".join(map(printable, yaml_of(found.datapoint).splitlines())))
    if found.stale:
        typer.echo(f"Not in use: {printable(found.stale_reason)}", err=True)
    for question in questions:
        typer.echo(f"Served: {printable(question)}", err=True)


async def _add(options: Globals, file: Path) -> None:
    from datapoints.files import one

    datapoint = one(file)
    async with open_datapoints(options) as datapoints:
        stored = await datapoints.save(datapoint, version=None)
    typer.echo(f"{stored.id} is in {stored.root}/{stored.file}")


async def _retire(options: Globals, id: str, reason: str, reviewer: str | None) -> None:
    async with open_datapoints(options) as datapoints:
        await datapoints.retire([id], reviewer=reviewer_of(reviewer), reason=reason)
    typer.echo(f"{id} is retired.")


def _convert(file: Path, to: Path | None) -> None:
    import json

    from core.errors import UserError
    from core.yaml_file import read_text
    from datapoints.converting import converted
    from datapoints.writing import write, yaml_of

    try:
        read = json.loads(read_text(file))
    except (json.JSONDecodeError, RecursionError) as error:
        raise UserError(f"{file} is not JSON: {error}", code="bad_file") from None
    bodies = cast("list[object]", read if isinstance(read, list) else [read])
    if not all(isinstance(each, dict) for each in bodies):
        raise UserError(f"{file} holds something else than JSON objects.", code="bad_file")
    found = [converted(cast("dict[str, JsonValue]", each)) for each in bodies]
    if to is None:
        sys.stdout.write("---\n".join(map(yaml_of, found)))
        return
    for each in found:
        path = to / f"{each.id}.yaml"
        if path.exists():
            raise UserError(f"There is a file {path} already.", hint="Choose another folder.", code="bad_file")
        write(each, path)
        typer.echo(path)


def tell(findings: "list[Finding]", *, to_stderr: bool = False) -> None:
    """One finding a line, in the form that editors jump by."""
    from cli.console import printable

    for each in findings:
        typer.echo(printable(each.told()), err=to_stderr)
