"""Whose rows a measure is calculated over, and whether a SELECT shows each of them once."""

from collections.abc import Iterable

from apex.compile.refusal import RefusalError
from apex.compile.target import Target
from apex.compile.walk import columns_in
from core.catalog import TableName
from core.values.plans import Measure, Plan


def home_of(measure: Measure, plan: Plan, target: Target) -> TableName:
    """The table whose rows a measure is over: of several, the one that has one row of each other."""
    named = {column.table for column in columns_in(measure.of)} or {measure.table or plan.table}
    tables = [_table(name, target) for name in sorted(named)]
    for each in tables:
        if all(reaches_one(each, other, target) for other in tables):
            return each
    raise RefusalError(
        "fan_out",
        f"{' and '.join(map(str, tables))} have several rows of each other, so they cannot be calculated together.",
    )


def reaches_one(start: TableName, end: TableName, target: Target) -> bool:
    """Whether a row of one table has at most one row of the other."""
    return any(not path.multiplies for path in target.model.paths(start, end))


def facts_of(measures: Iterable[Measure], plan: Plan, target: Target) -> dict[TableName, list[Measure]]:
    """The measures by whose rows they are over. One that repeated rows do not change may go with another's rows."""
    homes: dict[TableName, list[Measure]] = {}
    proof: list[tuple[TableName, Measure]] = []
    for measure in measures:
        home = home_of(measure, plan, target)
        if is_proof(measure) and measure.time is None:
            proof.append((home, measure))
        else:
            homes.setdefault(home, []).append(measure)
    for home, measure in proof:
        base = home if home in homes else next((each for each in homes if reaches_one(each, home, target)), home)
        homes.setdefault(base, []).append(measure)
    return homes


def is_proof(measure: Measure) -> bool:
    """Whether meeting a row again does not change it."""
    return measure.aggregate in ("min", "max") or measure.distinct


def _table(name: str, target: Target) -> TableName:
    table = target.model.table(name)
    if table is None:
        raise RefusalError("unknown", f"There is no table {name}.")
    return table.full_name
