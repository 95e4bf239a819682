"""`python -m evals.retrieval [--root DIR] [--each N] [--json]`: all public databases in one catalog, then more."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from core.catalog import Catalog, Column
from core.datapoint import DataPoint
from core.ports import Database
from core.profile import ColumnValues
from core.values import FoundValue
from evals.benchmark.timing import Figures, spread
from evals.public_questions import command, scratch_system
from evals.retrieval.noise import noise
from evals.retrieval.nowhere import Nowhere
from evals.retrieval.public import Case, digest, read
from graph.knowing import Knowing
from knowledge.hybrid import HybridKnowledge
from knowledge.lexical import LexicalKnowledge
from store.system import System

MANY, FIRST, IN_PARALLEL, FACTS = 5_000, 10, 4, 10_000
EACH = ("--each", 20, "questions of each database at most; 0 for all")


async def measured(root: Path, each: int) -> Figures:
    """Every figure: among the public tables, among many more, and with a DataPoint index."""
    public = await read(root)
    cases, merged, values = list(some(public.cases, each)), public.merged(), public.merged_values()
    many = replace(merged, tables=(*merged.tables, *noise(MANY - len(merged.tables))))
    async with scratch_system() as system:
        found: Figures = {"databases": len(public.catalogs), "questions": len(cases)}
        for catalog in (merged, many):
            found[f"{len(catalog.tables)}_tables"] = await _among(system, catalog, values, cases)
        found[f"{FACTS}_datapoints"] = await _facts(system)
        return found


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
    """The share of questions whose tables are all among the first ten, on both halves, and how long one takes.

    Missed ones are undecidable where ten other databases explain as much of the question as its own.
    """
    await knowledge.ground("a first look")
    right: Counter[bool] = Counter()
    asked = Counter(case.held_out for case in cases)
    missed: list[tuple[Case, Sequence[FoundValue]]] = []
    samples: list[float] = []
    waiting = iter(cases)

    async def work() -> None:
        for case in waiting:
            started = perf_counter()
            retrieved = await knowledge.ground(case.question, limit=FIRST)
            samples.append((perf_counter() - started) * 1000)
            tables = {tuple(each.table.lower().split(".", 1)) for each in retrieved.tables}
            found = {(schema.lower(), name) for schema, name in case.tables} <= tables
            right[case.held_out] += found
            if not found:
                missed.append((case, retrieved.values))

    await asyncio.gather(*(work() for _ in range(tasks)))
    shares: Figures = {
        name: round(right[held_out] / max(1, asked[held_out]), 4)
        for name, held_out in (("tuned_on", False), ("held_out", True))
    }
    undecidable = sum(_alike(knowledge.tables, case, values) >= FIRST for case, values in missed)
    shares |= {"all": round(right.total() / asked.total(), 4), "undecidable": round(undecidable / asked.total(), 4)}
    return shares | spread(samples)


def _alike(tables: LexicalKnowledge, case: Case, values: Sequence[FoundValue]) -> int:
    """How many other databases explain as much of a question as the one that it was asked of."""
    shares = tables.likeness(case.question, values=values)
    own = shares.get(case.database, 0.0)
    return sum(share >= own for name, share in shares.items() if name != case.database)


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
    command("python -m evals.retrieval", __doc__, option=EACH, measured=measured)
