"""Reads the `access:` section of a file, strictly: whatever is not understood stops the start, with its place."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Never

from pydantic import JsonValue

from core.errors import UserError
from core.yaml_file import KeyPath, Written, read_mapping
from sql.policy.model import DatabaseRules, Membership, Policy, TableRule

SECTION = "access"
CODE = "bad_policy"


def load_policy(path: Path) -> Policy:
    """The policy of a file; raises UserError with file, line and column."""
    written = read_mapping(path)
    if SECTION not in written.value:
        hint = "Begin the file with `access:`, and `roles:` and `users:` below it."
        raise UserError(f"{path} holds no `access:` section", hint=hint, code=CODE)
    return read_policy(written)


def read_policy(written: Written) -> Policy:
    """The policy of a file that is already read."""
    return _Reader(written).policy()


class _Reader:
    """Walks the section; every method is told the keys that lead to what it reads."""

    def __init__(self, written: Written) -> None:
        self.written = written

    def policy(self) -> Policy:
        keys: KeyPath = (SECTION,)
        section = self.mapping(self.written.value[SECTION], keys, known=("roles", "users"))
        roles = {name: self.role(value, path) for name, value, path in self.entries(section, keys, "roles")}
        members = [self.membership(*each, roles=roles) for each in self.entries(section, keys, "users")]
        return Policy(written=self.written, roles=roles, memberships=tuple(members))

    def role(self, value: JsonValue, keys: KeyPath) -> tuple[DatabaseRules, ...]:
        fields = self.mapping(value, keys, known=("databases",))
        return tuple(
            DatabaseRules(databases=name, rules=self.tables(each, path))
            for name, each, path in self.entries(fields, keys, "databases")
        )

    def tables(self, value: JsonValue, keys: KeyPath) -> tuple[TableRule, ...]:
        fields = self.mapping(value, keys, known=("tables",))
        return tuple(self.table(name, each, path) for name, each, path in self.entries(fields, keys, "tables"))

    def table(self, name: str, value: JsonValue, keys: KeyPath) -> TableRule:
        fields = self.mapping(value, keys, known=("rows", "mask", "allow"))
        allow = fields.get("allow", True)
        if not isinstance(allow, bool):
            self.refuse((*keys, "allow"), "`allow` must be true or false")
        if not allow and len(fields) > 1:
            self.refuse(keys, "`allow: false` hides the whole table; `rows` and `mask` have no meaning beside it")
        rows = self.text(fields["rows"], (*keys, "rows")) if "rows" in fields else None
        masks = {column: self.mask(each, path) for column, each, path in self.entries(fields, keys, "mask")}
        return TableRule(tables=name, keys=keys, rows=rows, masks=masks, allow=allow)

    def mask(self, value: JsonValue, keys: KeyPath) -> str:
        """YAML reads a bare `null` as no value; here it is the name of a mask."""
        return "null" if value is None else self.text(value, keys)

    def membership(self, name: str, value: JsonValue, keys: KeyPath, *, roles: Mapping[str, object]) -> Membership:
        if isinstance(value, list):
            return Membership(users=name, roles=tuple(self.role_names(value, keys, roles)))
        fields = self.mapping(value, keys, known=("roles", "attributes"), what="a list of roles, or `roles:`")
        named = fields.get("roles", [])
        if not isinstance(named, list):
            self.refuse((*keys, "roles"), "`roles` must be a list, like [analyst]")
        attributes = {
            each: self.attribute(known, path) for each, known, path in self.entries(fields, keys, "attributes")
        }
        found = tuple(self.role_names(named, (*keys, "roles"), roles))
        return Membership(users=name, roles=found, attributes=attributes)

    def role_names(self, values: Iterable[JsonValue], keys: KeyPath, roles: Mapping[str, object]) -> Iterator[str]:
        for each in values:
            if not isinstance(each, str):
                self.refuse(keys, "every role must be a name")
            if each not in roles:
                self.refuse(keys, f"there is no role `{each}`", hint=did_you_mean(each, roles))
            yield each

    def attribute(self, value: JsonValue, keys: KeyPath) -> JsonValue:
        several = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str | int | float | bool) for each in several):
            self.refuse(keys, "an attribute must be a text, a number, true or false, or a list of such")
        return value

    def entries(
        self, fields: Mapping[str, JsonValue], keys: KeyPath, name: str
    ) -> Iterator[tuple[str, JsonValue, KeyPath]]:
        """The entries of the mapping under `name`, each with its keys; none where it is left out."""
        if name in fields:
            path = (*keys, name)
            for key, value in self.mapping(fields[name], path).items():
                yield key, value, (*path, key)

    def mapping(
        self, value: JsonValue, keys: KeyPath, *, known: tuple[str, ...] = (), what: str = "`key: value` lines"
    ) -> Mapping[str, JsonValue]:
        """The value as a mapping, with no keys but the known ones where any are named."""
        if not isinstance(value, dict):
            hint = "Write {} where there is nothing to say." if value is None else ""
            self.refuse(keys, f"`{keys[-1]}` must hold {what}", hint=hint)
        for key in value:
            if known and key not in known:
                hint = did_you_mean(key, known) or f"Known are {', '.join(f'`{each}`' for each in known)}."
                self.refuse((*keys, key), f"`{key}` is not known here", hint=hint)
        return value

    def text(self, value: JsonValue, keys: KeyPath) -> str:
        if not isinstance(value, str) or not value.strip():
            self.refuse(keys, f"`{keys[-1]}` must be a text")
        return value

    def refuse(self, keys: KeyPath, what: str, *, hint: str = "") -> Never:
        raise UserError(f"{self.written.where(keys)}: {what}", hint=hint, code=CODE)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint at the known name that is most like this one; empty when none is."""
    by_folded = {each.casefold(): each for each in known}
    close = get_close_matches(name.casefold(), by_folded, 1)
    return f"Did you mean `{by_folded[close[0]]}`?" if close else ""
