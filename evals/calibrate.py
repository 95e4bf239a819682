"""Fits the weights of a reading's certainty: `python -m evals.calibrate --root DIR SET.jsonl...` writes them.

Every question is read by the rules alone, its statement compared with the known one, and a logistic model fitted to
what was right. Databases are kept together: each fifth of them is judged by weights that the others made.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Sequence
from hashlib import md5
from itertools import groupby
from math import exp
from pathlib import Path
from typing import NamedTuple

from connectors.registry import open_connector
from core.ports import Connector
from core.profile import Profile
from core.values import FoundValue, Limits
from evals.comparing import same_rows
from evals.fitting import fitted
from indexers.database.profile import quick_profile
from indexers.database.relations.find import relations
from indexers.database.values import values

FILE = Path(__file__).parent.parent / "apex" / "reading" / "weights.json"
FOLDS = 5
SECONDS = 30.0
VARIANTS, TRUSTED = 10, 3
"""So many more databases are tried, and so much more do their cases weigh."""


class Judged(NamedTuple):
    """A reading's factors, and whether it was right."""

    db: str
    factors: dict[str, float]
    right: bool


def main(arguments: Sequence[str]) -> None:
    """Read, fit, say what the folds showed, write."""
    parser = argparse.ArgumentParser(prog="python -m evals.calibrate", description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument(
        "--variants", type=Path, help="a folder with more databases of the same shape, one folder for each"
    )
    parser.add_argument("--precision", type=float, default=0.9, help="what answers are to reach in the folds")
    given = parser.parse_args(arguments)
    cases = [json.loads(line) for path in given.sets for line in path.read_text(encoding="utf8").splitlines()]
    known = [case for case in cases if case.get("gold_sql")]
    judged = asyncio.run(_judged(given.root, known, given.variants))
    folds = [int(md5(each.db.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS for each in judged]
    names = sorted({name for each in judged for name in each.factors})
    rows = [[each.factors.get(name, 0.0) for name in names] for each in judged]
    rights = [each.right for each in judged]
    found = [0.0] * len(rows)
    for fold in range(FOLDS):
        others = [place for place, each in enumerate(folds) if each != fold]
        weights = fitted([rows[place] for place in others], [rights[place] for place in others])
        for place, each in enumerate(folds):
            if each == fold:
                found[place] = _certainty(weights, rows[place])
    least = threshold(found, rights, given.precision)
    kept = [right for sure, right in zip(found, rights, strict=True) if sure >= least]
    told = f"precision {sum(kept) / max(1, len(kept)):.3f}, {len(kept)} of {len(cases)} answered, in {FOLDS} folds"
    *weights, bias = fitted(rows, rights)
    options = ["--variants"] if given.variants else []
    text = {
        "made": f"python -m evals.calibrate {' '.join([*options, *(path.name for path in given.sets)])}: {told}",
        "bias": round(bias, 4),
        "weights": {name: round(weight, 4) for name, weight in zip(names, weights, strict=True)},
        "answered": least,
    }
    FILE.write_text(f"{json.dumps(text, indent=1)}\n", encoding="utf8")
    print(told)


def threshold(found: Sequence[float], rights: Sequence[bool], precision: float) -> float:
    """The least certainty above which so many are right, to two places."""
    best, right = 1.0, 0
    for number, (sure, good) in enumerate(sorted(zip(found, rights, strict=True), reverse=True), start=1):
        right += good
        if number >= len(found) // 50 and right / number >= precision:
            best = sure
    return round(best, 2)


def _certainty(weights: Sequence[float], row: Sequence[float]) -> float:
    *known, bias = weights
    return 1 / (1 + exp(-bias - sum(weight * value for weight, value in zip(known, row, strict=True))))


async def _judged(root: Path, cases: list[dict[str, str]], variants: Path | None) -> list[Judged]:
    found: list[Judged] = []
    for path, group in groupby(sorted(cases, key=lambda case: case["db_path"]), key=lambda case: case["db_path"]):
        those = list(group)
        others = sorted((variants / those[0]["db"]).glob("*.sqlite"))[:VARIANTS] if variants else []
        files = [(root / path).absolute(), *(each.absolute() for each in others)]
        connector, *more = [await open_connector(f"sqlite:///{each}", limits=Limits()) for each in files]
        of_database = [each async for each in _of_database(connector, those, more)]
        # What was judged on several databases says more than what may be right by chance.
        found += of_database * (TRUSTED if more else 1)
        for each in (connector, *more):
            await each.close()
    return found


async def _of_database(
    connector: Connector, cases: Sequence[dict[str, str]], more: Sequence[Connector]
) -> AsyncGenerator[Judged]:
    from apex.reading.engine import read
    from apex.reading.library import library_of

    catalog = await connector.catalog()
    measured = await quick_profile(connector, catalog, seconds=SECONDS)
    profile = Profile(measured.tables, await relations(connector, catalog, measured))
    library = library_of(catalog, profile)
    known = [
        FoundValue(table=str(each.table), column=each.column, value=value, phrase=value)
        async for each in values(connector, catalog, profile)
        for value in each.values
    ]
    for case in cases:
        reading = read(case["question"], library, values=known)
        if reading.settled:
            verdicts = [
                await same_rows(each, reading.settled.compilation.sql, case["gold_sql"]) for each in (connector, *more)
            ]
            if verdicts[0] is not None:
                yield Judged(case["db"], dict(reading.measured), False not in verdicts)


if __name__ == "__main__":
    main(sys.argv[1:])
