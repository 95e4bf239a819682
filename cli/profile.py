"""`datachat profile`: measure a database, and say what was found."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, command, given, print_json, run

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from core.profile import Profile, Relation
    from core.settings import Settings
    from graph.profiling import Profiling
    from graph.proposing import Proposed
    from indexers.database.profile import Progress

Name = Annotated[str | None, typer.Argument(metavar="NAME|URL", help="A stored name, a URL or a file.")]
Sample = Annotated[int | None, typer.Option(min=100, metavar="N", help="Rows of each table that are looked at.")]
Seconds = Annotated[float | None, typer.Option(min=1, metavar="S", help="Time for all of it.")]
Generate = Annotated[bool, typer.Option("--generate", help="Propose DataPoints from what was found.")]
Model = Annotated[str | None, typer.Option(metavar="M", help="A model that words the proposals; none for no model.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def profile(
    context: typer.Context,
    name: Name = None,
    sample: Sample = None,
    seconds: Seconds = None,
    generate: Generate = False,
    model: Model = None,
    as_json: AsJson = False,
) -> None:
    """Measure a database; tables that did not change are skipped, and Ctrl-C keeps what is done."""
    settings = given(context).settings(model=model)
    run(_profile(given(context), settings, name, sample=sample, seconds=seconds, generate=generate, as_json=as_json))


async def _profile(
    options: Globals,
    settings: "Settings",
    name: str | None,
    *,
    sample: int | None,
    seconds: float | None,
    generate: bool,
    as_json: bool,
) -> None:
    from dataclasses import replace

    from cli.dp_suggest import proposals
    from cli.records import open_records
    from graph.profiling import Profiling
    from indexers.database.budget import Budget

    budget = Budget.sampling(sample) if sample else Budget()
    budget = replace(budget, seconds=seconds) if seconds else budget
    async with open_records(settings) as records:
        known = await records.databases.known(name) if name else None
        database = await records.databases.get(known)
        key, _ = await records.databases.place(database.name)
        work = Profiling(records.system, key, database.connector, database.catalog, budget)
        with _progress(work) as tell:
            found = await work.run(tell)
        proposed = await proposals(records, database, found) if generate else None
    _report(database.name, work, found, proposed, as_json=as_json)


@contextmanager
def _progress(work: "Profiling") -> "Generator[Callable[[Progress], None]]":
    """Tells which table is measured; when the work is stopped, what of it is kept."""
    from asyncio import CancelledError

    from cli.steps import step
    from core.errors import DataChatError

    try:
        with step("Measuring") as tell:
            yield lambda at: tell(f"{at.table} ({at.done + 1:,} of {at.total:,})")
    except (CancelledError, DataChatError):
        again = f"Run `{command()} profile` again to go on"
        typer.echo(f"{_tables(len(work.measured))} measured and kept. {again}.", err=True)
        raise


def _report(name: str, work: "Profiling", found: "Profile", proposed: "Proposed | None", *, as_json: bool) -> None:
    from pydantic_core import to_jsonable_python

    from cli.dp_suggest import print_few, tell_proposed
    from indexers.database.oddities import oddities

    odd = oddities(found)
    if as_json:
        print_json(
            to_jsonable_python(
                {
                    "database": name,
                    "tables": len(found.tables),
                    "rows": sum(each.rows for each in found.tables.values()),
                    "measured": [str(each.table) for each in work.measured],
                    "unmeasured": [{"table": str(each.table), "reason": each.reason} for each in work.unmeasured],
                    "seconds": round(work.seconds, 3),
                    "relations": [_told(each) for each in found.relations],
                    "oddities": [{"column": each.column, "what": each.what} for each in odd],
                    "proposals": proposed.waiting if proposed else None,
                    "refused": proposed.refused if proposed else [],
                    "usage": proposed.usage if proposed else None,
                }
            )
        )
        return
    rows = sum(each.rows for each in found.tables.values())
    skipped = len(found.tables) - len(work.measured)
    unchanged = f", {skipped:,} of them unchanged" if skipped else ""
    typer.echo(f"{name}: {_tables(len(found.tables))}{unchanged}, {rows:,} rows, {work.seconds:.1f} s")
    print_few("Relations that no key declares", [_line(each) for each in found.relations])
    print_few("Worth a look", [f"{each.column}: {each.what}" for each in odd])
    if proposed:
        tell_proposed(proposed)
    print_few("Not measured", [f"{each.table}: {each.reason}" for each in work.unmeasured])


def _line(found: "Relation") -> str:
    own, other = ", ".join(found.columns), ", ".join(found.referenced_columns)
    place = f"{found.table}({own}) -> {found.referenced}({other})"
    return f"{place}  {found.cardinality}, {found.confidence:.0%}: {'; '.join(found.evidence)}"


def _told(found: "Relation") -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(found), "table": str(found.table), "referenced": str(found.referenced)}


def _tables(count: int) -> str:
    return f"{count:,} table{'' if count == 1 else 's'}"
