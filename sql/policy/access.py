"""What the policy leaves one user of one database: the tables that exist for them, and how each is read."""

from collections.abc import Iterable, Mapping, Sequence

from pydantic import JsonValue

from core.access import Access, Governed
from core.catalog import Column, Table, TableName
from core.values import User
from sql.names import qualified, quote
from sql.policy.bind import Bound, Grant, Mask, stricter
from sql.policy.expression import SOURCE, Template
from sql.policy.fences import derived
from sql.policy.masks import NAMED, masked
from sql.policy.visible import visible


def access_of(bound: Bound, user: User) -> Access:
    """Several roles show the rows that any of them shows, and mask the columns that any of them masks."""
    roles = [bound.grants[role] for role in bound.policy.roles_of(user)]
    attributes = bound.policy.attributes_of(user)
    shown: list[Table] = []
    governed: dict[TableName, Governed] = {}
    for table in bound.catalog.tables:
        grants = [role[table.full_name] for role in roles if table.full_name in role]
        rows = _rows(grants, attributes)
        if rows is None or "view" in table.kind:
            # A view reads other tables around their filters, and what it does is not known here.
            continue
        masks = _masks(grants, attributes, table)
        shown.append(table)
        if rows or masks:
            governed[table.full_name] = _governed(table, rows, masks, bound.catalog.dialect)
    return Access(catalog=visible(bound.catalog, shown, governed), governed=governed)


def _rows(grants: Sequence[Grant], attributes: Mapping[str, JsonValue]) -> str | None:
    """The condition of the rows that are shown, empty where all are; None where the table does not exist for the user.

    A filter that needs an attribute which the user does not have grants nothing.
    """
    if any(grant.blocked for grant in grants):
        return None
    filters: list[str] = []
    for grant in grants:
        conditions = [each.text(attributes) for each in grant.rows]
        if not conditions:
            return ""
        if None not in conditions:
            filters.append(" AND ".join(f"({each})" for each in dict.fromkeys(conditions)))
    if not filters:
        return None
    several = list(dict.fromkeys(filters))
    return several[0] if len(several) == 1 else " OR ".join(f"({each})" for each in several)


def _masks(grants: Iterable[Grant], attributes: Mapping[str, JsonValue], table: Table) -> Mapping[str, str]:
    """Every masked column, with what it shows: the name of a mask, or the text of an expression."""
    found: dict[str, Mask] = {}
    for grant in grants:
        for column, mask in grant.masks.items():
            found[column] = stricter(found.get(column), mask)
    return {column: _shown(column, mask, found, attributes) for column, mask in found.items()}


def _shown(column: str, mask: Mask, masks: Mapping[str, Mask], attributes: Mapping[str, JsonValue]) -> str:
    """An expression that reads another masked column would show it here; one that cannot be written shows nothing."""
    if isinstance(mask, Template):
        reads_masked = (mask.columns & masks.keys()) - {column}
        return (None if reads_masked else mask.text(attributes)) or "full"
    return mask


def _governed(table: Table, rows: str, masks: Mapping[str, str], dialect: str) -> Governed:
    columns = [_selected(column, masks.get(column.name), dialect) for column in table.columns]
    name = f"{qualified(table.full_name, dialect)} AS {SOURCE}"
    query = derived(columns, name, rows=rows, dialect=dialect)
    return Governed(query=query, filtered=bool(rows), masked=frozenset(masks))


def _selected(column: Column, mask: str | None, dialect: str) -> str:
    name = quote(column.name, dialect)
    if mask is None:
        return f"{SOURCE}.{name}"
    shown = masked(mask, column, source=SOURCE, dialect=dialect) if mask in NAMED else f"({mask})"
    return f"{shown} AS {name}"
