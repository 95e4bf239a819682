"""`datachat sql check` without its terminal: lines of JSON in, lines of JSON out, nothing run."""

import json
from collections.abc import Iterable, Iterator

from pydantic import JsonValue

from core.access import Access
from core.catalog import Catalog
from core.errors import UserError
from sql.guard import guard


def check(
    lines: Iterable[str], *, dialect: str, catalog: Catalog, policy: Access | None = None
) -> Iterator[dict[str, JsonValue]]:
    """One verdict per line `{"id", "sql"}`, in order; raises UserError with the number of a line that is not one."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        identity, sql = _case(line, number)
        verdict = guard(sql, dialect=dialect, catalog=catalog, policy=policy)
        yield {
            "id": identity,
            "verdict": "accept" if verdict.ok else "reject",
            "rules": list(dict.fromkeys(each.rule for each in verdict.violations)),
            "violations": [each.model_dump() for each in verdict.violations],
            "sql": verdict.sql if verdict.ok else None,
            "tables": list(verdict.tables),
            "masked": list(verdict.masked),
            "filtered": list(verdict.filtered),
        }


def _case(line: str, number: int) -> tuple[JsonValue, str]:
    try:
        case: JsonValue = json.loads(line)
    except ValueError as error:
        raise UserError(
            f"Line {number} of the input is not JSON: {error}", hint='Write {"id": 1, "sql": "..."}.'
        ) from error
    sql = case.get("sql") if isinstance(case, dict) else None
    if not isinstance(case, dict) or not isinstance(sql, str):
        raise UserError(f"Line {number} of the input has no text `sql`.", hint='Write {"id": 1, "sql": "..."}.')
    return case.get("id"), sql
