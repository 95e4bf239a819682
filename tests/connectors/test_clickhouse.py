"""What is ClickHouse's own, over HTTP and embedded: profiles, logins, late errors, huge blocks, a killed engine."""

import asyncio
import os
import signal
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

pytest.importorskip("clickhouse_connect")

from connectors.clickhouse_errors import statement_failed
from connectors.clickhouse_format import Answer, read
from connectors.clickhouse_statement import refuse_all_but_queries
from connectors.registry import open_connector
from core.errors import LimitError, StatementError, UpstreamError, UserError
from core.values import Limits
from tests.connectors.clickhouse_process import ClickHouse

MANY = Limits(rows=10**7, bytes=10**9)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClickHouse]:
    if find_spec("chdb") is None:
        pytest.skip("chdb is not installed (pip install chdb)")
    server = ClickHouse(tmp_path_factory.mktemp("clickhouse") / "data")
    yield server
    server.stop()


@pytest.mark.engine
@pytest.mark.parametrize("login", ["default", "reader1", "reader2"])
async def test_every_profile_reads_and_none_writes(server: ClickHouse, login: str) -> None:
    connector = await open_connector(server.url(user=login), limits=Limits())
    assert (await connector.run("SELECT 1", limits=Limits())).rows == [[1]]
    for sql in ("SELECT 1 SETTINGS readonly = 0", "SELECT 1 INTO OUTFILE 'x'", "DROP TABLE system.one"):
        with pytest.raises(StatementError):
            await connector.run(sql, limits=Limits())
    with pytest.raises(LimitError, match="took longer"):
        await connector.run(
            "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1", limits=Limits(seconds=0.5)
        )
    await connector.close()
    assert server.execute("SELECT count() FROM system.processes") == ["1\n"]


@pytest.mark.engine
async def test_wrong_logins_and_addresses_are_told_without_secrets(server: ClickHouse) -> None:
    for url, kind in (
        (server.url(password="canary"), UserError),
        (server.url("nonsuch"), UserError),
        (server.url() + "?colour=red", UserError),
        ("clickhouse://default:canary@127.0.0.1:1/", UpstreamError),
        (server.url(password="canary").replace("clickhouse:", "clickhouses:"), UpstreamError),
    ):
        with pytest.raises(kind) as raised:
            await (await open_connector(url, limits=Limits())).ping()
        assert "canary" not in f"{raised.value} {raised.value.hint} {raised.value.__cause__}"  # type: ignore[attr-defined]


@pytest.mark.engine
async def test_an_error_after_rows_were_sent_holds_no_value(server: ClickHouse) -> None:
    connector = await open_connector(server.url(), limits=Limits())
    sql = "SELECT toInt32(if(number = 3000000, 'canary', toString(number))) FROM numbers(4000000)"
    rows = 0
    with pytest.raises(StatementError) as raised:
        async for batch in connector.stream(sql, limits=MANY):
            rows += len(batch.rows)
    assert rows > 1_000_000
    assert "canary" not in str(raised.value)
    await connector.close()


@pytest.mark.engine
async def test_a_block_that_fills_the_memory_is_refused(server: ClickHouse) -> None:
    connector = await open_connector(server.url(), limits=Limits())
    with pytest.raises(LimitError, match="larger than 64 MB"):
        await connector.run("SELECT repeat(repeat('x', 1000000), 100)", limits=Limits())
    await connector.close()


@pytest.mark.engine
async def test_parameters_of_every_type(server: ClickHouse, tmp_path: Path) -> None:
    given = ["a\t'b'\\n\n", 9007199254740993, 1.5, True, None, 2**100]
    sql = "SELECT " + ", ".join(f"{{p{n}:String}} AS c{n}" for n in range(1, 7))
    for url in (server.url(), "chdb://"):
        connector = await open_connector(url, limits=Limits())
        rows = (await connector.run(sql, limits=Limits(), parameters=given)).rows
        assert rows == [["a\t'b'\\n\n", "9007199254740993", 1.5, True, None, str(2**100)]]
        await connector.close()


@pytest.mark.engine
async def test_an_engine_that_was_killed_is_started_anew(server: ClickHouse) -> None:
    connector = await open_connector("chdb://", limits=Limits())
    await connector.ping()
    children = [each for task in Path("/proc/self/task").iterdir() for each in (task / "children").read_text().split()]
    (engine,) = [int(each) for each in children if b"chdb_engine" in Path(f"/proc/{each}/cmdline").read_bytes()]
    running = asyncio.create_task(
        connector.run("SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1", limits=Limits())
    )
    await asyncio.sleep(0.3)
    os.kill(engine, signal.SIGKILL)
    with pytest.raises(UpstreamError):
        await running
    await asyncio.sleep(0.3)
    assert (await connector.run("SELECT 1", limits=Limits())).rows == [[1]]
    await connector.close()
    assert not Path(f"/proc/{engine}").exists()


@pytest.mark.engine
async def test_embedded_files_stay_unwritten_and_folders_are_checked(server: ClickHouse, tmp_path: Path) -> None:
    connector = await open_connector("chdb://", limits=Limits())
    for sql in (f"SELECT 1 INTO OUTFILE '{tmp_path}/eve'", "SELECT 1 FORMAT CSV", "SELECT 1; SELECT 2"):
        with pytest.raises(StatementError):
            await connector.run(sql, limits=Limits())
    assert list(tmp_path.iterdir()) == []
    assert (await connector.run("SELECT ' INTO OUTFILE ' AS a", limits=Limits())).rows == [[" INTO OUTFILE "]]
    await connector.close()
    for url in (f"chdb:///{tmp_path}/nonsuch", "chdb://host/folder", "chdb:///?colour=red"):
        with pytest.raises(UserError):
            await open_connector(url, limits=Limits())


def test_framed_blocks_and_errors_among_the_rows() -> None:
    block = b"\x01\x00\x02\xff\xff\xff\xff\x00" + b"\x01\x02" + b"\x01a" + b"\x05UInt8" + b"\x07\x08"
    late = b"__exception__\r\ntag\r\nCode: 6. DB::Exception: no\n23 tag\r\n__exception__\r\n"
    answer = Answer(chunks=iter([block, block, late]), zone=ZoneInfo("UTC"), describe=list, framed=True, tag="tag")
    columns, rows = read(answer)
    assert [(each.name, each.native) for each in columns] == [("a", "UInt8")]
    got: list[object] = []
    with pytest.raises(Exception, match="Code: 6"):
        for row in rows:
            got.append(row[0])
    assert got == [7, 8, 7, 8]


def test_a_result_that_breaks_off_is_an_error() -> None:
    block = b"\x01\x02" + b"\x01a" + b"\x05UInt8" + b"\x07"
    with pytest.raises(UpstreamError):
        read(Answer(chunks=iter([block]), zone=ZoneInfo("UTC"), describe=list))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Code: 47. DB::Exception: Unknown expression identifier `x` in scope SELECT 'secret'. (UNKNOWN_IDENTIFIER)",
            "`x`",
        ),
        ("Code: 6. DB::Exception: Cannot parse string 'secret' as Int32. (CANNOT_PARSE_TEXT)", "Cannot parse string …"),
        ("Code: 395. DB::Exception: secret: while executing. (FUNCTION_THROW_IF_VALUE_IS_NON_ZERO)", "throw if value"),
        (
            "Code: 117. DB::Exception: Bad secret. (INCORRECT_DATA) (version 25.8.1.1 (official build))",
            "incorrect data",
        ),
    ],
)
def test_errors_keep_names_and_lose_values(text: str, told: str) -> None:
    error = statement_failed(text, seconds=1, place="here")
    assert told in str(error)
    assert "secret" not in str(error)


@pytest.mark.parametrize("sql", ["KILL QUERY WHERE 1", "/* /* */ select */ KILL QUERY WHERE 1", "SYSTEM SHUTDOWN", ""])
def test_only_queries_begin(sql: str) -> None:
    with pytest.raises(StatementError):
        refuse_all_but_queries(sql)
