"""`datachat demo`: an example company to ask, and three questions to it."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, command, conclude, given

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AsyncExitStack

    from core.settings import Settings
    from graph.assembly import House

QUESTIONS = (
    ("about the catalog", "Which tables are there?"),
    ("about one table", "How many rows are in transactions?"),
    ("that needs a language model", "Which merchants look suspicious, and why?"),
)

MEASURING_SECONDS = 15.0
"""So long the example is measured at most; a third of it for one table."""


def demo(
    context: typer.Context,
    serve: Annotated[bool, typer.Option("--serve", help="Go on with the HTTP server.")] = False,
) -> None:
    """Start a database with an example company and ask it three questions."""
    conclude(lambda: _demo(given(context), serve=serve))


def _demo(options: Globals, *, serve: bool) -> int:
    import asyncio

    from cli.serve import serve_with
    from cli.stopping import stoppable

    settings = options.settings()
    _check(settings)
    code = asyncio.run(stoppable(_ask_all(settings)))
    if serve and code == 0:
        serve_with(settings)
    return code


async def _ask_all(settings: "Settings") -> int:
    from contextlib import AsyncExitStack

    async with AsyncExitStack() as stack:
        name, house = await _prepared(settings, stack)
        code = 0
        for number, (kind, question) in enumerate(QUESTIONS, start=1):
            code = await _ask(house, f"{number}. A question {kind}", question, name) or code
        _print_next(name)
    return code


def _check(settings: "Settings") -> None:
    from core.errors import UserError

    if settings.system_database_url:
        raise UserError(
            "The demo brings its own database server, but SYSTEM_DATABASE_URL names another one.",
            hint=f"Leave it out for the demo: env -u SYSTEM_DATABASE_URL {command()} demo",
        )


async def _prepared(settings: "Settings", stack: "AsyncExitStack") -> tuple[str, "House"]:
    """The name of the example's connection, in an open house."""
    from cli.steps import step

    with step("Starting the embedded database"):
        from graph.assembly import open_house
        from store.example import know_example, load_example, register_example

        house = await stack.enter_async_context(open_house(settings))
    with step("Preparing the example company") as tell:
        url = await load_example(house.system.url, tell=tell)
        tell("what the company says of its data")
        await know_example(house.system)
        name = await register_example(house.connections, url)
        await _measure(house, name, tell)
    return name, house


async def _measure(house: "House", name: str, tell: "Callable[[str], None]") -> None:
    """Measure the example whole: a first question waits only for small tables, and the next ones may be anything."""
    from graph.profiling import Profiling
    from indexers.database.budget import Budget

    tell("measuring it")
    database = await house.databases.get(name)
    missing = frozenset(database.catalog.by_name) - database.profile.tables.keys()
    if missing:
        key, _ = await house.databases.place(name)
        budget = Budget(seconds=MEASURING_SECONDS, table_seconds=MEASURING_SECONDS / 3)
        work = Profiling(house.system, key, database.connector, database.catalog, budget, only=missing)
        await work.run(lambda at: tell(f"measuring {at.table}"))


async def _ask(house: "House", title: str, text: str, database: str) -> int:
    from rich.text import Text

    from cli.asking import answer_of, turns_of
    from cli.console import stdout
    from cli.exits import exit_of_answer
    from cli.render import print_answer, progress
    from graph.turns import Question

    console = stdout()
    console.print(Text(f"\n{title}: {text}", style="bold cyan"))
    with progress() as tell:
        asked = Question(text=text, database=database)
        answer = await answer_of(turns_of(house).say(asked), tell=tell)
    print_answer(answer, trace=True)
    no_model = answer.status == "abstain" and house.settings.model is None
    return 0 if no_model else exit_of_answer(answer)


def _print_next(name: str) -> None:
    me = command()
    typer.echo(f"""
What next
  {me} ask "What was the revenue in each month?" --db {name}     a metric that the company defined, no model needed
  {me} ask "What is revenue?" --db {name}
  {me} chat
  export DATACHAT_MODEL=openai:gpt-5 OPENAI_API_KEY=...     for every other question
  export DATACHAT_MODEL=openai:qwen3 OPENAI_BASE_URL=http://localhost:11434/v1 OPENAI_API_KEY=none     a model of yours

Your own database
  {me} database add mine postgresql://reader@db.example.com/shop --default
  {me} ask "Which tables are there?"
  {me} ask "Which tables are there?" --db sales.csv     a file, or a folder of files""")
