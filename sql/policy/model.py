"""A policy as it is written: users have roles, and roles grant tables with limits. Nothing is granted by default."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from pydantic import JsonValue

from core.values import User
from core.yaml_file import KeyPath, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRule:
    """What a role says of the tables that a pattern names; `keys` lead to it in the file."""

    tables: str
    keys: KeyPath
    rows: str | None = None
    masks: Mapping[str, str] = field(default_factory=dict[str, str])
    allow: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseRules:
    """What a role says of the databases that a pattern names."""

    databases: str
    rules: tuple[TableRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Which roles the users have whom a pattern names, and what is known of them for row filters."""

    users: str
    roles: tuple[str, ...]
    attributes: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The whole policy, and the file that it was read from."""

    written: Written
    roles: Mapping[str, tuple[DatabaseRules, ...]]
    memberships: tuple[Membership, ...]

    def roles_of(self, user: User) -> tuple[str, ...]:
        """The user's roles, those of every pattern that fits the name."""
        found = (role for each in self.memberships if fnmatchcase(user.name, each.users) for role in each.roles)
        return tuple(dict.fromkeys(found))

    def attributes_of(self, user: User) -> Mapping[str, JsonValue]:
        """What is known of the user: what came with the sign-in, then the file, whose word is the last."""
        known: dict[str, JsonValue] = dict(user.attributes)
        for each in self.memberships:
            if fnmatchcase(user.name, each.users):
                known |= each.attributes
        return known | {"name": user.name}

    def opens(self, database: str, user: User) -> bool:
        """Whether a role of the user speaks of the database at all."""
        return any(fnmatchcase(database, each.databases) for role in self.roles_of(user) for each in self.roles[role])
