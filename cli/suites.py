"""`datachat eval run`: suites with thresholds, tried on the example company; all of ours where none is named."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, conclude, given

if TYPE_CHECKING:
    from evals.cases import Suite
    from evals.report import Report


def run_suites(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SUITE]...", help="Names or files; all of ours.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Ask what the suites ask, and compare with what they expect; exit code 1 where a score is below its threshold."""
    conclude(lambda: _run(given(context), names or [], as_json=json))


def _run(options: Globals, names: list[str], *, as_json: bool) -> int:
    import asyncio

    from cli.stopping import stoppable
    from evals.cases import suites

    wanted = suites(names)
    reports = asyncio.run(stoppable(_reports(options, wanted)))
    _print_json(reports) if as_json else _print(reports)
    return 0 if all(report.passed for report in reports) else 1


async def _reports(options: Globals, wanted: "list[Suite]") -> "list[Report]":
    from cli.steps import step
    from evals.run import run
    from graph.assembly import open_house
    from store.example import know_example, load_example, register_example

    settings = options.settings()
    reports: list[Report] = []
    async with open_house(settings) as house:
        with step("Preparing the example company") as tell:
            url = await load_example(house.system.url, tell=tell)
            await register_example(house.connections, url)
            await know_example(house.system)
        for suite in wanted:
            with step(f"Suite {suite.name}"):
                reports.append(await run(suite, house))
    return reports


def _print_json(reports: "list[Report]") -> None:
    from pydantic import TypeAdapter

    from evals.report import Report

    typer.echo(TypeAdapter(list[Report]).dump_json(reports, indent=2).decode())


def _print(reports: "list[Report]") -> None:
    for report in reports:
        for score in report.scores:
            least = "" if score.threshold is None else f", at least {score.threshold:.0%} wanted"
            mark = "ok  " if score.passed else "LOW "
            typer.echo(f"{mark}{report.suite}: {score.scorer} {score.right} of {score.cases} right{least}")
            for question in score.wrong:
                typer.echo(f"       wrong: {question}")
