"""What DuckDB's optimizer expects of a statement, read from its plan without running it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any

from core.values import Cell, Estimate, Result, Row

EXPLAIN = "EXPLAIN (FORMAT json) "
SIZES = "SELECT schema_name, table_name, estimated_size FROM duckdb_tables() WHERE NOT internal"
_LIMITS = frozenset({"LIMIT", "STREAMING_LIMIT"})

Node = Mapping[str, Any]


def estimate(plan: Result, sizes: Sequence[Row]) -> Estimate | None:
    """All rows of the tables that are scanned, or the rows of the largest step where joins make more of them."""
    rows_of = {(str(schema), str(name)): _whole(size) for schema, name, size in sizes}
    steps = [step for row in plan.rows for step in _steps(json.loads(str(row[-1])))]
    if not steps:
        return None
    largest = max(_cardinality(step) for step in steps)
    read = sum(_read(step, rows_of) for step in steps)
    return Estimate(rows=max(read, largest))


def _steps(document: list[Node] | Node) -> Iterator[Node]:
    """Every step, but those whose first rows alone are streamed up to a limit."""
    stack = [*document] if isinstance(document, list) else [document]
    while stack:
        node = stack.pop()
        yield node
        children = node.get("children", ())
        stack.extend(_behind_projections(children) if _name(node) in _LIMITS else children)


def _behind_projections(children: Sequence[Node]) -> Sequence[Node]:
    while len(children) == 1 and _name(children[0]) == "PROJECTION":
        children = children[0].get("children", ())
    return [each for each in children if "SCAN" not in _name(each) or "Filters" in _extra(each)]


def _read(step: Node, rows_of: Mapping[tuple[str, str], int]) -> int:
    """What a scan reads, whatever of it passes its filter."""
    table = str(_extra(step).get("Table", ""))
    *_, schema, name = ["", "main", *table.split(".")]
    return max(_cardinality(step), rows_of.get((schema, name), 0)) if "SCAN" in _name(step) else 0


def _cardinality(step: Node) -> int:
    if _name(step) == "CROSS_PRODUCT":
        return prod(_cardinality(each) for each in step.get("children", ()))
    return _whole(str(_extra(step).get("Estimated Cardinality", "0")).lstrip("~"))


def _name(step: Node) -> str:
    return str(step.get("name", "")).strip()


def _extra(step: Node) -> Node:
    extra: Node = step.get("extra_info") or {}
    return extra


def _whole(cell: Cell) -> int:
    return int(cell) if isinstance(cell, int | float) or (isinstance(cell, str) and cell.isdecimal()) else 0
