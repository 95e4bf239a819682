"""How a statement may begin beside a query: forms of EXPLAIN, DESCRIBE and SHOW that reveal nothing and run nothing.

EXPLAIN passes where it only plans: with ANALYZE it runs the statement. DESCRIBE and SHOW COLUMNS pass for a table that
the guard then checks like any other; they are judged as `SELECT * FROM` that table. SHOW TABLES passes where it
lists no more than names. Every other form is not recognised here, and refused for its first word.
"""

import re
from dataclasses import dataclass
from typing import Literal

OpeningKind = Literal["query", "explain", "describe", "show"]

_OPTION = (
    r"(?:FORMAT\s+\w+|(?:VERBOSE|COSTS|SUMMARY)(?:\s+(?:TRUE|FALSE|ON|OFF))?|GENERIC_PLAN"
    r"|TYPE\s+(?:LOGICAL|DISTRIBUTED|VALIDATE|IO))"
)
_EXPLAIN = re.compile(
    r"\s*EXPLAIN\b(?:\s+(?:VERBOSE|EXTENDED|PARTITIONS|QUERY\s+PLAN|QUERY\s+TREE|PLAN|AST|SYNTAX|PIPELINE"
    r"|USING\s+(?:TEXT|JSON|TABULAR)|FORMAT\s*=\s*\w+)\b)*"
    rf"(?:\s*\(\s*{_OPTION}(?:\s*,\s*{_OPTION})*\s*\))?(?=[\s(])",
    re.IGNORECASE,
)
_DESCRIBED_QUERY = re.compile(r"\s*(?:DESCRIBE|DESC)\s+(?=SELECT\b|WITH\b|FROM\b)", re.IGNORECASE)
_PART = r"(?:\w+|\"[^\"]+\"|`[^`]+`|\[[^\]]+\])"
_NAME = rf"(?P<name>{_PART}(?:\.{_PART}){{0,2}})\s*;?\s*\Z"
_DESCRIBE = re.compile(rf"\s*(?:DESCRIBE|DESC)\s+(?:(?:TABLE|VIEW)\s+)?{_NAME}", re.IGNORECASE)
_SHOW_COLUMNS = re.compile(rf"\s*SHOW\s+(?:FULL\s+)?(?:COLUMNS|FIELDS)\s+(?:FROM|IN)\s+{_NAME}", re.IGNORECASE)
_SHOW_TABLES = re.compile(r"\s*SHOW\s+(?:FULL\s+)?TABLES\s*;?\s*\Z", re.IGNORECASE)

_SHOWS_ONLY_NAMES = frozenset({"mysql", "duckdb", "clickhouse", "trino"})
"""Elsewhere SHOW TABLES tells row counts, owners and comments too."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a statement asks; `length` characters belong to the opening, and `table` is what it describes."""

    kind: OpeningKind = "query"
    length: int = 0
    table: str = ""

    def stands_for(self, text: str) -> str:
        """The query that decides whether the statement may run; offsets stay those of `text` for an explained one."""
        if self.kind == "describe":
            return f"SELECT * FROM {self.table}"
        if self.kind == "show":
            return "SELECT 1"
        return " " * self.length + text[self.length :]


def opening(text: str, dialect: str) -> Opening:
    """How `text`, whose comments are blank, begins."""
    if found := _EXPLAIN.match(text) or _DESCRIBED_QUERY.match(text):
        return Opening("explain", found.end())
    if found := _DESCRIBE.match(text) or _SHOW_COLUMNS.match(text):
        return Opening("describe", found.start("name"), found["name"])
    if dialect in _SHOWS_ONLY_NAMES and _SHOW_TABLES.match(text):
        return Opening("show")
    return Opening()
