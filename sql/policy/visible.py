"""A catalog as one user may see it: what the policy hides is not there, nor anything that tells of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from core.access import Governed
from core.catalog import Catalog, Column, ForeignKey, Table, TableName

NOTE = "masked for you by policy"


def visible(catalog: Catalog, tables: Sequence[Table], governed: Mapping[TableName, Governed]) -> Catalog:
    """The catalog of `tables` alone, without keys to others and without statistics of what is limited.

    How views are defined is left out: it may name what is hidden, and compare with values of it.
    """
    names = {table.full_name for table in tables}
    masked = {name: each.masked for name, each in governed.items()}
    shown = tuple(_undefined(_seen(table, names, masked)) for table in tables)
    return replace(catalog, tables=shown, hidden=(), extra=_extra(catalog, shown, masked))


def _seen(table: Table, names: Collection[TableName], masked: Mapping[TableName, Collection[str]]) -> Table:
    hidden = masked.get(table.full_name)
    keys = tuple(_kept(table, names, masked))
    if hidden is None:
        return table if len(keys) == len(table.foreign_keys) else replace(table, foreign_keys=keys)
    # Two rows may look the same through a mask, so that a key over a masked column is none.
    return replace(
        table,
        columns=tuple(_noted(column) if column.name in hidden else column for column in table.columns),
        primary_key=() if _touches(table.primary_key, hidden) else table.primary_key,
        unique_keys=tuple(key for key in table.unique_keys if not _touches(key, hidden)),
        foreign_keys=keys,
        row_estimate=None,
        bytes=None,
    )


def _undefined(table: Table) -> Table:
    return replace(table, definition=None) if table.definition else table


def _kept(
    table: Table, names: Collection[TableName], masked: Mapping[TableName, Collection[str]]
) -> Iterable[ForeignKey]:
    """The keys by which rows can still be joined."""
    for key in table.foreign_keys:
        hidden = _touches(key.columns, masked.get(table.full_name, ()))
        if key.table in names and not hidden and not _touches(key.referenced_columns, masked.get(key.table, ())):
            yield key


def _touches(key: Iterable[str], masked: Collection[str]) -> bool:
    return any(column in masked for column in key)


def _noted(column: Column) -> Column:
    """A masked column; its default may be a value, and its comment may cite some."""
    return replace(column, nullable=True, default=None, comment=NOTE)


def _extra(catalog: Catalog, tables: Iterable[Table], masked: Mapping[TableName, Collection[str]]) -> Mapping[str, str]:
    """The labels of an enum are values: they stay where a column of that type is shown as it is."""
    enums = [key for key in catalog.extra if key.startswith("enum ")]
    if not enums:
        return catalog.extra
    types = {
        column.type.removesuffix("[]")
        for table in tables
        for column in table.columns
        if column.name not in masked.get(table.full_name, ())
    }
    return {key: text for key, text in catalog.extra.items() if key not in enums or key.removeprefix("enum ") in types}
