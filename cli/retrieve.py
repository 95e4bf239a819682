"""`datachat retrieve`: what is found for a question, without answering it."""

import sys
from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, given, print_json, run

if TYPE_CHECKING:
    from pydantic import JsonValue

    from cli.records import Records
    from core.ports import Database
    from core.values import Retrieval

Text = Annotated[str, typer.Argument(metavar="QUESTION", help="A question; - reads one per line from stdin.")]
Db = Annotated[str | None, typer.Option("--db", metavar="NAME|URL", help="The database; absent: the default one.")]
Most = Annotated[int, typer.Option("--k", min=1, max=100, help="How many tables, and how many DataPoints, at most.")]
User = Annotated[str, typer.Option("--as", metavar="USER", help="Whose view is searched, where a policy is set.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object per question.")]


def retrieve(
    context: typer.Context, question: Text, db: Db = None, k: Most = 10, user: User = "local", as_json: AsJson = False
) -> None:
    """Show the tables, DataPoints and stored values that a question speaks of, best first."""
    run(_retrieve(given(context), question, db, k=k, user=user, as_json=as_json))


async def _retrieve(options: Globals, question: str, db: str | None, *, k: int, user: str, as_json: bool) -> None:
    from cli.records import open_records
    from graph.knowing import open_knowing

    settings = options.settings()
    async with open_records(settings) as records:
        records.databases.knowing = open_knowing(settings, records.system)
        database = await _seen(records, db, user)
        for text in _questions(question):
            started = perf_counter()
            found = await database.knowledge.ground(text, limit=k)
            ms = round((perf_counter() - started) * 1000, 2)
            for note in found.notes:
                typer.echo(note, err=True)
            if as_json:
                print_json(_told(database, found, ms))
                sys.stdout.flush()
            else:
                _show(found)


async def _seen(records: "Records", db: str | None, user: str) -> "Database":
    """The database as the user sees it."""
    from core.values import User as Named
    from graph.seen import Sight
    from sql.policy.load import read_policy

    name = await records.databases.known(db) if db else None
    written = records.settings.access
    if written is None:
        return await records.databases.get(name)
    # Nothing is read, so that no mask needs its key.
    sight = Sight(policy=read_policy(written), databases=records.databases, mask_key="")
    return await sight.of(Named(name=user)).get(name)


def _questions(question: str) -> Iterator[str]:
    return (line.rstrip("\n") for line in sys.stdin) if question == "-" else iter([question])


def _told(database: "Database", found: "Retrieval", ms: float) -> "JsonValue":
    tables = [(database.catalog.by_text[each.table], each.score) for each in found.tables]
    return {
        "tables": [{"name": table.name, "schema": table.schema, "score": score} for table, score in tables],
        "datapoints": [{"id": each.id, "kind": each.kind, "score": each.score} for each in found.datapoints],
        "ms": ms,
    }


def _show(found: "Retrieval") -> None:
    from cli.console import printable, stdout
    from cli.tables import Heading, print_table

    rows = [
        *(["table", each.table, each.score, each.why or "beside another"] for each in found.tables),
        *([each.kind, each.id, each.score, ""] for each in found.datapoints),
        *(["value", f"{each.table}.{each.column}", each.score, printable(each.value)] for each in found.values),
    ]
    headings = [
        Heading("kind", whole=True),
        Heading("name", whole=True),
        Heading("score", right=True, whole=True),
        Heading("why"),
    ]
    if rows:
        print_table(stdout(), headings, rows)
    else:
        typer.echo("Nothing was found.", err=True)
