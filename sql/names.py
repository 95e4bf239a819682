"""Names as SQL text: which need quotes, and how each dialect writes them."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from core.catalog import TableName

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")

_BRACKETED = frozenset({"tsql"})
_BACKTICKED = frozenset({"mysql", "clickhouse", "bigquery"})
_READS_BACKSLASHES = frozenset({"clickhouse", "bigquery"})
"""Here a quoted name is read like a string, so that a backslash starts an escape."""

_FOLDS_TO_LOWER = frozenset({"postgres", "redshift"})
_FOLDS_TO_UPPER = frozenset({"snowflake"})


@lru_cache(maxsize=20_000)
def quote(name: str, dialect: str) -> str:
    """`name` exactly as stored, written so that it names the same thing in `dialect`; bare where that is certain."""
    return name if _may_stay_bare(name, dialect) else _quoted(name, dialect)


def qualified(table: TableName, dialect: str) -> str:
    """Schema and table name together, each quoted where it must be."""
    return f"{quote(table.schema, dialect)}.{quote(table.name, dialect)}"


def folded(name: str, dialect: str) -> str:
    """What a bare `name` is stored as in a dialect that folds names; the name itself in the others."""
    if dialect in _FOLDS_TO_LOWER:
        return name.lower()
    if dialect in _FOLDS_TO_UPPER:
        return name.upper()
    return name


def _may_stay_bare(name: str, dialect: str) -> bool:
    return bool(_PLAIN.match(name)) and folded(name, dialect) == name and name.lower() not in reserved_words(dialect)


def _quoted(name: str, dialect: str) -> str:
    if dialect in _BRACKETED:
        return f"[{name.replace(']', ']]')}]"
    if dialect in _READS_BACKSLASHES:
        return "`" + name.replace("\\", "\\\\").replace("`", "\\`").replace("\n", "\\n") + "`"
    if dialect in _BACKTICKED:
        return f"`{name.replace('`', '``')}`"
    return '"' + name.replace('"', '""') + '"'


@cache
def reserved_words(dialect: str) -> frozenset[str]:
    """Every word, in lower case, that `dialect` may not take as a bare name."""
    lines = files("sql").joinpath("reserved.txt").read_text(encoding="utf8").splitlines()
    entries = [line.split() for line in lines if not line.startswith("#")]
    return frozenset(word for word, *only in entries if not only or dialect in only)
