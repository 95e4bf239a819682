"""DataPoints as all processes see them: what files say, what waits for a review, what a schema has left behind."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import NotFoundError, StaleError, UserError
from datapoints.fact import Fact
from datapoints.files import Filed, read_file
from datapoints.whole import complete
from datapoints.writing import remove, write
from store.datapoint_git import commit_file
from store.datapoint_rows import Stored, digest, put, select
from store.datapoint_served import served
from store.datapoint_sync import Synced, current_revision, synced

if TYPE_CHECKING:
    from psycopg import AsyncConnection

    from store.system import System


class DataPoints:
    """The stored DataPoints; `folder` is where the project's files are, and where approved ones are written.

    Everything that changes them takes turns on one row, so that files and rows change together and nobody is overrun.
    """

    def __init__(self, system: "System", folder: Path = Path("datapoints"), *, commit: bool = False) -> None:
        self._system = system
        self.folder = folder
        self._commit = commit
        self._approved: tuple[int, dict[str | None, tuple[Fact, ...]]] = (-1, {})

    async def revision(self) -> int:
        """A number that grows with every change."""
        async with self._system.connection() as connection:
            return await current_revision(connection)

    async def approved(self, database: str | None) -> tuple[Fact, ...]:
        """Those that may be believed of a database: approved, not stale, of this one or of all.

        What is calculated from one that may not be believed is not there either.
        """
        revision = await self.revision()
        if self._approved[0] != revision:
            self._approved = (revision, {})
        kept = self._approved[1]
        if database not in kept:
            where = "NOT pending AND status = 'approved' AND NOT stale AND (database IS NULL OR database = %s)"
            kept[database] = complete(each.datapoint for each in await self._select(where, [database]))
        return kept[database]

    async def all(self) -> list[Stored]:
        """Everything, proposals too, by id."""
        return await self._select()

    async def pending(self) -> list[Stored]:
        """What waits for a review."""
        return await self._select("pending")

    async def get(self, id: str, *, pending: bool = False) -> Stored:
        """One of them; raises NotFoundError."""
        async with self._system.connection() as connection:
            return await _one(connection, id, pending=pending)

    async def served(self, id: str, *, user: str | None = None) -> list[str]:
        """The questions whose answers rest on one of them, the latest first; of one user where one is given."""
        return await served(self._system, id, user=user)

    async def sync(self, folder: Path | None = None) -> Synced:
        """Make the rows say what the files of a folder say; nothing is changed where nothing changed.

        Files that cannot be used are said and left out. Raises UserError where the folder does not exist.
        """
        root = await asyncio.to_thread((folder or self.folder).resolve)
        if not await asyncio.to_thread(root.is_dir):
            raise UserError(
                f"There is no folder {root}.",
                hint="Make it, or name another one: datachat dp sync FOLDER",
                code="bad_file",
            )
        async with self._changing() as connection:
            return await synced(connection, root)

    async def propose(self, datapoints: Iterable[Fact], *, origin: str, confidence: float | None = None) -> list[str]:
        """Let these wait for a review, and return the ids of those that do.

        What is believed already, was turned down before, or was changed by a reviewer meanwhile, is left alone.
        """
        async with self._changing() as connection:
            there = {(each.id, each.pending): each for each in await select(connection)}
            found = await connection.execute("SELECT id, digest FROM datachat.rejected_datapoints")
            rejected = set(await found.fetchall())
            proposals: dict[str, Stored] = {}
            for each in datapoints:
                current, waiting = there.get((each.id, False)), there.get((each.id, True))
                said = digest(each)
                believed = current is not None and not current.stale and digest(current.datapoint) == said
                if believed or (waiting and (waiting.edited or waiting.file)) or (each.id, said) in rejected:
                    continue
                version = current.datapoint.version + 1 if current else 1
                told: dict[str, object] = {"origin": origin, "version": version, "status": "pending", "reviewer": ""}
                if confidence is not None and each.confidence is None:
                    told["confidence"] = confidence
                proposals[each.id] = Stored(each.model_copy(update=told), pending=True)
            new = [each for each in proposals.values() if there.get((each.id, True)) != each]
            await put(connection, new)
        return sorted(proposals)

    async def approve(
        self,
        ids: Sequence[str],
        *,
        reviewer: str,
        reason: str = "",
        version: int | None = None,
        file: Path | None = None,
    ) -> list[Stored]:
        """Write proposals to their files and believe them; `file` says where a single one goes.

        Raises StaleError when `version` is not the proposal's, or somebody was faster.
        """
        return [await self._approve(each, reviewer, reason, version, file) for each in dict.fromkeys(ids)]

    async def _approve(self, id: str, reviewer: str, reason: str, version: int | None, file: Path | None) -> Stored:
        async with self._changing(id) as connection:
            waiting = await _waiting(connection, id, version)
            current = await _maybe(connection, id)
            if current and current.datapoint.version >= waiting.datapoint.version:
                raise StaleError(f"{id!r} was changed after this was proposed.", hint="Reject it, or edit it anew.")
            told = {"status": "approved", "reviewer": reviewer, "change_reason": reason}
            datapoint = waiting.datapoint.model_copy(update=told)
            stored = await self._write(datapoint, current or waiting, file)
            await connection.execute("DELETE FROM datachat.datapoints WHERE id = %s AND pending", [id])
            await put(connection, [stored])
            return stored

    async def reject(self, ids: Sequence[str], *, reviewer: str, reason: str = "", version: int | None = None) -> None:
        """Drop proposals; the same will not be proposed again. Raises StaleError as `approve` does."""
        for id in dict.fromkeys(ids):
            async with self._changing() as connection:
                waiting = await _waiting(connection, id, version)
                await connection.execute(
                    "INSERT INTO datachat.rejected_datapoints (id, digest, reviewer, reason, database)"
                    " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                    [id, digest(waiting.datapoint), reviewer, reason, waiting.datapoint.database],
                )
                await connection.execute("DELETE FROM datachat.datapoints WHERE id = %s AND pending", [id])
                if waiting.root and waiting.file:
                    await asyncio.to_thread(remove, Path(waiting.root, waiting.file))

    async def edit(self, datapoint: Fact, *, version: int) -> Stored:
        """Change a proposal; from now on no generator overwrites it. Raises StaleError when it is another version."""
        async with self._changing() as connection:
            waiting = await _waiting(connection, datapoint.id, version)
            told = {"status": "pending", "version": version + 1}
            edited = Stored(datapoint.model_copy(update=told), pending=True, edited=True)
            if waiting.file:
                edited = replace(await self._write(edited.datapoint, waiting, None, pending=True), edited=True)
            await put(connection, [edited])
            return edited

    async def save(self, datapoint: Fact, *, version: int | None, file: Path | None = None) -> Stored:
        """Write what a person says to a user's file; `version` is the one it replaces, None where it is new.

        Raises StaleError when there is another version by now.
        """
        async with self._changing(datapoint.id) as connection:
            current = await _maybe(connection, datapoint.id)
            _check_version(datapoint.id, current, version)
            update = {"version": (version or 0) + 1}
            stored = await self._write(datapoint.model_copy(update=update), current, file, user=True)
            await put(connection, [stored])
            return stored

    async def retire(self, ids: Sequence[str], *, reviewer: str, reason: str = "", version: int | None = None) -> None:
        """Believe them no longer; their files stay and say so."""
        for id in dict.fromkeys(ids):
            async with self._changing(id) as connection:
                current = await _one(connection, id)
                _check_version(id, current, current.datapoint.version if version is None else version)
                told = {"status": "retired", "reviewer": reviewer, "change_reason": reason}
                told |= {"version": current.datapoint.version + 1}
                await put(connection, [await self._write(current.datapoint.model_copy(update=told), current, None)])

    async def delete(self, id: str, *, version: int) -> None:
        """Delete its file and forget it; raises StaleError when there is another version by now."""
        async with self._changing(id) as connection:
            current = await _one(connection, id)
            _check_version(id, current, version)
            if current.root and current.file:
                await asyncio.to_thread(remove, Path(current.root, current.file))
            await connection.execute("DELETE FROM datachat.datapoints WHERE id = %s AND NOT pending", [id])

    async def forget(self, database: str) -> list[Path]:
        """Forget all that is said or proposed of a database, with the managed files; users' files stay, and are told.

        They say so again with the next sync.
        """
        async with self._changing() as connection:
            rows = await select(connection, "database = %s", [database])
            files = {Path(each.root, each.file): each.managed for each in rows if each.root and each.file}
            for path, managed in files.items():
                if managed:
                    await asyncio.to_thread(remove, path)
            for table in ("datapoints", "rejected_datapoints"):
                await connection.execute(f"DELETE FROM datachat.{table} WHERE database = %s", [database])
            return sorted(path for path, managed in files.items() if not managed)

    async def mark_stale(self, reasons: Mapping[str, str], *, healthy: Iterable[str] = ()) -> int:
        """Stop believing those that rest on something that is gone; believe `healthy` ones again."""
        async with self._changing() as connection:
            marked = await connection.execute(
                "UPDATE datachat.datapoints d SET stale = true, stale_reason = why"
                " FROM unnest(%s::text[], %s::text[]) AS left_behind (id, why)"
                " WHERE d.id = left_behind.id AND NOT pending AND (NOT stale OR stale_reason <> why)",
                [list(reasons), list(reasons.values())],
            )
            await connection.execute(
                "UPDATE datachat.datapoints SET stale = false, stale_reason = '' WHERE id = ANY(%s) AND stale",
                [list(healthy)],
            )
            return marked.rowcount

    async def _write(
        self, datapoint: Fact, current: Stored | None, file: Path | None, *, user: bool = False, pending: bool = False
    ) -> Stored:
        """Write its file: where it is, else where it is asked for, else where its kind goes."""
        if file is None and current and current.root and current.file:
            root, path, managed = Path(current.root), Path(current.root, current.file), current.managed
        else:
            root = await asyncio.to_thread(self.folder.resolve)
            usual = root / ("user" if user else "managed") / datapoint.kind / f"{datapoint.id}.yaml"
            path = await asyncio.to_thread((file or usual).resolve)
            managed = path.is_relative_to(root / "managed")
            if not path.is_relative_to(root):
                raise UserError(f"{path} is not below {root}.", hint="Choose a file there.", code="bad_file")
            if path.suffix not in (".yaml", ".yml"):
                raise UserError(f"{path} is no YAML file.", hint="Its name must end in .yaml", code="bad_file")
            if await asyncio.to_thread(path.exists):
                raise StaleError(f"There is a file {path} already.", hint="Run: datachat dp sync")
        checksum = await asyncio.to_thread(write, datapoint, path)
        if self._commit:
            await commit_file(path, f"{datapoint.id}: {datapoint.change_reason or datapoint.status}")
        return Stored(datapoint, pending, str(root), str(path.relative_to(root)), managed, checksum)

    async def _select(self, where: str = "true", values: Sequence[object] = ()) -> list[Stored]:
        async with self._system.connection() as connection:
            return await select(connection, where, values)

    @asynccontextmanager
    async def _changing(self, id: str | None = None) -> AsyncGenerator["AsyncConnection"]:
        """A transaction, after everybody else's that changes DataPoints; `id` is the one that will be written.

        Where its file says something else than its row (a person edited it, or a process died between the two), the
        row takes that over first and for good: whoever decided on the old version is told, and can read the new one.
        """
        async with self._system.connection() as connection:
            if id is not None and await _overtaken(await _maybe(connection, id)):
                async with _alone(connection):
                    taken = await _overtaken(await _maybe(connection, id))
                    await put(connection, [taken] if taken else [])
            async with _alone(connection):
                if id is not None and await _overtaken(await _maybe(connection, id)):
                    raise StaleError(f"The file of {id!r} is being changed.", hint="Read it again, and decide anew.")
                yield connection


@asynccontextmanager
async def _alone(connection: "AsyncConnection") -> AsyncGenerator[None]:
    async with connection.transaction():
        await connection.execute("SELECT revision FROM datachat.datapoint_revision FOR UPDATE")
        yield


async def _one(connection: "AsyncConnection", id: str, *, pending: bool = False) -> Stored:
    found = await select(connection, "id = %s AND pending = %s", [id, pending])
    if not found:
        what = "proposal" if pending else "DataPoint"
        listing = "datachat dp pending list" if pending else "datachat dp list"
        raise NotFoundError(f"There is no {what} {id!r:.100}.", hint=f"See: {listing}")
    return found[0]


async def _maybe(connection: "AsyncConnection", id: str) -> Stored | None:
    return next(iter(await select(connection, "id = %s AND NOT pending", [id])), None)


async def _waiting(connection: "AsyncConnection", id: str, version: int | None) -> Stored:
    """The proposal in the version that its reviewer saw."""
    try:
        waiting = await _one(connection, id, pending=True)
    except NotFoundError:
        settled = await select(connection, "id = %s AND NOT pending", [id])
        if settled and settled[0].datapoint.reviewer:
            who = settled[0].datapoint.reviewer
            raise StaleError(f"{id!r} was approved by {who} meanwhile.", hint="Nothing is left to review.") from None
        raise
    _check_version(id, waiting, waiting.datapoint.version if version is None else version)
    return waiting


def _check_version(id: str, current: Stored | None, version: int | None) -> None:
    if current is None and version is not None:
        raise StaleError(f"{id!r} is gone by now.", hint="Add it anew.")
    if current is not None and current.datapoint.version != version:
        there = current.datapoint.version
        told = f"is version {there} by now, not {version}" if version is not None else f"exists, in version {there}"
        raise StaleError(f"{id!r} {told}.", hint="Read it again, and decide anew.")


async def _overtaken(current: Stored | None) -> Stored | None:
    """What its file says by now, where that is something else than the row; raises StaleError when it says nothing."""
    if current is None or not current.root or not current.file:
        return None
    path = Path(current.root, current.file)
    read = await asyncio.to_thread(read_file, path, managed=current.managed)
    if not isinstance(read, Filed) or read.datapoint.id != current.id:
        raise StaleError(f"{path} was changed outside.", hint="Run: datachat dp sync")
    if read.checksum == current.checksum:
        return None
    return replace(current, datapoint=read.datapoint, checksum=read.checksum)
