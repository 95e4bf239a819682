"""Attributes of a user as literals of SQL."""

from math import isfinite

from pydantic import JsonValue

MAX_VALUES = 1_000


def literals(value: JsonValue, *, several: bool, dialect: str) -> str | None:
    """The value as a literal, a list as literals with commas between; None where it cannot be written with certainty.

    An empty list becomes NULL, which is in no list and not outside of any.
    """
    if not isinstance(value, list):
        return _literal(value, dialect)
    if not several or len(value) > MAX_VALUES:
        return None
    written = [_literal(each, dialect) for each in value]
    return ", ".join(each for each in written if each) or "NULL" if None not in written else None


def _literal(value: JsonValue, dialect: str) -> str | None:
    from sqlglot import exp

    match value:
        case bool():
            return exp.Boolean(this=value).sql(dialect)
        case int():
            return f"({value})" if value < 0 else str(value)
        case float() if isfinite(value):
            return f"({value!r})" if value < 0 else repr(value)
        case str() if value.isprintable() and "\\" not in value:
            # What a backslash means depends on settings of the server; a literal must not.
            return exp.Literal.string(value).sql(dialect)
        case _:
            return None
