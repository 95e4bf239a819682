"""What fences a statement of ClickHouse in. Both doors share it: HTTP servers and embedded chDB.

`readonly=1` forbids to write, to change a setting and to use table functions that reach out (file, url, remote, s3).
It does not stop KILL QUERY, so nothing may begin like that. The functions `file()` and `merge()` are left to the guard.
A login whose profile says `readonly=2` keeps that, because it may not change it: then url() is left to the guard, too.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence

from pydantic import JsonValue

from core.errors import StatementError
from core.values import Limits

PLACEHOLDER = "{{p{n}:String}}"
"""A parameter, to be filled with its number; `bound` gives it the type of its value."""
_MEMORY = 4_000_000_000
# Comments may nest in ClickHouse; one that does is not skipped, so that nothing hides behind it.
_QUERY = re.compile(
    r"(?:\s|/\*(?:(?!/\*)[\s\S])*?\*/|(?:--|\#!|\#\s)[^\n]*(?:\n|$)|\()*(?:select|with|from|show|explain|describe|desc)\b",
    re.IGNORECASE,
)


def refuse_all_but_queries(sql: str) -> None:
    """Raise StatementError for what does not begin as a query does."""
    if not _QUERY.match(sql):
        raise StatementError("The statement is not a query", hint="Write a SELECT")


def settings(limits: Limits, *, tightest: Callable[[str, int], int]) -> dict[str, str]:
    """The settings of one statement; `tightest` compares a limit with the one that the server already has.

    There is none for bytes: where a result breaks off by size, ClickHouse does not say so. The client counts them.
    """
    return {
        # One spare second: the client's own deadline speaks first, and this one holds when the client is gone.
        "max_execution_time": str(tightest("max_execution_time", max(1, round(limits.seconds)) + 1)),
        "timeout_overflow_mode": "throw",
        "max_memory_usage": str(tightest("max_memory_usage", _MEMORY)),
        # One row more than may be shown tells that there are more.
        "max_result_rows": str(limits.rows + 1),
        "result_overflow_mode": "break",
        "allow_ddl": "0",
        "allow_introspection_functions": "0",
        "cancel_http_readonly_queries_on_client_close": "1",
        "readonly": "1",
    }


def bound(sql: str, parameters: Sequence[JsonValue]) -> tuple[str, Mapping[str, JsonValue]]:
    """The statement with its placeholders typed after their values, and the values by name."""
    values: dict[str, JsonValue] = {}
    for n, value in enumerate(parameters, start=1):
        sql = sql.replace(PLACEHOLDER.format(n=n), f"{{p{n}:{_type(value)}}}")
        values[f"p{n}"] = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
    return sql, values


def _type(value: JsonValue) -> str:
    if value is None:
        return "Nullable(String)"
    if isinstance(value, bool):
        return "Bool"
    if isinstance(value, int):
        return "Int64" if -(2**63) <= value < 2**63 else "Int256"
    return "Float64" if isinstance(value, float) else "String"
