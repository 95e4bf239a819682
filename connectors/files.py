"""Files as a database: `sales.csv`, a folder or a glob. Each file is a table of a DuckDB database made for that.

Parquet files are read where they lie, through views; texts and workbooks are loaded once, when the connector opens.
What is asked later sees a read-only database, from which no other file can be reached.
"""

import asyncio
import glob
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import duckdb

from connectors.duckdb import DuckDB, open_database
from connectors.files_load import SUFFIXES, Loaded, load
from core.catalog import Catalog, TableName
from core.errors import DataChatError, NotFoundError, UserError
from core.values import Limits

_KINDS = ", ".join(sorted(SUFFIXES))


async def connect(path: str, limits: Limits) -> "Files":
    """Load the file or files of a path; raises NotFoundError or UserError when there is nothing to ask."""
    found = await asyncio.to_thread(_found, path)
    folder = tempfile.TemporaryDirectory(prefix="datachat-files-")
    builder = await asyncio.to_thread(duckdb.connect, str(Path(folder.name) / "files.duckdb"))
    loading = asyncio.ensure_future(asyncio.to_thread(_load_all, builder, found, Path(folder.name)))
    try:
        content = await asyncio.shield(loading)
    except BaseException:
        builder.interrupt()
        await asyncio.wait({loading})
        builder.close()
        folder.cleanup()
        raise
    builder.close()
    database = open_database(Path(folder.name) / "files.duckdb", content.readable)
    return Files(database, Path(path), limits, folder=folder, content=content)


@dataclass(frozen=True)
class Content:
    """What became of the files: tables by name, and the reasons of those that could not be read."""

    tables: Mapping[str, Loaded]
    failed: Mapping[Path, str]

    @property
    def readable(self) -> Sequence[Path]:
        """The files that the views read."""
        return [each.read_in_place for each in self.tables.values() if each.read_in_place]


class Files(DuckDB):
    """A DuckDB database over files."""

    dialect: ClassVar[str] = "duckdb"

    def __init__(
        self,
        database: duckdb.DuckDBPyConnection,
        path: Path,
        limits: Limits,
        *,
        folder: tempfile.TemporaryDirectory[str],
        content: Content,
    ) -> None:
        super().__init__(database, path, limits)
        self._folder = folder
        self._content = content

    async def catalog(self) -> Catalog:
        """The catalog, each table with the size of its file; files that could not be read are hidden, and said."""
        catalog = await super().catalog()
        loaded = self._content.tables
        tables = (
            replace(table, kind="file", bytes=loaded[table.name].bytes, row_estimate=loaded[table.name].rows)
            for table in catalog.tables
        )
        notes = {f"file {each.source}": each.note for each in loaded.values() if each.note}
        failed = {f"file {path.name}": f"not read: {reason}" for path, reason in self._content.failed.items()}
        hidden = tuple(TableName("main", path.name) for path in self._content.failed)
        return replace(catalog, tables=tuple(tables), hidden=hidden, extra={**notes, **failed})

    async def close(self) -> None:
        """Close the database and remove it."""
        await super().close()
        await asyncio.to_thread(self._folder.cleanup)


def _found(path: str) -> Sequence[Path]:
    """The files of a path that can be asked, in order of their names."""
    place = Path(path).expanduser()
    try:
        return _matching(place)
    except (OSError, ValueError):
        raise NotFoundError(f"There is no file {path[:200]!r}", hint=f"The working directory is {Path.cwd()}") from None


def _matching(place: Path) -> Sequence[Path]:
    if place.is_dir():
        files = [
            each for each in sorted(place.iterdir()) if each.is_file() and _suffix(each) and each.name[0] not in ".~"
        ]
        if not files:
            raise UserError(f"The folder {place} holds no file that can be asked", hint=f"These can: {_KINDS}")
        return files
    if place.is_file():
        if not _suffix(place):
            raise UserError(f"{place.name} is of no kind that can be asked", hint=f"These can: {_KINDS}")
        return [place]
    matching = (Path(each) for each in sorted(glob.glob(str(place))))  # noqa: PTH207 (a whole pattern, with its root)
    files = [each for each in matching if _suffix(each) and each.is_file()]
    if not files:
        raise NotFoundError(f"There is no file {place}", hint=f"The working directory is {Path.cwd()}")
    return files


def _suffix(path: Path) -> str:
    name = path.name.lower()
    return next((suffix for suffix in sorted(SUFFIXES, key=len, reverse=True) if name.endswith(suffix)), "")


def _load_all(database: duckdb.DuckDBPyConnection, files: Sequence[Path], folder: Path) -> Content:
    tables: dict[str, Loaded] = {}
    failed: dict[Path, str] = {}
    for number, path in enumerate(files):
        try:
            for loaded in load(database, path.absolute(), _suffix(path), folder / str(number)):
                name = _unique(loaded.wanted, _suffix(path), tables)
                database.execute(f'ALTER {loaded.kind} "{loaded.made}" RENAME TO {_quoted(name)}')
                tables[name] = loaded
        except DataChatError as error:
            if len(files) == 1:
                raise
            failed[path] = error.message
    if not tables:
        raise UserError(f"None of {len(files)} files can be read: {next(iter(failed.values()))}")
    return Content(tables, failed)


def _unique(wanted: str, suffix: str, taken: Mapping[str, Loaded]) -> str:
    """A name that no other table has, without regard to case, as DuckDB compares names."""
    folded = {name.lower() for name in taken}
    second = wanted + suffix.replace(".", "_")
    candidates = (wanted, second, *(f"{wanted}_{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in candidates if name.lower() not in folded)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
