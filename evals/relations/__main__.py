"""`python -m evals.relations [--root DIR] [--bare] [--list] [--json]`: precision and recall per set of databases.

The foreign keys that a database declares are taken from its catalog (with `--bare` primary and unique keys, too), and
what is found is compared with them. Databases are held out by a hash of their name; both halves are reported.
Declared keys that most of the data contradict (`wrong`) are not counted; either direction of a join counts as found.
"""

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

from evals.relations.compare import Outcome, compare

SETS = ("spider", "spider_dk", "ambrosia", "classic")
WANTED = {"precision": 0.95, "recall": 0.85}


def main() -> None:
    """Measure and print; exit code 1 where a half of all databases is below the bar."""
    parser = argparse.ArgumentParser(prog="python -m evals.relations", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path("../shared/evals/dev/databases"), help="folder of the sets")
    parser.add_argument("--set", action="append", dest="sets", help="measure this set only; may be repeated")
    parser.add_argument("--bare", action="store_true", help="take primary and unique keys away, too")
    parser.add_argument("--list", action="store_true", help="name what was missed, found beside, and declared wrongly")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args()
    outcomes = asyncio.run(_all(chosen.root, chosen.sets or SETS, bare=chosen.bare))
    if not outcomes:
        sys.exit(f"No SQLite databases under {chosen.root}")
    figures = _figures(outcomes)
    print(json.dumps(figures) if chosen.json else "\n".join(_lines(figures)))
    if chosen.list:
        print("\n".join(_listed(outcomes)))
    halves = [figures[f"all/{half}"] for half in ("tuned", "held out") if f"all/{half}" in figures]
    sys.exit(any(figure[name] < wanted for figure in halves for name, wanted in WANTED.items()))


async def _all(root: Path, sets: Sequence[str], *, bare: bool) -> list[Outcome]:
    folder = root.resolve()  # noqa: ASYNC240
    paths = [(each, path) for each in sets for path in sorted((folder / each).rglob("*.sqlite"))]
    return [await compare(path, group=each, bare=bare) for each, path in paths]


def _half(name: str) -> str:
    return "held out" if crc32(name.encode()) % 2 else "tuned"


def _figures(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    sums: dict[str, Counter[str]] = {}
    for each in outcomes:
        for group in (each.group, "all"):
            for half in (_half(each.name), "both"):
                sums.setdefault(f"{group}/{half}", Counter()).update(each.counts)
    return {name: _rates(counts) for name, counts in sums.items()}


def _rates(counts: Counter[str]) -> dict[str, float]:
    found = counts["right"] + counts["beside"]
    return {
        **counts,
        "precision": round(counts["right"] / found, 4) if found else 1.0,
        "recall": round(counts["right"] / counts["declared"], 4) if counts["declared"] else 1.0,
    }


def _lines(figures: dict[str, dict[str, float]]) -> list[str]:
    head = f"{'set':24}{'databases':>10}{'declared':>10}{'wrong':>7}{'found':>7}{'precision':>11}{'recall':>8}"
    return [
        head,
        *(
            f"{name:24}{each['databases']:>10}{each['declared']:>10}{each.get('wrong', 0):>7}"
            f"{each.get('right', 0) + each.get('beside', 0):>7}{each['precision']:>11.3f}{each['recall']:>8.3f}"
            for name, each in figures.items()
        ),
    ]


def _listed(outcomes: Sequence[Outcome]) -> list[str]:
    return [
        f"{kind:9}{_half(each.name):9}{each.group}/{each.name}: {text}"
        for kind in ("missed", "beside", "wrong")
        for each in outcomes
        for text in each.details[kind]
    ]


if __name__ == "__main__":
    main()
