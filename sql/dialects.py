"""The dialects that the gate knows, and how each compares names."""

from typing import Literal

from core.errors import UserError

DIALECTS = (
    "postgres",
    "clickhouse",
    "mysql",
    "duckdb",
    "sqlite",
    "bigquery",
    "snowflake",
    "trino",
    "redshift",
    "tsql",
)

_ALIASES = {
    "athena": "trino",
    "presto": "trino",
    "mariadb": "mysql",
    "postgresql": "postgres",
    "chdb": "clickhouse",
    "mssql": "tsql",
}

Case = Literal["lower", "upper", "exact", "ignored"]
"""What becomes of a bare name: folded to lower or upper, kept, or (quoted ones too) compared without regard to case."""

_TABLE_CASE: dict[str, Case] = {
    "postgres": "lower",
    "snowflake": "upper",
    "mysql": "exact",
    "clickhouse": "exact",
    "bigquery": "exact",
}
_ALIAS_CASE: dict[str, Case] = {**_TABLE_CASE, "bigquery": "ignored"}
_COLUMN_CASE: dict[str, Case] = {**_TABLE_CASE, "mysql": "ignored", "bigquery": "ignored"}


def known_dialect(name: str) -> str:
    """The dialect that `name` stands for; raises UserError when there is none."""
    dialect = _ALIASES.get(name.lower(), name.lower())
    if dialect not in DIALECTS:
        raise UserError(f"The dialect {name!r} is not known.", hint=f"Known are {', '.join(DIALECTS)}.")
    return dialect


def table_key(name: str, *, quoted: bool, dialect: str) -> str:
    """The form in which two names of stored tables or schemas are equal exactly when the engine says so."""
    return _folded(name, quoted=quoted, case=_TABLE_CASE.get(dialect, "ignored"))


def alias_key(name: str, *, quoted: bool, dialect: str) -> str:
    """The same for names that a statement gives: aliases and common table expressions."""
    return _folded(name, quoted=quoted, case=_ALIAS_CASE.get(dialect, "ignored"))


def column_key(name: str, *, quoted: bool, dialect: str) -> str:
    """The same for columns."""
    return _folded(name, quoted=quoted, case=_COLUMN_CASE.get(dialect, "ignored"))


def _folded(name: str, *, quoted: bool, case: Case) -> str:
    if case == "exact":
        return name
    if case == "ignored":
        return name.lower()
    if quoted:
        return name
    return name.lower() if case == "lower" else name.upper()
