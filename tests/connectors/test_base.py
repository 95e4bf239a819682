"""What every connector shares, with sessions that fail in ways no engine does on demand."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import ClassVar

import pytest
from pydantic import JsonValue

from connectors.base import RowsTooLargeError, SessionConnector
from connectors.threads import ThreadSession
from core.catalog import Catalog
from core.errors import DataChatError, LimitError, StatementError, UpstreamError
from core.values import Limits, ResultColumn


class Counting:
    """A session that counts from 1; words in the statement make it misbehave."""

    def __init__(self) -> None:
        self.sql = ""
        self.next = 1
        self.closed = False
        self.dead = False

    async def start(self, sql: str, *, parameters: Sequence[JsonValue], limits: Limits) -> Sequence[ResultColumn]:
        self.sql, self.next = sql, 1
        if "refused" in sql:
            raise StatementError("refused")
        return [ResultColumn(name="n", type="integer")]

    async def fetch(self, count: int) -> Sequence[Sequence[object]]:
        if "wide" in self.sql and self.next > 1:
            raise RowsTooLargeError
        if "hang" in self.sql:
            await asyncio.sleep(60)
        rows = [(self.next + n,) for n in range(count)]
        self.next += count
        return rows

    async def settle(self) -> None:
        if "spoil" in self.sql:
            raise UpstreamError("spoilt")

    def alive(self) -> bool:
        return not self.dead

    async def close(self) -> None:
        self.closed = True


class Counter(SessionConnector):
    """A connector to nothing."""

    dialect: ClassVar[str] = "sqlite"
    sessions: ClassVar[int] = 2
    wait_seconds: ClassVar[float] = 0.1

    def __init__(self) -> None:
        super().__init__(Limits())
        self.opened: list[Counting] = []

    async def open_session(self) -> Counting:
        self.opened.append(Counting())
        return self.opened[-1]

    async def catalog(self) -> Catalog:
        return Catalog(dialect="sqlite", tables=(), search_path=())

    async def ping(self) -> str:
        return "nothing"


async def test_a_session_is_used_again() -> None:
    counter = Counter()
    for sql in ("a", "refused", "b"):
        try:
            await counter.run(sql, limits=Limits(rows=3))
        except StatementError:
            assert sql == "refused"
    assert len(counter.opened) == 1
    await counter.close()
    assert counter.opened[0].closed


async def test_a_session_that_cannot_settle_is_dropped() -> None:
    counter = Counter()
    await counter.run("spoil", limits=Limits(rows=3))
    await counter.run("a", limits=Limits(rows=3))
    assert [session.closed for session in counter.opened] == [True, False]
    await counter.close()


async def test_a_session_that_died_while_idle_is_replaced() -> None:
    counter = Counter()
    await counter.run("a", limits=Limits(rows=3))
    counter.opened[0].dead = True
    await counter.run("a", limits=Limits(rows=3))
    assert [session.closed for session in counter.opened] == [True, False]
    await counter.close()


async def test_rows_that_are_too_large_truncate() -> None:
    counter = Counter()
    result = await counter.run("wide", limits=Limits(rows=10_000))
    assert (len(result.rows), result.truncated) == (500, True)
    await counter.close()


async def test_who_waits_too_long_is_told() -> None:
    counter = Counter()
    hanging = [asyncio.create_task(counter.run("hang", limits=Limits(seconds=1))) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(UpstreamError) as raised:
        await counter.run("a", limits=Limits())
    assert raised.value.code == "busy"
    told = await asyncio.gather(*hanging, return_exceptions=True)
    assert all(isinstance(each, LimitError) for each in told)
    await counter.run("a", limits=Limits(rows=1))
    await counter.close()


async def test_closing_ends_running_and_resting_statements() -> None:
    counter = Counter()
    hanging = asyncio.create_task(counter.run("hang", limits=Limits()))
    resting = counter.stream("a", limits=Limits(rows=10**6))
    await anext(resting)
    await counter.close()
    with pytest.raises(UpstreamError, match="closed"):
        await hanging
    with pytest.raises(UpstreamError, match="closed"):
        await anext(resting)
    assert isinstance(resting, AsyncGenerator)
    await resting.aclose()
    with pytest.raises(UpstreamError, match="closed"):
        await counter.run("a", limits=Limits())
    assert all(session.closed for session in counter.opened)
    await counter.close()


class Stuck:
    """A blocking session that cannot be interrupted."""

    errors = (OSError,)

    def __init__(self, released: list[str]) -> None:
        self.released = released

    def wrap(self, error: Exception) -> DataChatError:
        return UpstreamError("wrapped")

    def start(self, sql: str, *, parameters: Sequence[JsonValue], limits: Limits) -> Sequence[ResultColumn]:
        raise OSError("a secret")

    def fetch(self, count: int) -> Sequence[Sequence[object]]:
        return ()

    def interrupt(self) -> None: ...

    def reset(self) -> None: ...

    def close(self) -> None:
        self.released.append("closed")


async def test_the_drivers_error_does_not_survive() -> None:
    session = await ThreadSession.open(lambda: Stuck([]))
    with pytest.raises(UpstreamError, match="wrapped") as raised:
        await session.start("a", parameters=(), limits=Limits())
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
    await session.close()


async def test_a_connection_that_comes_too_late_is_closed() -> None:
    released: list[str] = []

    def connect() -> Stuck:
        import time

        time.sleep(0.2)
        return Stuck(released)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await ThreadSession.open(connect)
    await asyncio.sleep(0.4)
    assert released == ["closed"]
