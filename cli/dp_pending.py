"""`datachat dp pending`: proposals, which nobody believes before a person has approved them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.dp_session import AsJson, Reason, Reviewer, open_datapoints, reviewer_of
from cli.session import Globals, given, print_json, run

if TYPE_CHECKING:
    from store.datapoint_rows import Stored
    from store.datapoints import DataPoints

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Review what was proposed.")

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="The ids of proposals.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The id of a proposal.")]
All = Annotated[bool, typer.Option("--all", help="Every proposal that the other options leave.")]
Kind = Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only of this kind.")]
MinConfidence = Annotated[
    float | None, typer.Option("--min-confidence", min=0, max=1, metavar="0..1", help="Only ones at least as certain.")
]
Version = Annotated[int | None, typer.Option("--version", metavar="N", help="Refuse if it is another one by now.")]


@app.command("list")
def list_(
    context: typer.Context, kind: Kind = None, min_confidence: MinConfidence = None, as_json: AsJson = False
) -> None:
    """Everything that waits for a review."""
    run(_list(given(context), kind, min_confidence, as_json=as_json))


@app.command()
def show(context: typer.Context, id: Id, as_json: AsJson = False) -> None:
    """A proposal, as its file would say it."""
    run(_show(given(context), id, as_json=as_json))


@app.command()
def diff(context: typer.Context, id: Id) -> None:
    """What a proposal would change."""
    run(_diff(given(context), id))


@app.command()
def approve(
    context: typer.Context,
    ids: Ids = None,
    everything: All = False,
    kind: Kind = None,
    min_confidence: MinConfidence = None,
    version: Version = None,
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="Where a single one is written.")] = None,
    reason: Reason = "",
    reviewer: Reviewer = None,
) -> None:
    """Write proposals to their files, and believe them."""
    run(
        _approve(
            given(context), ids or [], everything, kind, min_confidence, version, file, reason, reviewer_of(reviewer)
        )
    )


@app.command()
def reject(
    context: typer.Context,
    ids: Ids = None,
    everything: All = False,
    kind: Kind = None,
    version: Version = None,
    reason: Reason = "",
    reviewer: Reviewer = None,
) -> None:
    """Drop proposals; the same will not be proposed again."""
    run(_reject(given(context), ids or [], everything, kind, version, reason, reviewer_of(reviewer)))


@app.command()
def edit(
    context: typer.Context,
    id: Id,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="Take it from this file, not $EDITOR.")
    ] = None,
) -> None:
    """Change a proposal before it is approved."""
    run(_edit(given(context), id, file))


async def _list(options: Globals, kind: str | None, least: float | None, *, as_json: bool) -> None:
    from cli.dp_session import print_stored

    async with open_datapoints(options) as datapoints:
        print_stored(_picked(await datapoints.pending(), kind, least), as_json=as_json)


async def _show(options: Globals, id: str, *, as_json: bool) -> None:
    from cli.console import printable
    from datapoints.writing import yaml_of

    async with open_datapoints(options) as datapoints:
        found = await datapoints.get(id, pending=True)
    if as_json:
        print_json(found.told())
    else:
        typer.echo("\n".join(map(printable, yaml_of(found.datapoint).splitlines())))


async def _diff(options: Globals, id: str) -> None:
    from difflib import unified_diff

    from cli.console import printable
    from core.errors import NotFoundError
    from datapoints.writing import yaml_of

    async with open_datapoints(options) as datapoints:
        new = yaml_of((await datapoints.get(id, pending=True)).datapoint)
        try:
            old = yaml_of((await datapoints.get(id)).datapoint)
        except NotFoundError:
            old = ""
    for line in unified_diff(old.splitlines(), new.splitlines(), "in use", "proposed", lineterm=""):
        typer.echo(printable(line))


async def _approve(
    options: Globals,
    ids: list[str],
    everything: bool,
    kind: str | None,
    least: float | None,
    version: int | None,
    file: Path | None,
    reason: str,
    reviewer: str,
) -> None:
    async with open_datapoints(options) as datapoints:
        wanted = await _wanted(datapoints, ids, everything, kind, least)
        if len(wanted) != 1 and (version is not None or file is not None):
            raise typer.BadParameter("--version and --file are for one proposal.")
        for id in wanted:
            [stored] = await datapoints.approve([id], reviewer=reviewer, reason=reason, version=version, file=file)
            typer.echo(f"{id}: approved, in {stored.root}/{stored.file}")


async def _reject(
    options: Globals,
    ids: list[str],
    everything: bool,
    kind: str | None,
    version: int | None,
    reason: str,
    reviewer: str,
) -> None:
    async with open_datapoints(options) as datapoints:
        for id in await _wanted(datapoints, ids, everything, kind, None):
            await datapoints.reject([id], reviewer=reviewer, reason=reason, version=version)
            typer.echo(f"{id}: rejected")


async def _edit(options: Globals, id: str, file: Path | None) -> None:
    import tempfile

    from core.errors import UserError
    from datapoints.files import one
    from datapoints.writing import yaml_of

    async with open_datapoints(options) as datapoints:
        found = await datapoints.get(id, pending=True)
        if file:
            changed = one(file)
        else:
            with tempfile.TemporaryDirectory() as folder:
                draft = Path(folder) / f"{id}.yaml"
                draft.write_text(yaml_of(found.datapoint), encoding="utf-8")
                _open_editor(draft)
                changed = one(draft)
        if changed.id != id:
            raise UserError(f"The id must stay {id!r}.", hint="To rename it, reject this and add a file of your own.")
        stored = await datapoints.edit(changed, version=found.datapoint.version)
    typer.echo(f"{id}: version {stored.datapoint.version}, still pending")


def _open_editor(draft: Path) -> None:
    import os
    import shlex
    import subprocess

    from core.errors import UserError

    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    try:
        subprocess.run([*editor, str(draft)], check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise UserError(f"The editor {editor[0]!r} failed: {error}", hint="Set EDITOR, or use --file.") from None


async def _wanted(
    datapoints: "DataPoints", ids: list[str], everything: bool, kind: str | None, least: float | None
) -> list[str]:
    """The ids that are meant: those named, or all that the options leave."""
    if bool(ids) == everything:
        raise typer.BadParameter("Name proposals, or say --all.")
    return ids or [each.id for each in _picked(await datapoints.pending(), kind, least)]


def _picked(found: "list[Stored]", kind: str | None, least: float | None) -> "list[Stored]":
    return [
        each
        for each in found
        if kind in (None, each.datapoint.kind)
        and (least is None or (each.datapoint.confidence is not None and each.datapoint.confidence >= least))
    ]
