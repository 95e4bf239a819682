"""What a statement of SQLite reads, from its query plan: the tables that are scanned, and how loops nest them."""

import re
from collections import defaultdict
from collections.abc import Mapping

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from core.values import Estimate, Result
from sql.names import quote

EXPLAIN = "EXPLAIN QUERY PLAN "
_STEP = re.compile(r"(SCAN|SEARCH) (?:TABLE )?(.+?)(?: AS .+?)?(?: USING .+| VIRTUAL TABLE .+| LEFT-JOIN| EXISTS)*")
_FOUND = 10.0
"""Rows that a search in an index is taken to find."""


def tables_of(sql: str) -> Mapping[str, str]:
    """The tables of a statement, by the names that its plan calls them."""
    try:
        tree = parse_one(sql, dialect="sqlite")
    except SqlglotError:
        return {}
    return {each.alias_or_name: each.name for each in tree.find_all(exp.Table)}


def largest_row(table: str) -> str:
    """A statement that tells, in a moment, at most how many rows a table has."""
    return f"SELECT max(_rowid_) FROM {quote(table, 'sqlite')}"


def scanned(plan: Result, tables: Mapping[str, str]) -> list[str]:
    """The tables that are read from end to end."""
    steps = [_STEP.fullmatch(str(row[3])) for row in plan.rows]
    # A view's own tables stand in the plan, but not in the statement.
    return sorted({tables.get(step[2], step[2]) for step in steps if step and step[1] == "SCAN"})


def estimate(plan: Result, tables: Mapping[str, str], rows_of: Mapping[str, int]) -> Estimate:
    """All rows that are visited; steps below one parent are loops, each inside the one before."""
    outer: defaultdict[object, float] = defaultdict(lambda: 1.0)
    visited = 0.0
    for _, parent, _, text in plan.rows:
        step = _STEP.fullmatch(str(text))
        if step is None:
            continue
        rows = float(rows_of.get(tables.get(step[2], step[2]), 1)) if step[1] == "SCAN" else _FOUND
        outer[parent] *= max(rows, 1.0)
        visited += outer[parent]
    return Estimate(rows=round(visited))
