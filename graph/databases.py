"""The databases that turns may ask: opened on first use, with what is kept and known of them."""

import asyncio
import gc
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from connectors.registry import open_connector
from core.catalog import Catalog
from core.collecting import uncollected
from core.errors import DataChatError, NotFoundError, SetupError
from core.ports import Connector, Database
from core.urls import label
from core.values import Limits
from graph.knowing import Knowing, Revision
from knowledge.lexical import LexicalKnowledge
from store.catalogs import Catalogs, Stored, url_key
from store.connections import Connections

SMALL = 500
"""A catalog of so few tables is read in some 20 ms, so a new process never trusts an old copy of it."""

LATEST = 1.0
"""In so many seconds a change of DataPoints or profiles is noticed."""

_PATIENCE = 20
"""Profiles alone, which grow table by table, are learnt anew only after so many times as long as it takes."""

UNKNOWN: Revision = (-1, -1)
"""Where nothing is known but catalogs."""

log = logging.getLogger("datachat.databases")


@dataclass
class _Open:
    database: Database
    read_at: float
    known: Revision = UNKNOWN
    known_at: float = 0.0
    patient_until: float = 0.0
    refreshing: asyncio.Task[None] | None = None
    indexing: asyncio.Task[None] | None = None
    keeping: asyncio.Task[None] | None = None


@dataclass
class OpenDatabases:
    """The port `Databases` over a registry, plus the URLs that were given for this process alone (`urls`: name to URL).

    URLs never enter a turn's state: a URL is registered by `add_url`, which returns the name to use.
    """

    connections: Connections
    catalogs: Catalogs
    limits: Limits
    refresh_seconds: float
    urls: dict[str, str] = field(default_factory=dict[str, str])
    default: str | None = None
    knowing: Knowing | None = None
    """Without it nothing is known but catalogs."""
    _open: dict[str, _Open] = field(default_factory=dict[str, _Open])
    _kept: dict[str, Stored] = field(default_factory=dict[str, Stored])
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict[str, asyncio.Lock])

    def add_url(self, url: str, *, default: bool = False) -> str:
        """Make a URL askable in this process and return its name: the database's or file's own, made unique."""
        wanted = label(url)
        name, number = wanted, 1
        while self.urls.get(name, url) != url:
            number += 1
            name = f"{wanted}-{number}"
        self.urls[name] = url
        if default:
            self.default = name
        return name

    async def known(self, name_or_url: str) -> str:
        """The name to ask by: a URL or a file is made askable in this process, a name stays as it is."""
        if name_or_url in await self.names() or not _is_address(name_or_url):
            return name_or_url
        return self.add_url(name_or_url)

    async def names(self) -> Sequence[str]:
        """Every name, the default one first."""
        first = [self.default] if self.default else []
        stored = [each.name for each in await self.connections.list()]
        return list(dict.fromkeys([*first, *self.urls, *stored]))

    async def get(self, name: str | None = None) -> Database:
        """The named database, opened and with its catalog; the default one for None."""
        name = name or await self._default_name()
        entry = self._open.get(name)
        if entry is None:
            async with self._locks.setdefault(name, asyncio.Lock()):
                with uncollected():
                    entry = self._open.get(name) or await self._connect(name)
        self._refresh_when_old(name, entry)
        await self._know_latest(name, entry)
        return entry.database

    async def refresh(self, name: str | None = None) -> Database:
        """Read the catalog anew, now, and finish its index."""
        database = await self.get(name)
        await self._reread(database.name)
        await self.index(database.name)
        return self._open[database.name].database

    async def index(self, name: str | None = None) -> Database:
        """Wait until everything that is known of a database is found through its index, where it needs one."""
        database = await self.get(name)
        indexing = self._open[database.name].indexing
        if indexing:
            await indexing
        return database

    def opened_names(self) -> list[str]:
        """The databases that are open."""
        return list(self._open)

    def opened(self, name: str) -> Database | None:
        """The database, if it is open already."""
        entry = self._open.get(name)
        return entry.database if entry else None

    async def forget(self, name: str) -> None:
        """Close a database, e.g. because its connection was removed."""
        self.urls.pop(name, None)
        self._kept.pop(name, None)
        entry = self._open.pop(name, None)
        if entry:
            await _close(entry)

    async def close(self) -> None:
        """Close every open database."""
        entries, self._open = list(self._open.values()), {}
        for entry in entries:
            await _close(entry)
        if self.knowing:
            await self.knowing.embedding.close()

    async def _default_name(self) -> str:
        names = await self.names()
        if not names:
            raise SetupError(
                "No database is configured.",
                hint="Set DATABASE_URL, run `datachat database add NAME URL`, or try `datachat demo`.",
            )
        return names[0]

    async def _connect(self, name: str) -> _Open:
        key, url = await self.place(name)
        connector = await open_connector(url, limits=self.limits)
        try:
            stored = await self._stored(key)
            catalog = stored or await self._read(name, connector, key)
            database, known = await self._learned(name, key, connector, catalog)
        except BaseException:
            await connector.close()
            raise
        _pass_over(catalog)
        entry = self._open[name] = _Open(database, read_at=monotonic(), known=known, known_at=monotonic())
        if stored is None:
            entry.keeping = asyncio.create_task(self._keep(key, catalog))
            # No question waits until a large one is kept, which takes longer than its index.
            if len(catalog.tables) <= SMALL:
                await entry.keeping
        self._index_behind(entry, key)
        return entry

    async def _know_latest(self, name: str, entry: _Open) -> None:
        """Learn what other processes have written meanwhile; one cheap look, at most once a second."""
        if self.knowing is None or monotonic() - entry.known_at < LATEST:
            return
        entry.known_at = monotonic()
        datapoints, profiles = await self.knowing.revision()
        measured = profiles != entry.known[1] and entry.known_at > entry.patient_until
        if datapoints != entry.known[0] or measured:
            await self._know(name, entry, entry.database.catalog)

    async def _know(self, name: str, entry: _Open, catalog: Catalog) -> None:
        """Renew an open database with all that is known by now."""
        key, _ = await self.place(name)
        started = monotonic()
        entry.database, entry.known = await self._learned(name, key, entry.database.connector, catalog)
        entry.known_at = monotonic()
        entry.patient_until = entry.known_at + _PATIENCE * (entry.known_at - started)
        self._index_behind(entry, key)

    async def _learned(self, name: str, key: str, connector: Connector, catalog: Catalog) -> tuple[Database, Revision]:
        """A database with all that is known of it."""
        if self.knowing is None:
            knowledge = await asyncio.to_thread(LexicalKnowledge, catalog)
            return Database(name=name, connector=connector, catalog=catalog, knowledge=knowledge), UNKNOWN
        # Read before and not after, so that what changes meanwhile is noticed the next time.
        known = await self.knowing.revision()
        return await self.knowing.database(name, key, connector, catalog), known

    def _index_behind(self, entry: _Open, key: str) -> None:
        """Let the index follow behind the questions."""
        if self.knowing and self.knowing.is_indexed(entry.database):
            entry.indexing = asyncio.create_task(self._index(self.knowing, entry.database, key, entry.indexing))

    async def _index(self, knowing: Knowing, database: Database, key: str, earlier: asyncio.Task[None] | None) -> None:
        """Finish an index; where that fails, questions are answered without it."""
        if earlier:
            await asyncio.gather(earlier, return_exceptions=True)
        try:
            await knowing.index(database, key)
        except DataChatError as error:
            log.warning("The index of %s is not up to date: %s", database.name, error.message)

    async def described(self) -> Mapping[str, str]:
        """What the registry says of every stored database."""
        return await self.connections.described()

    async def catalog(self, name: str) -> Catalog:
        """The catalog of a database: of the open one, else as it was kept, else the database is opened."""
        entry = self._open.get(name)
        if entry:
            return entry.database.catalog
        key, _ = await self.place(name)
        kept = self._kept.get(name)
        version = await self.catalogs.version(key)
        if kept and kept.version == version:
            return kept.catalog
        stored = await self.catalogs.load(key) if version is not None else None
        if stored is None:
            return (await self.get(name)).catalog
        self._kept[name] = stored
        return stored.catalog

    async def place(self, name: str) -> tuple[str, str]:
        """The key of its catalog, and the URL."""
        if name in self.urls:
            return url_key(self.urls[name]), self.urls[name]
        try:
            return name, await self.connections.url(name)
        except NotFoundError as error:
            known = ", ".join(await self.names()) or "none yet"
            raise NotFoundError(f"There is no database named {name!r}.", hint=f"Known: {known}.") from error

    async def _stored(self, key: str) -> Catalog | None:
        stored = await self.catalogs.load(key)
        if stored is None or len(stored.catalog.tables) <= SMALL:
            return None
        age = datetime.now(UTC) - stored.refreshed_at
        return stored.catalog if age.total_seconds() < self.refresh_seconds else None

    async def _read(self, name: str, connector: Connector, key: str) -> Catalog:
        """Read the catalog, which may be kept once everything has followed the step from the one kept before."""
        before = await self.catalogs.load(key) if self.knowing else None
        catalog = await connector.catalog()
        if self.knowing and before and before.catalog.fingerprint != catalog.fingerprint:
            await self.knowing.follow(name, key, connector, before.catalog, catalog)
        return catalog

    async def _keep(self, key: str, catalog: Catalog) -> None:
        """Keep a catalog for the next process; without that, the next one reads it again."""
        try:
            await self.catalogs.save(key, catalog)
        except DataChatError as error:
            log.warning("A catalog could not be kept: %s", error.message)

    def _refresh_when_old(self, name: str, entry: _Open) -> None:
        """A server notices a changed schema without making a question wait for it."""
        old = monotonic() - entry.read_at > self.refresh_seconds
        if old and (entry.refreshing is None or entry.refreshing.done()):
            entry.refreshing = asyncio.create_task(self._reread(name))

    async def _reread(self, name: str) -> None:
        entry = self._open[name]
        entry.read_at = monotonic()
        key, _ = await self.place(name)
        catalog = await self._read(name, entry.database.connector, key)
        if entry.keeping:
            await entry.keeping
        await self.catalogs.save(key, catalog)
        if catalog.fingerprint != entry.database.catalog.fingerprint:
            gc.unfreeze()
            await self._know(name, entry, catalog)
            gc.collect()
            _pass_over(catalog)


def _is_address(text: str) -> bool:
    """Whether a text is a URL, a file, a folder or a pattern of files; a name rarely looks like one."""
    return any(mark in text for mark in ":/\\.*") or Path(text).exists()


def _pass_over(catalog: Catalog) -> None:
    """Spare the garbage collector what lives as long as its database: of 5,000 tables that is 0.2 s each time."""
    if len(catalog.tables) > SMALL:
        gc.freeze()


async def _close(entry: _Open) -> None:
    if len(entry.database.catalog.tables) > SMALL:
        gc.unfreeze()
    for task in (entry.refreshing, entry.indexing):
        if task:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    if entry.keeping:
        await entry.keeping
    await entry.database.connector.close()
