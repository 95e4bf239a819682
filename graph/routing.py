"""Tells which of several databases a question may be about: all their catalogs and values as one, scores comparable."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from core.access import Access
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.errors import DataChatError
from core.values import FoundValue, LikelyDatabase, User
from graph.databases import OpenDatabases
from graph.seen import Sight
from knowledge.hybrid import may_be_read
from knowledge.lexical import LexicalKnowledge
from knowledge.values import find_values
from store.values import Values

KEPT = 20
"""So many sets of databases, each as some users see them, are kept ready."""

OPEN_SECONDS = 5.0
"""A database that was never read is opened for its catalog; one that does not answer in time is passed over."""

RECENT, ABSENT_SECONDS = 1.0, 60.0
"""How long names are believed, and how long a database that could not be read is left alone."""

Told = Mapping[str, str]
"""What the registry says of each database: description and tags."""


@dataclass
class _Recent:
    names: Sequence[str]
    told: Told
    until: float


@dataclass(frozen=True)
class Router:
    """Routes the questions of all users."""

    databases: OpenDatabases
    sight: Sight | None
    values: Values
    _names: dict[str, _Recent] = field(default_factory=dict[str, _Recent])
    _absent: dict[str, float] = field(default_factory=dict[str, float])
    _kept: dict[tuple[object, ...], LexicalKnowledge] = field(
        default_factory=dict[tuple[object, ...], LexicalKnowledge]
    )

    def of(self, user: User) -> "UserRouting":
        """The port Routing for one user."""
        return UserRouting(self, user)

    async def names(self, user: User) -> _Recent:
        """The names that a user may know, the default one first."""
        recent = self._names.get(user.name)
        if recent is None or recent.until < monotonic():
            databases = self.sight.of(user) if self.sight else self.databases
            names = await databases.names()
            told = await self.databases.described() if len(names) > 1 else dict[str, str]()
            recent = _Recent(names, told, monotonic() + RECENT)
            self._names[user.name] = recent
        return recent

    async def seen(self, name: str, user: User) -> Access | None:
        """What a user may see of a database; None where it cannot be read now."""
        if self._absent.get(name, 0.0) > monotonic():
            return None
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                catalog = await self.databases.catalog(name)
                return await self.sight.access(name, catalog, user) if self.sight else Access(catalog, {})
        except (DataChatError, TimeoutError):
            self._absent[name] = monotonic() + ABSENT_SECONDS
            return None

    async def index(self, seen: Mapping[str, Access], told: Told) -> LexicalKnowledge:
        """All databases as one catalog, made once for all who see the same."""
        key = tuple((name, id(access.catalog), told.get(name, "")) for name, access in seen.items())
        if key not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.pop(next(iter(self._kept)))
            merged = await asyncio.to_thread(together, {name: each.catalog for name, each in seen.items()}, told)
            self._kept[key] = await asyncio.to_thread(LexicalKnowledge, merged)
        return self._kept[key]

    async def stored(self, question: str, seen: Mapping[str, Access]) -> list[FoundValue]:
        """The values that a question names, in all databases, each as a value of the merged catalog."""
        keys = {(await self.databases.place(name))[0]: name for name in seen}
        found = await find_values(self.values, question, list(keys))
        return [
            each.model_copy(update={"table": str(_moved(keys[key], each.table.partition(".")))})
            for key, values in found.items()
            for each in values
            if may_be_read(each, seen[keys[key]])
        ]


@dataclass(frozen=True)
class UserRouting:
    """The port Routing for one user."""

    router: Router
    user: User

    async def likely(self, question: str) -> Sequence[LikelyDatabase]:
        """Every database that the user may ask, by how much of the question it explains; the default one is marked."""
        known = await self.router.names(self.user)
        if len(known.names) < 2:
            return [LikelyDatabase(name=name, default=True) for name in known.names]
        views = {name: await self.router.seen(name, self.user) for name in known.names}
        seen = {name: view for name, view in views.items() if view}
        index = await self.router.index(seen, known.told)
        shares = index.likeness(question, values=await self.router.stored(question, seen))
        return [
            LikelyDatabase(name=name, score=round(shares.get(name, 0.0), 4), default=place == 0)
            for place, name in enumerate(known.names)
        ]


def together(catalogs: Mapping[str, Catalog], told: Told) -> Catalog:
    """One catalog in which each database is a schema, with what the registry says of it as a comment."""
    tables: list[Table] = []
    for name, catalog in catalogs.items():
        tables.append(Table(name, name, (), comment=told.get(name) or None))
        tables += [
            Table(
                name,
                _moved(name, table.full_name).name,
                tuple(Column(each.name, each.type, comment=each.comment) for each in table.columns),
                foreign_keys=tuple(_key(name, key) for key in table.foreign_keys),
                comment=table.comment,
                row_estimate=table.row_estimate,
            )
            for table in catalog.tables
        ]
    return Catalog("", tuple(tables), ())


def _key(name: str, key: ForeignKey) -> ForeignKey:
    return replace(key, table=_moved(name, key.table))


def _moved(database: str, table: Sequence[str]) -> TableName:
    """A table's name in the merged catalog; its schema stays in it, so that no two become one."""
    return TableName(database, f"{table[-1]}" if table[0] in ("public", "main", "dbo") else f"{table[0]} {table[-1]}")
