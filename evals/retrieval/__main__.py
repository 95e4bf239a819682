"""`python -m evals.retrieval [--root DIR] [--each N] [--json]`: all public databases in one catalog, then more."""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from core.catalog import Catalog, Column
from core.datapoint import DataPoint
from core.ports import Database
from core.profile import ColumnValues
from evals.benchmark.__main__ import lines
from evals.benchmark.timing import Figures, spread
from evals.retrieval.noise import noise
from evals.retrieval.nowhere import Nowhere
from evals.retrieval.public import Case, digest, read
from graph.knowing import Knowing
from knowledge.hybrid import HybridKnowledge
from knowledge.lexical import LexicalKnowledge
from store.embedded import start
from store.system import System

ROOT = Path("../shared/evals/dev")
MANY, FIRST, IN_PARALLEL, FACTS = 5_000, 10, 4, 10_000


def main() -> None:
    """Measure, print, and fail where there is nothing to measure on."""
    parser = argparse.ArgumentParser(prog="python -m evals.retrieval", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder of sets and databases")
    parser.add_argument("--each", type=int, default=20, help="questions of each database at most; 0 for all")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args()
    if not (chosen.root / "sets").is_dir():
        sys.exit(f"{chosen.root} holds no sets of questions; name their folder with --root")
    figures = asyncio.run(measured(chosen.root, each=chosen.each))
    print(json.dumps(figures) if chosen.json else "\n".join(lines(figures)))


async def measured(root: Path, *, each: int) -> Figures:
    """Every figure: among the public tables, among many more, and with a DataPoint index."""
    public = await read(root)
    cases, merged, values = list(some(public.cases, each)), public.merged(), public.merged_values()
    many = replace(merged, tables=(*merged.tables, *noise(MANY - len(merged.tables))))
    home = Path(tempfile.mkdtemp(prefix="datachat-retrieval-"))
    embedded = await start(home)
    system = await System.open(embedded.url, home)
    try:
        found: Figures = {"databases": len(public.catalogs), "questions": len(cases)}
        for catalog in (merged, many):
            found[f"{len(catalog.tables)}_tables"] = await _among(system, catalog, values, cases)
        found[f"{FACTS}_datapoints"] = await _facts(system)
        return found
    finally:
        await system.close()
        await embedded.leave()
        await asyncio.to_thread(shutil.rmtree, home, ignore_errors=True)


def some(cases: Sequence[Case], each: int) -> Iterator[Case]:
    """At most so many questions of each database, so that no large one decides; always the same."""
    taken: Counter[str] = Counter()
    for case in sorted(cases, key=lambda case: digest(case.question)):
        taken[case.database] += 1
        if not each or taken[case.database] <= each:
            yield case


async def _among(system: System, catalog: Catalog, values: Sequence[ColumnValues], cases: Sequence[Case]) -> Figures:
    """How a catalog is indexed, and what is found in it: by names alone, with values, and with everything."""
    key, knowing = f"eval-{len(catalog.tables)}", Knowing(system, profiles_on_open=False)
    found: Figures = {"names": await _found(HybridKnowledge(catalog=catalog, tables=LexicalKnowledge(catalog)), cases)}
    started = perf_counter()
    for each in values:
        await knowing.keep_values(key, each)
    found["values_s"] = round(perf_counter() - started, 2)
    database = await knowing.database("eval", key, Nowhere(), catalog)
    assert isinstance(database.knowledge, HybridKnowledge)
    found["names_and_values"] = await _found(database.knowledge, cases)
    found |= await _indexed(knowing, database, key)
    found["everything"] = await _found(database.knowledge, cases)
    found["everything_in_parallel"] = await _found(database.knowledge, cases, tasks=IN_PARALLEL)
    return found


async def _indexed(knowing: Knowing, database: Database, key: str) -> Figures:
    """Seconds for the whole index, and after a change of one table."""
    started = perf_counter()
    await knowing.index(database, key)
    found: Figures = {"index_s": round(perf_counter() - started, 2)}
    first, *rest = database.catalog.tables
    changed = replace(first, columns=(*first.columns, Column("added_later", "text")))
    later = replace(database, catalog=replace(database.catalog, tables=(changed, *rest)))
    started = perf_counter()
    await knowing.index(later, key)
    return found | {"index_after_a_change_s": round(perf_counter() - started, 2)}


async def _found(knowledge: HybridKnowledge, cases: Sequence[Case], *, tasks: int = 1) -> Figures:
    """The share of questions whose tables are all among the first ten, on both halves, and how long one takes."""
    await knowledge.ground("a first look")
    right: Counter[bool] = Counter()
    asked = Counter(case.held_out for case in cases)
    samples: list[float] = []
    waiting = iter(cases)

    async def work() -> None:
        for case in waiting:
            started = perf_counter()
            retrieved = await knowledge.ground(case.question, limit=FIRST)
            samples.append((perf_counter() - started) * 1000)
            tables = {tuple(each.table.lower().split(".", 1)) for each in retrieved.tables}
            right[case.held_out] += {(schema.lower(), name) for schema, name in case.tables} <= tables

    await asyncio.gather(*(work() for _ in range(tasks)))
    shares: Figures = {
        name: round(right[held_out] / max(1, asked[held_out]), 4)
        for name, held_out in (("tuned_on", False), ("held_out", True))
    }
    return shares | {"all": round(right.total() / asked.total(), 4)} | spread(samples)


async def _facts(system: System) -> Figures:
    """Seconds for an index of many DataPoints, and after a change of one."""
    facts = tuple(
        DataPoint(
            id=f"metric_{number}",
            kind="metric",
            name=f"{table.name} {table.columns[1].name}".replace("_", " "),
            definition=f"The sum of {table.columns[1].name} over all {table.name.replace('_', ' ')} of the month.",
            synonyms=[f"total {table.columns[2].name}"],
        )
        for number, table in enumerate(noise(FACTS, seed=11))
    )
    knowing, catalog = Knowing(system, profiles_on_open=False), Catalog("sqlite", (), ())
    knowledge = HybridKnowledge(catalog=catalog, tables=LexicalKnowledge(catalog), datapoints=facts)
    database = Database(name="facts", connector=Nowhere(), catalog=catalog, knowledge=knowledge, datapoints=facts)
    started = perf_counter()
    await knowing.index(database, "eval-facts")
    found: Figures = {"index_s": round(perf_counter() - started, 2)}
    changed = facts[0].model_copy(update={"definition": "Something else."})
    started = perf_counter()
    await knowing.index(replace(database, datapoints=(changed, *facts[1:])), "eval-facts")
    found["index_after_a_change_s"] = round(perf_counter() - started, 2)
    samples: list[float] = []
    await knowledge.ground("a first look")
    for each in facts[:: FACTS // 200]:
        started = perf_counter()
        await knowledge.ground(f"What is the {each.name} per region?")
        samples.append((perf_counter() - started) * 1000)
    return found | spread(samples)


if __name__ == "__main__":
    main()
