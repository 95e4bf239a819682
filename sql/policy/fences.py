"""The derived table that stands for a governed table, with a fence between the hidden rows and the statement.

Planners move conditions into derived tables. A condition that fails on some value (a division, a cast) would then see
rows before the row filter has left them out, and its error would tell of them. A limit, even one that limits nothing,
is what planners may not move conditions past; the fence is written only where rows are filtered.
"""

from collections.abc import Mapping, Sequence

_LARGEST = 9223372036854775807

_FENCES: Mapping[str, str] = {
    "postgres": "OFFSET 0",
    "redshift": "OFFSET 0",
    "sqlite": "LIMIT -1 OFFSET 0",
    "tsql": "ORDER BY (SELECT 0) OFFSET 0 ROWS",
}


def derived(columns: Sequence[str], table: str, *, rows: str, dialect: str) -> str:
    """`(SELECT columns FROM table WHERE rows fence)`; without `rows` every row is there."""
    query = f"SELECT {', '.join(columns)} FROM {table}"
    if not rows:
        return f"({query})"
    return f"({query} WHERE {rows} {_FENCES.get(dialect, f'LIMIT {_LARGEST}')})"
