"""Fits how sure readings are: `python -m evals.calibrate --root DIR SET.jsonl...` writes the file of the trees.

Every question is read by the rules alone, its statement compared with the known one, and trees are fitted to what was
right. Databases are kept together: each fifth of them is judged by trees that the others made.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from apex.reading.certainty import Forest
from connectors.registry import open_connector
from core.ports import Connector
from core.profile import Profile
from core.values import FoundValue, Limits
from evals.comparing import same_rows
from evals.fitting import FOLDS, Fitted, Judged, fitted
from indexers.database.profile import quick_profile
from indexers.database.relations.find import relations
from indexers.database.values import values

Cases = list[dict[str, str]]

FILE = Path(__file__).parent.parent / "apex" / "reading" / "forest.json"
SECONDS = 30.0
WORKERS = 2
NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""Every run reads times as of the same day."""
VARIANTS = 10
"""On so many more databases a reading is judged."""


def main(arguments: Sequence[str]) -> None:
    """Read, fit, say what the folds showed, write."""
    parser = argparse.ArgumentParser(prog="python -m evals.calibrate", description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument(
        "--variants", type=Path, help="a folder with more databases of the same shape, one folder for each"
    )
    parser.add_argument(
        "--judged", type=Path, help="a file that keeps what was judged, from which a fit can be tried again"
    )
    parser.add_argument("--precision", type=float, default=0.91, help="what answers are to reach in the folds")
    given = parser.parse_args(arguments)
    with ProcessPoolExecutor(WORKERS) as workers:
        judged = _kept(given.judged) or _judged_in(given.sets, partial(_judged, given.root, given.variants), workers)
        if given.judged:
            given.judged.write_text("\n".join(json.dumps(each) for each in judged), encoding="utf8")
        found = fitted(judged, given.precision, workers=workers)
    options = ["--variants"] if given.variants else []
    command = f"python -m evals.calibrate {' '.join([*options, *(path.name for path in given.sets)])}"
    told = _told(found, judged)
    FILE.write_text(_text(found.forest._replace(made=f"{command}: in {FOLDS} folds {told}")), encoding="utf8")
    print(told)


def _kept(file: Path | None) -> list[Judged]:
    """What was judged before, if it was kept."""
    text = file.read_text(encoding="utf8") if file and file.exists() else ""
    return [Judged(*json.loads(line)) for line in text.splitlines()]


def _judged_in(sets: Sequence[Path], judge: Callable[[Cases], list[Judged]], workers: Executor) -> list[Judged]:
    """The readings of all questions that stand alone, by database."""
    by_database: dict[str, Cases] = {}
    for path in sets:
        for line in path.read_text(encoding="utf8").splitlines():
            case = {**json.loads(line), "kind": path.stem}
            if case.get("gold_sql") and not case.get("history"):
                by_database.setdefault(case["db_path"], []).append(case)
    found = workers.map(judge, [by_database[path] for path in sorted(by_database)])
    return [judged for group in found for judged in group]


def _told(found: Fitted, judged: Sequence[Judged]) -> str:
    """How many of the readings of each set were answered, and how many of these are right."""
    told: list[str] = []
    for kind in dict.fromkeys(each.kind for each in judged):
        sure = [
            case.right
            for case, likely in zip(judged, found.likelihoods, strict=True)
            if case.kind == kind and likely >= found.forest.answered
        ]
        read = sum(case.kind == kind for case in judged)
        told.append(f"{kind} {sum(sure)} right of {len(sure)} answered of {read} read")
    return ", ".join(told)


def _text(forest: Forest) -> str:
    """The file, a tree in each line."""
    trees = ",\n".join(
        json.dumps([node if node.factor >= 0 else node[:1] for node in tree], separators=(",", ":"))
        for tree in forest.trees
    )
    plain = json.dumps({**forest._asdict(), "trees": []}, indent=1)
    return plain.replace('"trees": []', f'"trees": [\n{trees}\n]') + "\n"


def _judged(root: Path, variants: Path | None, cases: Cases) -> list[Judged]:
    return asyncio.run(_of_database(root, variants, cases))


async def _of_database(root: Path, variants: Path | None, cases: Cases) -> list[Judged]:
    first = cases[0]
    others = sorted((variants / first["db"]).glob("*.sqlite"))[:VARIANTS] if variants else []
    files = [(root / first["db_path"]).absolute(), *(each.absolute() for each in others)]
    connector, *more = [await open_connector(f"sqlite:///{each}", limits=Limits()) for each in files]
    found = [each async for each in _readings(connector, cases, more)]
    for each in (connector, *more):
        await each.close()
    return found


async def _readings(connector: Connector, cases: Cases, more: Sequence[Connector]) -> AsyncGenerator[Judged]:
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
        reading = read(case["question"], library, values=known, now=NOW)
        if reading.settled:
            verdicts = [
                await same_rows(each, reading.settled.compilation.sql, case["gold_sql"]) for each in (connector, *more)
            ]
            if verdicts[0] is not None:
                yield Judged(case["kind"], case["db"], dict(reading.measured), False not in verdicts)


if __name__ == "__main__":
    main(sys.argv[1:])
