"""Predicts and judges sets: `python -m evals.table --root DIR SET.jsonl... [--pg URL]` prints a line for each.

A prediction is right when its rows are those of a known statement, on the database of the set. `ece` is the expected
calibration error, `chance` that of so many answers whose confidence is exactly right; `above` the share of answers with
a confidence of at least 0.9, and how many of those are right.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.settings import load_settings
from evals.comparing import same_rows
from evals.honesty import calibration_error, error_by_chance
from evals.predict import Case, Prediction, Predictor, cases_of
from graph.assembly import House, open_house

_HEADING = (
    f"{'set':24}{'cases':>6}{'cover':>8}{'prec':>8}{'accur':>8}{'ece':>8}{'chance':>8}{'above':>8}{'right':>8}"
    f"{'p50':>7}{'p95':>7}"
)
_SURE = 0.9


@dataclass(frozen=True)
class Judged:
    """A prediction, and whether it was right where it was an answer."""

    prediction: Prediction
    right: bool


def main(arguments: Sequence[str]) -> None:
    """Predict, judge, print."""
    parser = argparse.ArgumentParser(prog="python -m evals.table", description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--pg", help="a PostgreSQL server for sets in that dialect")
    parser.add_argument("--limit", type=int, help="only the first N cases of each set")
    given = parser.parse_args(arguments)
    asyncio.run(_print(given.sets, given.root, given.pg, given.limit))


async def _print(sets: Sequence[Path], root: Path, server: str | None, limit: int | None) -> None:
    print(_HEADING)
    async with open_house(load_settings(overrides={"audit": False})) as house:
        for path in sets:
            predictor = Predictor(house, root, server=server)
            judged = await _judged(predictor, house, path, limit)
            print(line(path.stem, judged), flush=True)


async def _judged(predictor: Predictor, house: House, path: Path, limit: int | None) -> list[Judged]:
    cases = cases_of(path, limit=limit)
    found: list[Judged] = []
    async for prediction in predictor.predict(cases):
        case = cases[len(found)]
        right = prediction.status == "answered" and await _is_right(predictor, house, case, prediction)
        found.append(Judged(prediction, right))
    return found


async def _is_right(predictor: Predictor, house: House, case: Case, prediction: Prediction) -> bool:
    database = await house.databases.get(await predictor.database(case))
    for statement in case.known:
        if prediction.sql and await same_rows(database.connector, prediction.sql, statement):
            return True
    return False


def line(name: str, judged: Sequence[Judged]) -> str:
    """One line of the table."""
    answered = [each for each in judged if each.prediction.status == "answered"]
    above = [each for each in answered if each.prediction.confidence >= _SURE]
    times = sorted(each.prediction.ms for each in judged)
    sure = [each.prediction.confidence for each in answered]
    figures = (
        len(answered) / len(judged),
        _share(answered),
        sum(each.right for each in judged) / len(judged),
        calibration_error(sure, [each.right for each in answered]),
        error_by_chance(sure),
        len(above) / len(judged),
        _share(above),
    )
    told = "".join(f"{figure:8.3f}" for figure in figures)
    return f"{name:24}{len(judged):6}{told}{times[len(times) // 2]:7.0f}{times[int(len(times) * 0.95)]:7.0f}"


def _share(judged: Sequence[Judged]) -> float:
    return sum(each.right for each in judged) / len(judged) if judged else 0.0


if __name__ == "__main__":
    main(sys.argv[1:])
