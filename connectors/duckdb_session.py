"""One statement at a time on DuckDB, each on a connection of its own, so that nothing of one reaches the next."""

from collections.abc import Callable, Sequence, Sized
from pathlib import Path
from typing import cast

import duckdb
from pydantic import JsonValue

from connectors.deadline import too_slow
from connectors.duckdb_values import narrowed, passage, result_column
from connectors.scrub import one_line, without_values
from core.errors import DataChatError, LimitError, StatementError, UpstreamError
from core.values import Cell, Limits, ResultColumn

_BATCH_BYTES = 8_000_000
_FIRST_ROWS = 20
_ABOUT_THE_STATEMENT = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ParserException,
    duckdb.SyntaxException,
    duckdb.PermissionException,
    duckdb.NotImplementedException,
)
_GONE = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.ConnectionException)


class DuckDBSession:
    """A `BlockingSession` on an open database.

    A statement must be one query, by its type and by its place: it runs as `SELECT ... FROM (statement)`, in which the
    grammar admits nothing that writes. What it could still leave in its connection ends with that connection.
    """

    errors = (duckdb.Error,)

    def __init__(self, database: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._database = database
        self._path = path
        self._connection = database.cursor()
        self._seconds = 0.0
        self._to_cells: list[Callable[[object], Cell]] = []
        self._widest = 0

    def wrap(self, error: Exception) -> DataChatError:
        """The house's error, without values and without the text of the statement."""
        text = str(error).split("\n\n", 1)[0]
        if isinstance(error, duckdb.InterruptException):
            return too_slow(self._seconds)
        if isinstance(error, duckdb.OutOfMemoryException):
            return LimitError(
                "The statement needs more memory than it may take", hint="Ask for less, e.g. a shorter period"
            )
        if isinstance(error, _GONE):
            return UpstreamError(f"DuckDB cannot read {self._path} now: {one_line(text)}", hint="Try again")
        if isinstance(error, _ABOUT_THE_STATEMENT):
            return StatementError(one_line(text))
        return StatementError(without_values(text))

    def start(self, sql: str, *, parameters: Sequence[JsonValue], limits: Limits) -> Sequence[ResultColumn]:
        """Learn the columns, then start; rows are made as they are fetched."""
        self._seconds = limits.seconds
        self._widest = 0
        given = list(parameters) or None
        kind, sql = self._single(sql)
        if kind == duckdb.StatementType.EXPLAIN:
            described = self._connection.execute(sql, given).description or []
            self._to_cells = [passage(each[1]).to_cell for each in described]
            return [result_column(each[0], each[1]) for each in described]
        found = self._connection.execute(f"DESCRIBE (\n{sql}\n)", given).fetchall()
        kinds = [self._connection.sqltype(each[1]) for each in found]
        self._to_cells = [passage(each).to_cell for each in kinds]
        places = [f"c{n}" for n in range(len(kinds))]
        cells = (narrowed(place, each, limits.cell_bytes) for place, each in zip(places, kinds, strict=True))
        self._connection.execute(f"SELECT {', '.join(cells)} FROM (\n{sql}\n) AS gate ({', '.join(places)})", given)
        return [result_column(each[0], kind) for each, kind in zip(found, kinds, strict=True)]

    def fetch(self, count: int) -> Sequence[Sequence[object]]:
        """The next rows, fewer when they are large."""
        fitting = _BATCH_BYTES // self._widest if self._widest else _FIRST_ROWS
        rows = self._connection.fetchmany(max(1, min(count, fitting)))
        self._widest = max((_width(row) for row in rows), default=1) + 1
        return [[to_cell(each) for to_cell, each in zip(self._to_cells, row, strict=True)] for row in rows]

    def interrupt(self) -> None:
        """End the running statement."""
        self._connection.interrupt()

    def reset(self) -> None:
        """Leave the connection with all it holds, and take a new one."""
        self._connection.close()
        self._connection = self._database.cursor()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _single(self, sql: str) -> tuple[duckdb.StatementType, str]:
        statements = self._connection.extract_statements(sql)
        if len(statements) != 1:
            raise StatementError(f"One statement is expected, not {len(statements)}")
        (statement,) = statements
        # PIVOT is of the kind MULTI.
        allowed = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI)
        if statement.type not in allowed:
            raise StatementError("The statement is not a query", hint="Write a SELECT")
        return statement.type, statement.query.rstrip().rstrip(";")


def _width(row: Sequence[object]) -> int:
    return sum(len(cast(Sized, each)) for each in row if isinstance(each, str | bytes | list | dict))
