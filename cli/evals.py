"""`datachat eval`: predictions of public sets, and suites with thresholds."""

from pathlib import Path
from typing import Annotated

import typer

from cli.session import Globals, given, run
from cli.suites import run_suites

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Measure how well questions are answered.")
app.command("run")(run_suites)


@app.command()
def predict(
    context: typer.Context,
    cases: Annotated[Path, typer.Argument(metavar="SET.jsonl", help="One case per line.")],
    root: Annotated[Path, typer.Option(metavar="DIR", help="Where the databases of the set are.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="One prediction per line.")],
    pg: Annotated[str | None, typer.Option(metavar="URL", help="A PostgreSQL server for sets in that dialect.")] = None,
    model: Annotated[str, typer.Option(metavar="M", help="none, replay:FILE#SYSTEM, or a model.")] = "none",
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Only the first N cases.")] = None,
) -> None:
    """Answer every question of a set through the real graph; Ctrl-C keeps what is done."""
    run(_predict(given(context), cases, root, out, pg=pg, model=model, limit=limit))


async def _predict(
    options: Globals, path: Path, root: Path, out: Path, *, pg: str | None, model: str, limit: int | None
) -> None:
    from tempfile import TemporaryDirectory

    from cli.steps import step
    from evals.predict import Predictor, cases_of, write
    from evals.replayed import is_replay, script_of
    from graph.assembly import open_house

    cases = cases_of(path, limit=limit)
    with TemporaryDirectory() as folder:
        name = script_of(model, cases, Path(folder)) if is_replay(model) else model
        async with open_house(options.settings(audit=False)) as house:
            with step("Predicting") as tell:
                done = await write(Predictor(house, root, server=pg, model=name), cases, out, tell=tell)
    typer.echo(f"{done} predictions in {out}")
