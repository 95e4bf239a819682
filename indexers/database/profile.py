"""Measures the tables of a database one by one, smallest first, and can be interrupted after each."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from core.catalog import Catalog, Table, TableName
from core.errors import LimitError, StatementError
from core.ports import Connector
from core.profile import Profile, TableProfile
from indexers.database.budget import Budget
from indexers.database.gate import Gate
from indexers.database.measure import measure
from indexers.database.statements import aggregates, whole

_UNKNOWN_SIZE = 10**6


@dataclass(frozen=True)
class Unmeasured:
    """A table that could not be measured, and why."""

    table: TableName
    reason: str


@dataclass(frozen=True)
class Progress:
    """How far a profile is: `done` of `total` tables, and the table that is measured now."""

    done: int
    total: int
    table: TableName


async def profile(
    connector: Connector,
    catalog: Catalog,
    *,
    budget: Budget | None = None,
    known: Profile | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> AsyncGenerator[TableProfile | Unmeasured]:
    """Measure every table that `known` does not describe as it is now, and yield each as soon as it is measured.

    What was yielded may be kept, whatever comes after: an UpstreamError when the database is gone, a cancellation. A
    table whose shape is the same is measured again only when its number of rows has changed.
    """
    gate = Gate.open(connector, catalog, budget or Budget())
    tables = _order(catalog, known or Profile())
    for done, table in enumerate(tables):
        if gate.is_over:
            for left in tables[done:]:
                yield Unmeasured(left.full_name, "the time for this profile is up")
            return
        if on_progress:
            on_progress(Progress(done, len(tables), table.full_name))
        try:
            if await _is_unchanged(gate, table, known):
                continue
            yield await measure(gate, table)
        except (LimitError, StatementError) as error:
            yield Unmeasured(table.full_name, error.message)


async def quick_profile(
    connector: Connector, catalog: Catalog, *, seconds: float, known: Profile | None = None
) -> Profile:
    """What can be measured within so many seconds, smallest tables first, added to what is known."""
    budget = Budget(seconds=seconds, table_seconds=max(0.5, seconds / 4), medium_sample=400, large_sample=400)
    known = known or Profile()
    measured = dict(known.tables)
    async with aclosing(profile(connector, catalog, budget=budget, known=known)) as found:
        async for each in found:
            if isinstance(each, TableProfile):
                measured[each.table] = each
    return Profile(measured, known.relations)


def _order(catalog: Catalog, known: Profile) -> Sequence[Table]:
    """Missing tables before known ones, tables before views, small ones before large ones."""

    def cost(table: Table) -> tuple[bool, bool, int]:
        size = table.row_estimate if table.row_estimate is not None else _UNKNOWN_SIZE
        return table.full_name in known.tables, table.kind == "view", size

    return sorted((table for table in catalog.tables if table.columns), key=cost)


async def _is_unchanged(gate: Gate, table: Table, known: Profile | None) -> bool:
    before = known.tables.get(table.full_name) if known else None
    if before is None or before.fingerprint != table.fingerprint():
        return False
    wanted = gate.budget.sample_of(before.rows)
    if before.sampled is not None and (wanted is None or 2 * before.sampled < wanted):
        # It was measured in a hurry.
        return False
    if not before.exact:
        return table.row_estimate == before.rows
    [[rows]] = await gate.rows(aggregates(["COUNT(*)"], whole(table, gate.dialect)))
    return int(str(rows)) == before.rows
