"""What PostgreSQL's planner expects of a statement, read from its plan without running it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from core.values import Cell, Estimate, Row

EXPLAIN = "EXPLAIN (VERBOSE, FORMAT JSON) "
SIZES = """
SELECT n.nspname, c.relname, c.reltuples::float8, CASE WHEN c.relpages = 0 THEN pg_relation_size(c.oid) ELSE 0 END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE (n.nspname, c.relname) IN (SELECT * FROM json_to_recordset($1::json) AS wanted (schema name, name name))
"""
"""Rows, and bytes where there are no statistics yet, of the relations that `wanted` lists."""
_HEADER_BYTES = 28
_WHOLE = frozenset({"Seq Scan", "Parallel Seq Scan", "Sample Scan"})

Node = Mapping[str, Any]
Sizes = Mapping[tuple[str, str], float]


class _Read(NamedTuple):
    """One step of a plan, which share of it is needed, and how many processes do it together."""

    node: Node
    share: float
    together: float = 1.0


def plan_of(rows: Sequence[Row]) -> Node:
    """The plan in what EXPLAIN returned."""
    cell: Any = rows[0][0]
    document = json.loads(cell) if isinstance(cell, str) else cell
    plan: Node = document[0]["Plan"]
    return plan


def wanted(plan: Node) -> str:
    """The relations that are read as a whole, as SIZES takes them."""
    names = {(each.node.get("Schema", ""), each.node["Relation Name"]) for each in _reads(plan) if _is_whole(each.node)}
    return json.dumps([{"schema": schema, "name": name} for schema, name in sorted(names)])


def sizes_of(rows: Sequence[Row], plan: Node) -> Sizes:
    """Rows of relations, guessed from bytes and the width of a row where nothing was measured yet."""
    widths = {
        (each.node.get("Schema", ""), each.node["Relation Name"]): float(each.node.get("Plan Width", 0)) + _HEADER_BYTES
        for each in _reads(plan)
        if _is_whole(each.node)
    }
    found: dict[tuple[str, str], float] = {}
    for schema, name, measured, size in rows:
        key = str(schema), str(name)
        found[key] = max(_number(measured), _number(size) / widths.get(key, _HEADER_BYTES))
    return found


def estimate(plan: Node, sizes: Sizes) -> Estimate:
    """All rows that the scans read, or the rows of the largest step where joins make more of them."""
    read = largest = size = 0.0
    for node, share, together in _reads(plan):
        made = float(node.get("Plan Rows", 0)) * share * together
        largest = max(largest, made)
        if "Relation Name" in node:
            rows = made
            if _is_whole(node):
                rows = max(made, sizes.get((node.get("Schema", ""), node["Relation Name"]), 0.0) * share)
            read += rows
            size += rows * (float(node.get("Plan Width", 0)) + _HEADER_BYTES)
    return Estimate(rows=round(max(read, largest)), bytes=round(size), cost=float(plan.get("Total Cost", 0)))


def _reads(plan: Node) -> Iterator[_Read]:
    """Every step with the share of it that a LIMIT above lets happen; a step that must see all first ends that."""
    stack = [_Read(plan, 1.0)]
    while stack:
        each = stack.pop()
        yield each
        together = each.together * _processes(float(each.node.get("Workers Planned", 0)))
        stack.extend(_Read(child, _share(each, child), together) for child in each.node.get("Plans", ()))


def _processes(workers: float) -> float:
    """By how many processes the planner divides rows: the leader gives what is left of its time."""
    return workers + max(0.0, 1 - 0.3 * workers) if workers else 1.0


def _share(parent: _Read, child: Node) -> float:
    node, startup, total = parent.node, float(child["Startup Cost"]), float(child["Total Cost"])
    if node["Node Type"] == "Limit" and total > startup:
        return parent.share * min(1.0, (float(node["Total Cost"]) - startup) / (total - startup))
    # What can only begin when the step below has ended needs all of that.
    return 1.0 if float(node["Startup Cost"]) >= total else parent.share


def _is_whole(node: Node) -> bool:
    return node["Node Type"] in _WHOLE and "Relation Name" in node


def _number(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float | str) else 0.0
