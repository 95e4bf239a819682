"""One connection to MySQL or MariaDB. Before every statement its fences are set anew:

    SET ...read only, strict mode, UTC, a timeout and a row limit in the server     start
    START TRANSACTION READ ONLY
    PREPARE SELECT 1 FROM (statement) AS gate: parsed, not run
    the statement, read row by row
    COM_RESET_CONNECTION: rolls back, drops temporary tables, variables and locks   reset

The gate is what the statement must fit into: between these parentheses MySQL admits nothing but a query, so INTO
OUTFILE, INTO @variable and FOR UPDATE end there. Parameters travel through PREPARE and EXECUTE, so that the server
binds them. What a session cannot stop is left to the guard and to the login's rights: LOAD_FILE for who has the FILE
privilege.
"""

import contextlib
import re
import socket
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import pymysql
from pydantic import JsonValue
from pymysql.connections import Connection
from pymysql.constants import ER

from connectors.mysql_errors import is_lost, statement_failed
from connectors.mysql_values import result_column
from core.errors import DataChatError, LimitError, StatementError
from core.values import Limits, ResultColumn

PATIENCE = 5.0
"""Seconds for everything but statements: to connect, to reset, to kill."""
_COM_RESET_CONNECTION = 0x1F
_PACKET_BYTES = 0xFFFFFF
_BEFORE_THE_FIRST_WORD = r"(?:\s|/\*(?!M?!)[\s\S]*?\*/|--\s[^\n]*(?:\n|$)|\#[^\n]*(?:\n|$)|\()*"
_TELLS = re.compile(rf"{_BEFORE_THE_FIRST_WORD}(?:show|explain|describe|desc)\b", re.IGNORECASE)
_QUERY = re.compile(rf"{_BEFORE_THE_FIRST_WORD}(?:select|with|values|table)\b", re.IGNORECASE)
# These modes change what a text means: which quotes make a name, what || does. The guard reads MySQL's default.
_MODES = "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"


class Wire(Connection):
    """PyMySQL's connection with what a fenced session needs besides."""

    _read_timeout: float | None
    _sock: socket.socket | None
    _result: Any
    _pieces = 0

    def wait_at_most(self, seconds: float) -> None:
        """How long to wait for a packet."""
        self._read_timeout = seconds

    def columns(self) -> list[ResultColumn]:
        """The columns of the running statement."""
        fields = self._result.fields if self._result.field_count else ()
        return [
            result_column(each.name, code=each.type_code, flags=each.flags, charset=each.charsetnr) for each in fields
        ]

    def next_row(self) -> Sequence[object] | None:
        """The next row of the running statement."""
        return self._result._read_rowdata_packet_unbuffered()

    @property
    def is_reading(self) -> bool:
        """Whether the running statement has rows left."""
        return bool(self._result and self._result.unbuffered_active)

    def reset(self) -> None:
        """Make the session as new."""
        cast(Any, self)._execute_command(_COM_RESET_CONNECTION, b"")
        self._read_packet()

    def hang_up(self) -> None:
        """Wake a thread that waits for the server, by ending the connection under it."""
        if self._result:
            # PyMySQL would read the rest of an abandoned result when it is collected.
            self._result.unbuffered_active = False
        with contextlib.suppress(OSError):
            if self._sock:
                self._sock.shutdown(socket.SHUT_RDWR)

    def _read_bytes(self, num_bytes: int) -> bytes:
        # A row comes in pieces of 16 MB, which PyMySQL joins: it must not fill the memory.
        self._pieces = self._pieces + (num_bytes == _PACKET_BYTES) if num_bytes != 4 else self._pieces
        if self._pieces > 1:
            self.hang_up()
            raise LimitError(
                f"One row is larger than {2 * _PACKET_BYTES // 1_000_000} MB",
                hint="Select fewer or shorter columns, e.g. left(column, 1000)",
            )
        return cast(Any, super())._read_bytes(num_bytes)


class MySQLSession:
    """A `BlockingSession` of MySQL or MariaDB; `connect` opens a connection, also the second one that kills."""

    errors: tuple[type[Exception], ...] = (pymysql.MySQLError, OSError, RuntimeError, UnicodeDecodeError)

    def __init__(self, connect: Callable[[], Wire], *, place: str) -> None:
        self._connect = connect
        self._place = place
        self._wire = connect()
        self._seconds = PATIENCE

    def wrap(self, error: Exception) -> DataChatError:
        """The house's error for one of the driver."""
        return statement_failed(error, seconds=self._seconds, place=self._place)

    def start(self, sql: str, *, parameters: Sequence[JsonValue], limits: Limits) -> Sequence[ResultColumn]:
        """Set the fences and start one query."""
        if not (_QUERY.match(sql) or _TELLS.match(sql)):
            raise StatementError("The statement is not a query", hint="Write a SELECT")
        self._seconds = limits.seconds
        try:
            self._fence(limits)
        except self.errors as error:
            if not is_lost(error):
                raise
            # The server closed an idle connection; nothing of the statement was sent yet.
            self._wire = self._connect()
            self._fence(limits)
        self._gate(sql)
        self._wire.wait_at_most(limits.seconds + PATIENCE)
        self._wire.query(self._bound(sql, parameters) if parameters else sql, unbuffered=True)
        columns = self._wire.columns()
        if not columns:
            raise StatementError("The statement returned no rows to read", hint="Write a SELECT")
        return columns

    def fetch(self, count: int) -> Sequence[Sequence[object]]:
        """The next rows."""
        rows: list[Sequence[object]] = []
        while len(rows) < count and (row := self._wire.next_row()) is not None:
            rows.append(row)
        return rows

    def interrupt(self) -> None:
        """End the running statement over a second connection; if the server does not listen, end the first one."""
        try:
            self._kill()
        except (*self.errors, DataChatError):
            self._wire.hang_up()

    def reset(self) -> None:
        """End what still sends rows, and forget everything."""
        self._wire.wait_at_most(PATIENCE)
        if self._wire.is_reading:
            self._kill()
            with contextlib.suppress(pymysql.OperationalError):
                while self._wire.next_row() is not None:
                    pass
        self._wire.reset()

    def close(self) -> None:
        """Close the connection."""
        self._wire.hang_up()
        with contextlib.suppress(pymysql.Error):
            self._wire.close()

    def _kill(self) -> None:
        with contextlib.closing(self._connect()) as killer:
            killer.query(f"KILL QUERY {int(cast(Any, self._wire).thread_id())}")

    def _fence(self, limits: Limits) -> None:
        self._wire.wait_at_most(PATIENCE)
        self._wire.query(f"SET NAMES utf8mb4, {', '.join(f'{k} = {v}' for k, v in self._settings(limits).items())}")
        self._wire.query("START TRANSACTION READ ONLY")

    def _gate(self, sql: str) -> None:
        """Have the server parse the statement where only a query fits; SHOW and its kin need no gate."""
        if _TELLS.match(sql):
            return
        gated = f"SELECT 1 FROM (\n{sql.rstrip().rstrip(';')}\n) AS gate LIMIT 0"
        try:
            self._wire.query(f"PREPARE datachat_gate FROM {self._wire.escape(gated)}")
        except pymysql.MySQLError as error:
            # Columns of the same name are none of the gate's business, and a reason why nothing was prepared.
            if error.args[0] != ER.DUP_FIELDNAME:
                raise

    def _settings(self, limits: Limits) -> Mapping[str, str]:
        mariadb = "mariadb" in str(cast(Any, self._wire).get_server_info()).lower()
        # One spare second: the client's own deadline speaks first, and this one holds when the client is gone.
        longest, most = (
            ("max_statement_time", limits.seconds + 1)
            if mariadb
            else ("max_execution_time", round(1000 * limits.seconds) + 1000)
        )
        return {
            "tx_read_only" if mariadb else "transaction_read_only": "1",
            "sql_mode": f"concat('{_MODES}', if(@@sql_mode LIKE '%ONLY_FULL_GROUP_BY%', ',ONLY_FULL_GROUP_BY', ''))",
            "time_zone": "'+00:00'",
            "group_concat_max_len": str(limits.cell_bytes + 1),
            "sql_select_limit": str(limits.rows + 1),
            longest: f"if(@@{longest} BETWEEN 0.001 AND {most}, @@{longest}, {most})",
        }

    def _bound(self, sql: str, parameters: Sequence[JsonValue]) -> str:
        names = [f"@datachat_{n}" for n in range(len(parameters))]
        values = [self._wire.escape(value) for value in parameters]
        pairs = ", ".join(f"{name} = {value}" for name, value in zip(names, values, strict=True))
        self._wire.query(f"SET {pairs}, @datachat = {self._wire.escape(sql)}")
        self._wire.query("PREPARE datachat FROM @datachat")
        return f"EXECUTE datachat USING {', '.join(names)}"
