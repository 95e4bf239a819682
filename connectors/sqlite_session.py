"""One connection to a SQLite file, whose authorizer refuses whatever is not reading."""

import json
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from pydantic import JsonValue

from connectors.deadline import too_slow
from connectors.scrub import one_line, without_values
from core.errors import DataChatError, LimitError, StatementError, UpstreamError, UserError
from core.values import Limits, ResultColumn

_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
_SHAPES = frozenset({"table_list", "table_xinfo", "index_list", "index_info", "foreign_key_list"})
_NO_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"})
_NO_TABLES = re.compile(r"(?i)sqlite_(dbpage|stat\d|stmt|temp_)|dbstat|bytecode|tables_used|pragma_")
_LARGEST_VALUE = 50_000_000
_BATCH_BYTES = 8_000_000
_STEPS_BETWEEN_LOOKS = 50_000
_BUSY_SECONDS = 2.0
# Errors that speak of the statement's own words keep them; all others may cite values.
_ABOUT_THE_STATEMENT = re.compile(
    r"no such (column|table|function|module|collation)|near \"|ambiguous column|not authorized|incomplete input"
    r"|misuse of|wrong number of arguments|unrecognized token|row value misused|sub-select returns|SELECTs to the left"
    r"|aggregate functions|GROUP BY|ORDER BY|HAVING|one statement at a time|number of bindings|attempt to write"
)
_GONE = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_CORRUPT", "SQLITE_FULL"})
_DAY = r"\d{4}-\d\d-\d\d"
_WORDS: dict[type, str] = {int: "integer", float: "float", str: "text", bytes: "bytes"}
_FORMS = {
    "date": re.compile(_DAY),
    "timestamp": re.compile(_DAY + r"[ T]\d\d:\d\d.*"),
    "time": re.compile(r"\d\d:\d\d.*"),
}


class SQLiteSession:
    """A `BlockingSession`. `may_ask_for_shapes` is for the catalog, whose statements are ours."""

    errors = (sqlite3.Error,)

    def __init__(self, path: Path, *, may_ask_for_shapes: bool = False) -> None:
        self._may_ask_for_shapes = may_ask_for_shapes
        self._ends = float("inf")
        self._seconds = 0.0
        self._read: set[tuple[str, str]] = set()
        self._path = path
        self._rows: Iterator[tuple[object, ...]] = iter(())
        self._first: list[tuple[object, ...]] = []
        self._cursor: sqlite3.Cursor | None = None
        self._database = self._open(path)

    def wrap(self, error: Exception) -> DataChatError:
        """The house's error, without values."""
        name = str(getattr(error, "sqlite_errorname", ""))
        text = str(error)
        if name == "SQLITE_INTERRUPT":
            return too_slow(self._seconds)
        if name == "SQLITE_TOOBIG" or "too big" in text:
            return LimitError("A value is larger than 50 MB", hint="Ask for fewer or shorter columns")
        if name == "SQLITE_NOTADB":
            return UserError(f"{self._path} is not a SQLite database", hint="Name another file")
        if any(name.startswith(each) for each in _GONE):
            return UpstreamError(f"The SQLite file {self._path} cannot be read now: {one_line(text)}", hint="Try again")
        return StatementError(one_line(text) if _ABOUT_THE_STATEMENT.search(text) else without_values(text))

    def start(self, sql: str, *, parameters: Sequence[JsonValue], limits: Limits) -> Sequence[ResultColumn]:
        """Run up to the first rows, whose values tell the types."""
        self._seconds = limits.seconds
        self._ends = time.monotonic() + limits.seconds
        self._read.clear()
        given = [json.dumps(each) if isinstance(each, list | dict) else each for each in parameters]
        self._cursor = self._database.execute(sql, given)
        if self._cursor.description is None:
            raise StatementError("The statement is not a query", hint="Write a SELECT")
        self._rows = iter(self._cursor)
        self._first = self._some(100)
        return self._columns([str(each[0]) for each in self._cursor.description])

    def fetch(self, count: int) -> Sequence[Sequence[object]]:
        """The next rows, fewer when they are large."""
        rows, self._first = self._first, []
        return rows or self._some(count)

    def interrupt(self) -> None:
        """End the running statement."""
        self._database.interrupt()

    def reset(self) -> None:
        """Close the statement; a SQLite session that may only read keeps nothing else."""
        self._ends = float("inf")
        self._first = []
        if self._cursor:
            self._cursor.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _open(self, path: Path) -> sqlite3.Connection:
        try:
            database = self._connect(path, "mode=ro")
            try:
                database.execute("SELECT 1 FROM sqlite_schema").fetchone()
            except sqlite3.OperationalError:
                # In a folder that cannot be written to, a database with a write-ahead log opens only as one that
                # nobody changes; sensible as long as there is no log that holds newer pages.
                database.close()
                if path.with_name(path.name + "-wal").exists():
                    raise
                database = self._connect(path, "mode=ro&immutable=1")
                database.execute("SELECT 1 FROM sqlite_schema").fetchone()
        except sqlite3.Error as error:
            raise self.wrap(error) from None
        return database

    def _connect(self, path: Path, mode: str) -> sqlite3.Connection:
        database = sqlite3.connect(
            f"file:{quote(str(path))}?{mode}",
            uri=True,
            isolation_level=None,
            timeout=_BUSY_SECONDS,
            check_same_thread=False,
        )
        for setting in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON", "mmap_size = 0"):
            database.execute(f"PRAGMA {setting}")
        for limit, most in (
            (sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE),
            (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
            (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
            (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
            (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
        ):
            database.setlimit(limit, most)
        database.text_factory = _text
        database.set_authorizer(self._authorize)
        database.set_progress_handler(self._too_late, _STEPS_BETWEEN_LOOKS)
        return database

    def _authorize(self, action: int, first: str | None, second: str | None, _: str | None, __: str | None) -> int:
        if action == sqlite3.SQLITE_PRAGMA:
            # Full-text tables ask by themselves whether the file has changed.
            allowed = first == "data_version" or (self._may_ask_for_shapes and first in _SHAPES)
        elif action == sqlite3.SQLITE_FUNCTION:
            allowed = (second or "").lower() not in _NO_FUNCTIONS
        elif action == sqlite3.SQLITE_READ:
            self._read.add((first or "", second or ""))
            allowed = self._may_ask_for_shapes or not _NO_TABLES.match(first or "")
        elif action == sqlite3.SQLITE_UPDATE:
            # So a virtual table is told of on its first use; to change this table really takes a PRAGMA.
            allowed = first == "sqlite_master"
        else:
            allowed = action in _ALLOWED
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    def _too_late(self) -> bool:
        return time.monotonic() > self._ends

    def _some(self, count: int) -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = []
        size = 0
        for row in self._rows:
            rows.append(row)
            size += sum(len(each) for each in row if isinstance(each, str | bytes))
            if len(rows) >= count or size > _BATCH_BYTES:
                break
        return rows

    def _columns(self, names: Sequence[str]) -> Sequence[ResultColumn]:
        read = list(self._read)
        declared = {name: self._declared(name, read) for name in set(names)}
        return [
            ResultColumn(
                name=name, type=_word([row[place] for row in self._first], declared[name]), native=declared[name]
            )
            for place, name in enumerate(names)
        ]

    def _declared(self, name: str, read: Sequence[tuple[str, str]]) -> str:
        """What a column of the result was declared as, where the statement reads only one column of this name."""
        tables = [table for table, column in read if column == name]
        if len(tables) != 1:
            return ""
        self._may_ask_for_shapes, before = True, self._may_ask_for_shapes
        try:
            with closing(
                self._database.execute("SELECT type FROM pragma_table_xinfo(?) WHERE name = ?", (tables[0], name))
            ) as found:
                row = found.fetchone()
        finally:
            self._may_ask_for_shapes = before
        return str(row[0]).lower() if row else ""


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _word(values: Sequence[object], declared: str) -> str:
    """The house's type for the values of a column: what they are counts, what was declared only refines it."""
    kinds = Counter(type(value) for value in values if value is not None)
    wanted = declared_word(declared)
    if not kinds:
        return wanted
    if kinds.keys() == {int, float}:
        return wanted if wanted == "decimal" else "float"
    if len(kinds) > 1:
        return "unknown"
    word = _WORDS[next(iter(kinds))]
    if wanted == "decimal" and word in ("integer", "float"):
        return wanted
    form = _FORMS.get(wanted)
    if form and word == "text" and all(form.fullmatch(str(value)) for value in values if value is not None):
        return wanted
    return word


def declared_word(declared: str) -> str:
    """The house's type for a declared one, by SQLite's own rules of affinity, dates and decimals first."""
    for part, word in (
        ("datetime", "timestamp"),
        ("timestamp", "timestamp"),
        ("date", "date"),
        ("time", "time"),
        ("dec", "decimal"),
        ("numeric", "decimal"),
        ("int", "integer"),
        ("char", "text"),
        ("clob", "text"),
        ("text", "text"),
        ("blob", "bytes"),
        ("real", "float"),
        ("floa", "float"),
        ("doub", "float"),
    ):
        if part in declared:
            return word
    return "unknown"
