"""Earlier JSON forms (SchemaDataPoint, BusinessDataPoint, ProcessDataPoint) as DataPoints of today."""

import re
from collections.abc import Callable, Mapping
from typing import cast

from pydantic import JsonValue, ValidationError

from core.errors import UserError
from datapoints.fact import Fact
from datapoints.findings import did_you_mean
from datapoints.kinds import datapoint_of

Body = dict[str, JsonValue]

_CALLED: Mapping[str, Mapping[str, str]] = {
    "": {"datapoint_id": "id", "connection_id": "database", "description": "definition"},
    "table": {
        "table_name": "table",
        "business_purpose": "purpose",
        "key_columns": "columns",
        "relationships": "joins",
        "data_freshness": "freshness",
    },
    "metric": {"calculation": "calculation", "related_tables": "data_sources", "business_rules": "exclusions"},
    "process": {
        "data_freshness": "freshness",
        "target_tables": "targets",
        "source_tables": "sources",
        "related_tools": "tags",
    },
}
"""What a field was called, and is called now; all others kept their names."""

_KINDS = {"schema": "table", "business": "metric", "process": "process"}


def converted(old: Body) -> Fact:
    """The DataPoint that an old one says; raises UserError that names what cannot be taken over."""
    kind = _kind(old)
    names = {**_CALLED[""], **_CALLED[kind]}
    body: Body = {"kind": kind}
    for key, value in old.items():
        if key not in ("type", "kind", "metadata") and value is not None:
            body[names.get(key, key)] = value
    body.setdefault("id", _slug(str(old.get("name", ""))))
    _REWORK[kind](body)
    try:
        return datapoint_of(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(each) for each in first["loc"])
        hint = did_you_mean(key, names) if first["type"] == "extra_forbidden" else ""
        raise UserError(f"`{key}`: {first['msg']}", hint=hint, code="wrong_value") from None


def _kind(old: Body) -> str:
    said = str(old.get("type", old.get("kind", ""))).lower().removesuffix("datapoint")
    if said in _KINDS:
        return _KINDS[said]
    if "table_name" in old:
        return "table"
    if "calculation" in old:
        return "metric"
    if "schedule" in old:
        return "process"
    raise UserError("This is no Schema, Business or Process DataPoint.", hint="Its `type` says which it is.")


def _slug(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.\-]+", "_", name).strip("_.-").lower()


def _table(body: Body) -> None:
    schema = body.pop("schema", body.pop("schema_name", None))
    if schema and "." not in str(body.get("table", "")):
        body["table"] = f"{schema}.{body.get('table')}"
    body["columns"] = [_column(each) for each in _mappings(body.get("columns"))]
    body["joins"] = [_join(each) for each in _mappings(body.get("joins"))]
    body["common_queries"] = [each for each in _listed(body.get("common_queries")) if isinstance(each, str)]


def _column(old: Body) -> Body:
    names = {"column_name": "name", "business_meaning": "meaning", "data_type": "type"}
    kept: Body = {names.get(key, key): value for key, value in old.items() if value is not None}
    for key in ("nullable", "default_value", "is_primary_key", "is_foreign_key"):
        # The database itself says these, and better.
        kept.pop(key, None)
    return kept


def _join(old: Body) -> Body:
    names = {"target_table": "table", "join_column": "columns", "target_column": "referenced_columns"}
    return {names.get(key, key): value for key, value in old.items() if value is not None}


def _metric(body: Body) -> None:
    sources = [{"table": each} if isinstance(each, str) else each for each in _listed(body.get("data_sources"))]
    body["data_sources"] = cast(list[JsonValue], sources)
    calculation = str(body.pop("calculation", "") or "").strip()
    tables = [str(cast(Body, each)["table"]) for each in sources]
    if calculation.upper().startswith(("SELECT", "WITH")):
        body["execution"] = {"sql_template": calculation}
    elif calculation and len(tables) == 1:
        body["execution"] = {"sql_template": f"SELECT {calculation} AS value FROM {tables[0]}"}
    elif calculation:
        body["definition"] = f"{body.get('definition', '')}\nCalculation: {calculation}".strip()


def _process(body: Body) -> None:
    dependencies = [each for each in _listed(body.pop("dependencies", None)) if isinstance(each, str)]
    if dependencies:
        body["relationships"] = {"depends_on": [{"id": _slug(each)} for each in dependencies]}


_REWORK: Mapping[str, Callable[[Body], None]] = {"table": _table, "metric": _metric, "process": _process}


def _listed(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _mappings(value: JsonValue) -> list[Body]:
    return [each for each in _listed(value) if isinstance(each, dict)]
