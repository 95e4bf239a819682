"""The databases as each user may see them: a policy between the open databases and the turns."""

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.access import Access
from core.catalog import Catalog
from core.errors import DataChatError, NotFoundError, RefusedError, UpstreamError, UserError
from core.ports import Database, Databases
from core.values import User
from graph.keyed import KeyedConnector
from graph.shown import shown
from sql.policy.access import access_of
from sql.policy.bind import Bound, bind
from sql.policy.masks import KEY
from sql.policy.model import Policy

log = logging.getLogger("datachat.policy")

KEPT = 50
"""So many views of a database are kept; users of the same roles share one, unless a filter tells them apart."""


@dataclass
class _Views:
    """What users see of a database while nothing changes in it; `bound` is None where the policy does not fit."""

    database: Database
    bound: Bound | None
    kept: dict[str, Database] = field(default_factory=dict[str, Database])


@dataclass(frozen=True, kw_only=True)
class Sight:
    """Shows databases through a policy. `mask_key` is the secret of the masks that hash."""

    policy: Policy
    databases: Databases
    mask_key: str
    _views: dict[str, _Views] = field(default_factory=dict[str, _Views])
    _accesses: dict[str, tuple[Catalog, Access]] = field(default_factory=dict[str, tuple[Catalog, Access]])
    _making: asyncio.Lock = field(default_factory=asyncio.Lock)

    def of(self, user: User) -> Databases:
        """The databases of one user."""
        return SeenDatabases(self, user)

    async def check(self, names: Sequence[str]) -> None:
        """Raise UserError, with file and line, where the policy does not fit a database; unreachable ones wait."""
        for name in names:
            try:
                database = await self.databases.get(name)
            except UpstreamError:
                continue
            await asyncio.to_thread(bind, self.policy, name, database.catalog)

    async def seen(self, database: Database, user: User) -> Database:
        """The database with nothing in it but what the user may see; thousands of tables take seconds at first."""
        async with self._making:
            views = self._views.get(database.name)
            if views is None or views.database is not database:
                same = views is not None and views.database.catalog is database.catalog
                bound = views.bound if views and same else await asyncio.to_thread(self._bound, database)
                views = self._views[database.name] = _Views(database, bound)
            return await self._kept(views, database, user)

    async def access(self, name: str, catalog: Catalog, user: User) -> Access:
        """What the user may see of a catalog, whether or not its database is open; raises RefusedError."""
        async with self._making:
            views = self._views.get(name)
            if views and views.database.catalog is catalog:
                seen = (await self._kept(views, views.database, user)).access
                if seen:
                    return seen
            key = f"{name} {self._key(user)}"
            kept = self._accesses.get(key)
            if kept is None or kept[0] is not catalog:
                bound = await asyncio.to_thread(bind, self.policy, name, catalog)
                kept = self._accesses[key] = (catalog, await asyncio.to_thread(access_of, bound, user))
            return kept[1]

    def _key(self, user: User) -> str:
        """Equal for users who see the same."""
        return json.dumps([self.policy.roles_of(user), self.policy.attributes_of(user)], default=str)

    async def _kept(self, views: _Views, database: Database, user: User) -> Database:
        if views.bound is None:
            raise RefusedError(
                "The access policy does not fit this database, so nothing of it is shown.",
                hint="Whoever runs DataChat finds the reason in its log.",
            )
        known = self.policy.attributes_of(user)
        key = json.dumps([self.policy.roles_of(user), [known.get(name) for name in views.bound.attributes]])
        if key not in views.kept:
            view = await asyncio.to_thread(self._view, database, views.bound, user)
            if len(views.kept) >= KEPT:
                views.kept.pop(next(iter(views.kept)))
            views.kept[key] = view
        return views.kept[key]

    def _bound(self, database: Database) -> Bound | None:
        try:
            return bind(self.policy, database.name, database.catalog)
        except UserError as error:
            # The reason names what the policy hides, so that it is not for those who ask.
            log.error("%s %s", error.message, error.hint)
            return None

    def _view(self, database: Database, bound: Bound, user: User) -> Database:
        access = access_of(bound, user)
        hashes = any(KEY in each.query for each in access.governed.values())
        connector = KeyedConnector(database.connector, self.mask_key) if hashes else database.connector
        return shown(replace(database, connector=connector), access)


@dataclass(frozen=True)
class SeenDatabases:
    """The port `Databases` for one user: a database that no role of theirs speaks of does not exist."""

    sight: Sight
    user: User

    async def get(self, name: str | None = None) -> Database:
        """The named database, the user's first one for None."""
        name = name or await self._default_name()
        if not self.sight.policy.opens(name, self.user):
            raise await self._unknown(name)
        try:
            database = await self.sight.databases.get(name)
        except NotFoundError:
            raise await self._unknown(name) from None
        return await self.sight.seen(database, self.user)

    async def names(self) -> Sequence[str]:
        """The names that the user may know."""
        return [each for each in await self.sight.databases.names() if self.sight.policy.opens(each, self.user)]

    async def _default_name(self) -> str:
        names = await self.names()
        if names:
            return names[0]
        if not await self.sight.databases.names():
            return (await self.sight.databases.get(None)).name
        raise RefusedError(
            "The access policy opens no database to you.", hint="Ask whoever runs DataChat for a role that does."
        )

    async def _unknown(self, name: str) -> DataChatError:
        known = ", ".join(await self.names()) or "none"
        return NotFoundError(f"There is no database named {name!r}.", hint=f"Known: {known}.")
