"""A policy bound to the catalog of one database: every pattern resolved, every expression judged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Never

from core.catalog import Catalog, Table, TableName
from core.errors import UserError
from core.values import Violation
from core.yaml_file import KeyPath
from sql.policy.expression import Template, template
from sql.policy.load import CODE, did_you_mean
from sql.policy.masks import NAMED, has_hash
from sql.policy.model import Policy, TableRule

Mask = str | Template
"""The name of a mask, or an expression."""


@dataclass(slots=True)
class Grant:
    """What one role gives of one table: nothing at all (`blocked`), or rows that pass every filter, with masks."""

    blocked: bool = False
    rows: list[Template] = field(default_factory=list[Template])
    masks: dict[str, Mask] = field(default_factory=dict[str, Mask])

    def attributes(self) -> Iterator[str]:
        """The attributes of a user that its expressions name."""
        for each in (*self.rows, *self.masks.values()):
            if isinstance(each, Template):
                yield from each.attributes


@dataclass(frozen=True, kw_only=True)
class Bound:
    """The policy for one database; `grants` are by role and table, `attributes` those of a user that matter."""

    policy: Policy
    catalog: Catalog
    grants: Mapping[str, Mapping[TableName, Grant]]
    attributes: Sequence[str]


def bind(policy: Policy, database: str, catalog: Catalog) -> Bound:
    """What every role grants in the database; raises UserError, with the place in the file, for what does not fit."""
    binder = _Binder(policy, database, catalog)
    grants = {role: binder.role(role) for role in policy.roles}
    used = {name for role in grants.values() for grant in role.values() for name in grant.attributes()}
    return Bound(policy=policy, catalog=catalog, grants=grants, attributes=sorted(used))


def stricter(one: Mask | None, other: Mask) -> Mask:
    """A mask that shows no more than either: two that differ leave nothing to see."""
    return other if one is None or one == other else "full"


class _Binder:
    def __init__(self, policy: Policy, database: str, catalog: Catalog) -> None:
        self.policy = policy
        self.database = database
        self.catalog = catalog

    def role(self, role: str) -> Mapping[TableName, Grant]:
        """Every rule of a role that fits a table limits it: there is no exception to a wider pattern."""
        grants: dict[TableName, Grant] = {}
        for each in self.policy.roles[role]:
            if fnmatchcase(self.database, each.databases):
                for rule in each.rules:
                    self.apply(rule, grants)
        return grants

    def apply(self, rule: TableRule, grants: dict[TableName, Grant]) -> None:
        tables = list(self.tables(rule))
        for column in rule.masks:
            if not any(table.column(column) for table in tables):
                self.unknown_column(rule, column, tables)
        for table in tables:
            grant = grants.setdefault(table.full_name, Grant())
            grant.blocked |= not rule.allow
            if rule.rows is not None:
                grant.rows.append(self.rows(rule, rule.rows, table))
            for written, mask in rule.masks.items():
                if column := table.column(written):
                    bound = self.mask(rule, written, mask, table)
                    grant.masks[column.name] = stricter(grant.masks.get(column.name), bound)

    def tables(self, rule: TableRule) -> Iterator[Table]:
        """The tables that a pattern names: a bare one as SQL finds it, but what it hides is hidden everywhere."""
        pattern, wild = rule.tables, any(sign in rule.tables for sign in "*?[")
        found = [each for each in self.catalog.tables if _fits(each, pattern)]
        # Another spelling is another table where both are there.
        exact = [each for each in found if pattern in (each.name, str(each.full_name))]
        found = exact or found
        if not found and not wild:
            self.unknown_table(rule)
        if rule.allow and not wild and "." not in pattern:
            found = self.on_path(rule, found)
        yield from found

    def on_path(self, rule: TableRule, found: Sequence[Table]) -> Sequence[Table]:
        """Of the tables of one name those that SQL finds without a schema."""
        for schema in self.catalog.search_path:
            if first := [each for each in found if each.schema == schema]:
                return first
        hint = f"Write `{found[0].full_name}`."
        return self.refuse(rule.keys, f"`{rule.tables}` is not on the search path of {self.database!r}", hint=hint)

    def rows(self, rule: TableRule, text: str, table: Table) -> Template:
        bound = template(text, table=table, catalog=self.catalog, condition=True)
        return self.accepted(bound, (*rule.keys, "rows"), table)

    def mask(self, rule: TableRule, column: str, mask: str, table: Table) -> Mask:
        keys = (*rule.keys, "mask", column)
        if mask == "hash" and not has_hash(self.catalog.dialect):
            self.refuse(keys, f"{self.catalog.dialect} has no hash function", hint="Use `full` or an expression.")
        if mask in NAMED:
            return mask
        return self.accepted(template(mask, table=table, catalog=self.catalog, condition=False), keys, table)

    def accepted(self, bound: Template | Violation, keys: KeyPath, table: Table) -> Template:
        if isinstance(bound, Template):
            return bound
        hint = bound.hint
        if keys[-2] == "mask":
            hint = hint or f"A mask is one of {', '.join(NAMED)}, or an expression over the table's columns."
        return self.refuse(keys, f"`{keys[-1]}` does not fit {table.full_name}: {bound.message}", hint=hint)

    def unknown_table(self, rule: TableRule) -> Never:
        names = [*self.catalog.by_folded_name, *map(str, self.catalog.by_name)]
        self.refuse(
            rule.keys,
            f"the database {self.database!r} has no table `{rule.tables}`",
            hint=did_you_mean(rule.tables, names) or "Name the databases that have it instead of `*`.",
        )

    def unknown_column(self, rule: TableRule, column: str, tables: list[Table]) -> Never:
        known = (each.name for table in tables for each in table.columns)
        message = f"`{rule.tables}` has no column `{column}` in the database {self.database!r}"
        self.refuse((*rule.keys, "mask", column), message, hint=did_you_mean(column, known))

    def refuse(self, keys: KeyPath, what: str, *, hint: str = "") -> Never:
        raise UserError(f"{self.policy.written.where(keys)}: {what}", hint=hint, code=CODE)


def _fits(table: Table, pattern: str) -> bool:
    """Whether the pattern fits the table's name, or its full name where it speaks of one, in whatever case."""
    names = [table.name, str(table.full_name)] if "." in pattern else [table.name]
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for name in names)
