"""Fits how sure readings are: `python -m evals.calibrate --root DIR SET.jsonl...` writes the file of the trees.

Every question is read by the rules alone, its statement compared with the known one, and trees are fitted to what was
right. Databases are kept together: each fifth of them is judged by trees that the others made.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

from apex.reading.certainty import HIGH, Forest
from evals.fitting import FOLDS, Fitted, Judged, fitted
from evals.honesty import calibration_error, error_by_chance
from evals.judging import Asked, Judge, asked_in

FILE = Path(__file__).parent.parent / "apex" / "reading" / "forest.json"
WORKERS = 2


def main(arguments: Sequence[str]) -> None:
    """Read, fit, say what the folds showed, write."""
    parser = argparse.ArgumentParser(prog="python -m evals.calibrate", description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument(
        "--variants", type=Path, help="a folder with databases of the same shape; for others some are made"
    )
    parser.add_argument("--server", help="a PostgreSQL server, where dumps of sets in that dialect are restored")
    parser.add_argument(
        "--judged", type=Path, help="a file that keeps what was judged, from which a fit can be tried again"
    )
    parser.add_argument(
        "--precision",
        type=float,
        default=0.86,
        help="what answers are to reach in the folds, over sets of all kinds and with slips counted against them",
    )
    given = parser.parse_args(arguments)
    with ProcessPoolExecutor(WORKERS) as workers:
        judge = Judge(variants=given.variants, server=given.server)
        judged = _kept(given.judged) or _judged_in(given.sets, given.root, judge, workers)
        if given.judged:
            given.judged.write_text("\n".join(json.dumps(each) for each in judged), encoding="utf8")
        found = fitted(judged, given.precision, workers=workers)
    options = ["--variants"] if given.variants else []
    command = f"python -m evals.calibrate {' '.join([*options, *(path.name for path in given.sets)])}"
    told = _told(found, judged)
    print("\n".join(_table(found, judged)))
    FILE.write_text(_text(found.forest._replace(made=f"{command}: in {FOLDS} folds {told}")), encoding="utf8")


def _kept(file: Path | None) -> list[Judged]:
    """What was judged before, if it was kept."""
    text = file.read_text(encoding="utf8") if file and file.exists() else ""
    return [Judged(*json.loads(line)) for line in text.splitlines()]


def _judged_in(sets: Sequence[Path], root: Path, judge: Judge, workers: Executor) -> list[Judged]:
    """The readings of all questions that stand alone, by database."""
    by_database: dict[tuple[Path, str], list[Asked]] = {}
    for path in sets:
        for each in asked_in(path, root):
            by_database.setdefault((each.path, each.schema), []).append(each)
    found = workers.map(judge, [by_database[place] for place in sorted(by_database)])
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


def _table(found: Fitted, judged: Sequence[Judged]) -> Iterator[str]:
    """A line for each set: of what was read, how much was answered, and how honest the certainties are."""
    yield f"{'set':20}{'read':>6}{'answered':>9}{'right':>7}{'ece':>7}{'chance':>7}{'above':>7}{'right':>7}"
    for kind in dict.fromkeys(each.kind for each in judged):
        of = [(case.right, sure) for case, sure in zip(judged, found.likelihoods, strict=True) if case.kind == kind]
        answered = [each for each in of if each[1] >= found.forest.answered]
        rights, sure = [right for right, _ in answered], [sure for _, sure in answered]
        high = [right for right, sure in answered if sure >= HIGH]
        error, chance = calibration_error(sure, rights), error_by_chance(sure)
        counted = f"{kind:20}{len(of):6}{len(answered):9}{sum(rights) / max(1, len(rights)):7.3f}"
        yield f"{counted}{error:7.3f}{chance:7.3f}{len(high):7}{sum(high) / max(1, len(high)):7.3f}"


def _text(forest: Forest) -> str:
    """The file, a tree in each line."""
    trees = ",\n".join(
        json.dumps([node if node.factor >= 0 else node[:1] for node in tree], separators=(",", ":"))
        for tree in forest.trees
    )
    plain = json.dumps({**forest._asdict(), "trees": []}, indent=1)
    return plain.replace('"trees": []', f'"trees": [\n{trees}\n]') + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
