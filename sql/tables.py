"""Finding the table that a name stands for, as the engine would."""

from collections.abc import Iterable, Sequence

from sqlglot import exp

from core.catalog import Catalog, Table
from sql.dialects import table_key

_CLOSE_ENOUGH = 65


def find_table(parts: Sequence[exp.Identifier], catalog: Catalog, dialect: str) -> Table | None:
    """The one table that `parts` (`[[database,] schema,] name`) name; None when there is none."""
    keys = [table_key(part.name, quoted=bool(part.args.get("quoted")), dialect=dialect) for part in parts]
    candidates = [
        table
        for table in catalog.by_folded_name.get(parts[-1].name.lower(), ())
        if _stored_key(table.name, dialect) == keys[-1]
    ]
    database = _stored_key(catalog.extra.get("database", ""), dialect)
    match keys[:-1]:
        case []:
            return _on_path(candidates, catalog.search_path)
        case [schema]:
            found = _in_schema(candidates, schema, dialect)
            return found or (_on_path(candidates, catalog.search_path) if schema == database else None)
        case [first, schema] if first == database:
            return _in_schema(candidates, schema, dialect)
        case _:
            return None


def similar_names(name: str, names: Iterable[str], *, limit: int = 3) -> list[str]:
    """The names that somebody may have meant by `name`, best first."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        name, list(names), scorer=fuzz.WRatio, processor=str.lower, limit=limit, score_cutoff=_CLOSE_ENOUGH
    )
    return [each[0] for each in found]


def is_misspelt(name: str, names: Iterable[str]) -> bool:
    """Whether one letter more, less or exchanged makes `name` one of the names."""
    from rapidfuzz.distance import OSA

    return any(len(each) > 3 and OSA.distance(name.lower(), each.lower(), score_cutoff=1) <= 1 for each in names)


def _stored_key(name: str, dialect: str) -> str:
    return table_key(name, quoted=True, dialect=dialect)


def _on_path(candidates: Sequence[Table], search_path: Sequence[str]) -> Table | None:
    for schema in search_path:
        for table in candidates:
            if table.schema == schema:
                return table
    return None


def _in_schema(candidates: Sequence[Table], schema: str, dialect: str) -> Table | None:
    return next((table for table in candidates if _stored_key(table.schema, dialect) == schema), None)
