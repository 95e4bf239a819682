"""ClickHouse's Native format: blocks of columns, decoded by clickhouse-connect, become rows."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, cast

from clickhouse_connect.datatypes.registry import get_from_name
from clickhouse_connect.driver import ctypes
from clickhouse_connect.driver.exceptions import Error, StreamCompleteException
from clickhouse_connect.driver.query import QueryContext
from clickhouse_connect.driver.transform import extract_error_message, extract_exception_with_tag

from connectors.clickhouse_types import restore, texts, word
from core.errors import LimitError, StatementError, UpstreamError
from core.values import ResultColumn

BLOCK_BYTES = 64_000_000
_ZONELESS = re.compile(r"\bDateTime\b(?!\()")
_BRINGS_TYPES = re.compile(r"\b(Dynamic|Variant|JSON|Object|Geometry)\b")

Described = Sequence[tuple[str, str]]


class ServerError(Exception):
    """The server's own error text, met inside a result."""


@dataclass(frozen=True)
class Answer:
    """The bytes of one result. `framed` blocks begin with a block info; `tag` marks an error among the rows.

    `zone` is the server's; `describe` asks the server for names and types of the result's columns.
    """

    chunks: Iterable[bytes]
    zone: tzinfo
    describe: Callable[[], Described]
    framed: bool = False
    tag: str | None = None


@dataclass(frozen=True)
class _Block:
    names: Sequence[str]
    types: Sequence[str]
    columns: Sequence[Sequence[Any]]


def read(answer: Answer) -> tuple[list[ResultColumn], Iterator[Sequence[object]]]:
    """The columns of a result, and its rows as they come; raises ServerError where the server broke off."""
    blocks = _blocks(answer)
    first = next(blocks, None)
    described: Described = () if first is None else list(zip(first.names, first.types, strict=True))
    # An empty result has no block, and an old protocol drops the zone of `DateTime('Europe/Berlin')` from the blocks.
    if first is None or (not answer.framed and any(_ZONELESS.search(native) for native in first.types)):
        described = answer.describe() or described
    columns = [ResultColumn(name=name, type=word(get_from_name(native)), native=native) for name, native in described]
    if first is None:
        return columns, iter(())
    return columns, _rows(first, blocks, [native for _, native in described], answer.zone)


def _rows(first: _Block, rest: Iterator[_Block], types: Sequence[str], zone: tzinfo) -> Iterator[Sequence[object]]:
    restores = [texts if _BRINGS_TYPES.search(native) else restore(get_from_name(native), zone) for native in types]
    block: _Block | None = first
    del first
    while block:
        pairs = zip(restores, block.columns, strict=True)
        rows = zip(*[map(meaning, column) if meaning else column for meaning, column in pairs], strict=True)
        # A spent block is gone before the next one is read: there is never more than one in memory.
        del block, pairs
        yield from rows
        del rows
        block = next(rest, None)


def _blocks(answer: Answer) -> Iterator[_Block]:
    source = _Source(answer)
    buffer = cast(Any, ctypes).RespBuffCls(source)
    contexts = _contexts(answer.zone)
    while True:
        source.allowance = BLOCK_BYTES
        try:
            if answer.framed:
                buffer.read_bytes(8)
            count: int = buffer.read_leb128()
        except StreamCompleteException:
            _raise_server_error(buffer, answer.tag)
            return
        try:
            yield _block(buffer, count, contexts)
        except (StreamCompleteException, Error, ValueError, LookupError):
            _raise_server_error(buffer, answer.tag)
            raise UpstreamError("The connection broke off inside the result", hint="Try again") from None


def _contexts(zone: tzinfo) -> tuple[QueryContext, QueryContext]:
    """How to decode a column of one known type, and one whose values bring their own."""
    own = {"String": "bytes", "IPv.": "string"}
    ticks = {"DateTime": "int", "Time": "int"}
    return QueryContext(query_formats=own | ticks), QueryContext(
        query_formats=own, server_tz=zone, apply_server_tz=True
    )


def _block(buffer: Any, count: int, contexts: tuple[QueryContext, QueryContext]) -> _Block:
    rows: int = buffer.read_leb128()
    names: list[str] = []
    types: list[str] = []
    columns: list[Sequence[Any]] = []
    for _ in range(count):
        name, native = buffer.read_leb128_str(), buffer.read_leb128_str()
        _refuse_states(name, native)
        context = contexts[bool(_BRINGS_TYPES.search(native))]
        names.append(name)
        types.append(native)
        columns.append(cast(Any, get_from_name(native)).read_column(buffer, rows, context) if rows else ())
    return _Block(names, types, columns)


class _Source:
    """What the decoder reads from; it stops a block that is too large to hold."""

    def __init__(self, answer: Answer) -> None:
        self.allowance = BLOCK_BYTES
        self.exception_tag = answer.tag
        self.gen = self._metered(answer.chunks)

    def _metered(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.allowance -= len(chunk)
            if self.allowance < 0:
                raise block_too_large()
            yield chunk

    def close(self) -> None:
        """Nothing: the session closes what it opened."""


def block_too_large() -> LimitError:
    """The error of rows that are too large to hold."""
    return LimitError(
        f"One block of rows is larger than {BLOCK_BYTES // 1_000_000} MB",
        hint="Select fewer or shorter columns, e.g. substring(column, 1, 1000)",
    )


def _raise_server_error(buffer: Any, tag: str | None) -> None:
    message: bytes = buffer.last_message or b""
    text = extract_exception_with_tag(message, tag) if tag else None
    if text is None and b"Code: " in message[-1024:]:
        text = extract_error_message(message)
    if text:
        raise ServerError(text)


def _refuse_states(name: str, native: str) -> None:
    if native.startswith("AggregateFunction("):
        raise StatementError(
            f"Column {name} holds unfinished states of an aggregate ({native})",
            hint="Finish them with the function's -Merge form, e.g. sumMerge(column)",
        )
