"""What every connector must do, on every engine. An engine that cannot says so in `gaps`."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Callable

import anyio
import pytest

from connectors.base import SessionConnector
from connectors.registry import open_connector
from core.catalog import Table, TableName
from core.errors import LimitError, StatementError
from core.ports import Connector
from core.values import Limits, Result
from sql.lineage import flow_of
from tests.connectors.engine import Engine

NAMES = (
    "order",
    "Mixed Case",
    'quo"te',
    "apos'trophe",
    "back`tick",
    "käse 表 🐘",
    "per%cent",
    "semi;colon",
    "a.b",
    "back\\slash",
)


async def table(shop: Connector, name: str) -> Table:
    """The table of the shop."""
    return next(each for each in (await shop.catalog()).tables if each.name == name)


async def test_is_a_connector(engine: Engine, shop: Connector) -> None:
    assert isinstance(shop, Connector)
    assert shop.dialect == engine.dialect


async def test_ping_names_engine_and_version(engine: Engine, shop: Connector) -> None:
    version = await shop.ping()
    assert any(letter.isdigit() for letter in version)
    assert (await shop.catalog()).engine == version


async def test_catalog_holds_the_tables(engine: Engine, shop: Connector) -> None:
    catalog = await shop.catalog()
    kinds = {each.name: each.kind for each in catalog.tables}
    assert kinds == {"customers": "table", "orders": "table", "lines": "table", "spenders": "view"}
    assert {each.schema for each in catalog.tables} == {engine.facts.schema}
    assert catalog.search_path[0] == engine.facts.schema
    assert catalog.dialect == engine.dialect
    assert catalog.hidden == ()


async def test_catalog_columns(engine: Engine, shop: Connector) -> None:
    customers = await table(shop, "customers")
    assert [each.name for each in customers.columns] == ["id", "name", "email", "city", "secret"]
    assert [each.nullable for each in customers.columns][1:] == [False, True, True, True]
    assert all(each.type for each in customers.columns)
    spenders = await table(shop, "spenders")
    assert [each.name for each in spenders.columns] == ["name", "total"]


async def test_catalog_tells_what_a_view_is_made_of(engine: Engine, shop: Connector) -> None:
    catalog = await shop.catalog()
    definition = (await table(shop, "spenders")).definition
    assert definition and (await table(shop, "customers")).definition is None
    flow = flow_of(definition, catalog, catalog.dialect)
    assert flow
    assert {name: {f"{each.table.name}.{each.column}" for each in made} for name, made in flow.outputs} == {
        "name": {"customers.name"},
        "total": {"orders.amount"},
    }


async def test_catalog_primary_keys(engine: Engine, shop: Connector) -> None:
    for name, key in (engine.facts.primary_keys or {}).items():
        assert (await table(shop, name)).primary_key == key


async def test_catalog_unique_keys(engine: Engine, shop: Connector) -> None:
    for name, keys in (engine.facts.unique_keys or {}).items():
        assert (await table(shop, name)).unique_keys == keys


async def test_catalog_foreign_keys(engine: Engine, shop: Connector) -> None:
    (key,) = (await table(shop, "orders")).foreign_keys if engine.facts.foreign_keys else (None,)
    if key:
        assert key.columns == ("customer_id",)
        assert key.table == TableName(engine.facts.schema, "customers")
        assert key.referenced_columns == ("id",)


async def test_catalog_comments(engine: Engine, shop: Connector) -> None:
    customers = await table(shop, "customers")
    email = customers.column("email")
    expected = ("People who buy", "Where to write") if engine.facts.comments else (None, None)
    assert (customers.comment, email and email.comment) == expected


async def test_catalog_defaults(engine: Engine, shop: Connector) -> None:
    city = (await table(shop, "customers")).column("city")
    assert city is not None
    assert (city.default or "").startswith(engine.facts.default or "")


async def test_catalog_row_estimates(engine: Engine, shop: Connector) -> None:
    estimate = (await table(shop, "customers")).row_estimate
    assert estimate == (3 if engine.facts.row_estimates else None)


async def test_catalog_fingerprint_is_stable(engine: Engine, shop: Connector) -> None:
    assert (await shop.catalog()).fingerprint == (await shop.catalog()).fingerprint


async def test_an_estimate_grows_with_what_is_read(shop: Connector, limits: Limits) -> None:
    one = await shop.estimate("SELECT name FROM customers", limits=limits)
    three = await shop.estimate("SELECT a.name FROM customers a CROSS JOIN customers b, customers c", limits=limits)
    assert one is not None and three is not None
    assert 1 <= (one.rows or 0) < (three.rows or 0)


async def test_an_estimate_runs_nothing(engine: Engine, shop: Connector, limits: Limits) -> None:
    for statement in engine.writes:
        with contextlib.suppress(StatementError):
            await shop.estimate(statement, limits=limits)
    assert await shop.estimate("ANALYZE SELECT name FROM customers", limits=limits) is None
    assert len((await shop.run("SELECT name FROM customers", limits=limits)).rows) == 3


async def test_catalog_of_an_empty_database(engine: Engine, limits: Limits) -> None:
    connector = await open_connector(engine.create("empty", ()), limits=limits)
    assert (await connector.catalog()).tables == ()
    await connector.close()


async def test_any_name_works(engine: Engine, limits: Limits) -> None:
    names = ["".join(letter for letter in name if letter not in engine.unnameable).strip() for name in NAMES]
    script = [f"CREATE TABLE {engine.quote(name)} ({engine.quote(name)} INTEGER, b INTEGER)" for name in names]
    script += [f"INSERT INTO {engine.quote(name)} VALUES (1, {place})" for place, name in enumerate(names)]
    connector = await open_connector(engine.create("names", script), limits=limits)
    catalog = await connector.catalog()
    assert {each.name for each in catalog.tables} == set(names)
    assert {each.columns[0].name for each in catalog.tables} == set(names)
    for place, name in enumerate(names):
        result = await connector.run(f"SELECT {engine.quote(name)}, b FROM {engine.quote(name)}", limits=limits)
        assert result.rows == [[1, place]]
        assert result.columns[0].name == name
    await connector.close()


async def test_same_table_in_two_schemas(engine: Engine, limits: Limits) -> None:
    second = engine.second_schema()
    if second is None:
        return
    schema, script = second
    connector = await open_connector(engine.create("schemas", [*engine.shop(), *script]), limits=limits)
    catalog = await connector.catalog()
    assert {each.schema for each in catalog.candidates("customers")} == {engine.facts.schema, schema}
    assert [each.name for each in catalog.by_name[TableName(schema, "customers")].columns] == ["id", "moved"]
    assert catalog.candidates("customers")[0].schema == engine.facts.schema
    await connector.close()


async def test_values_keep_their_meaning(engine: Engine, shop: Connector, limits: Limits) -> None:
    assert engine.samples
    got = [await shop.run(f"SELECT {sample.sql} AS v", limits=limits) for sample in engine.samples]
    assert [(each.sql, each.cell, each.type) for each in engine.samples] == [
        (sample.sql, result.rows[0][0], result.columns[0].type)
        for sample, result in zip(engine.samples, got, strict=True)
    ]
    for result in got:
        Result.model_validate_json(result.model_dump_json())


async def test_rows_and_columns(engine: Engine, shop: Connector, limits: Limits) -> None:
    result = await shop.run("SELECT id, name FROM customers ORDER BY id", limits=limits)
    assert result.rows == [[1, "Ada"], [2, "Grace"], [3, "Linus"]]
    assert [(each.name, each.type) for each in result.columns] == [("id", "integer"), ("name", "text")]
    assert not result.truncated
    assert result.ms > 0


async def test_no_rows_still_have_columns(engine: Engine, shop: Connector, limits: Limits) -> None:
    result = await shop.run("SELECT id, name FROM customers WHERE id = 4", limits=limits)
    assert result.rows == []
    assert [each.name for each in result.columns] == ["id", "name"]


async def test_same_name_twice(engine: Engine, shop: Connector, limits: Limits) -> None:
    result = await shop.run("SELECT 1 AS a, 2 AS a", limits=limits)
    assert result.rows == [[1, 2]]


async def test_parameters(engine: Engine, shop: Connector, limits: Limits) -> None:
    first, second = (getattr(shop, "placeholder").format(n=n) for n in (1, 2))  # noqa: B009
    sql = f"SELECT name FROM customers WHERE name = {first} OR id = {second} ORDER BY id"
    result = await shop.run(sql, limits=limits, parameters=["Ada' OR 1=1 --", 3])
    assert result.rows == [["Linus"]]


async def test_percent_and_question_mark_are_text(engine: Engine, shop: Connector, limits: Limits) -> None:
    result = await shop.run("SELECT name, '? %s :a $1' AS v FROM customers WHERE name LIKE '%in%'", limits=limits)
    assert result.rows == [["Linus", "? %s :a $1"]]


async def test_comments_and_semicolon_at_the_end(engine: Engine, shop: Connector, limits: Limits) -> None:
    assert (await shop.run("/* why */ SELECT 1 AS a -- because", limits=limits)).rows == [[1]]
    assert (await shop.run("SELECT 1 AS a;", limits=limits)).rows == [[1]]


async def test_writes_are_refused(engine: Engine, limits: Limits) -> None:
    url = engine.create("refused", engine.shop())
    connector = await open_connector(url, limits=limits)
    before = await state(connector, limits)
    for sql in engine.writes:
        with pytest.raises(StatementError):
            await connector.run(sql, limits=limits)
        assert await state(connector, limits) == before, sql
    await connector.close()


async def state(connector: Connector, limits: Limits) -> tuple[str, list[list[object]]]:
    """Shape and rows of the shop."""
    rows = (await connector.run("SELECT * FROM customers ORDER BY id", limits=limits)).rows
    return (await connector.catalog()).fingerprint, [list[object](row) for row in rows]


async def test_timeout_cancels_in_the_database(engine: Engine, shop: Connector, shop_url: str) -> None:
    started = time.monotonic()
    with pytest.raises(LimitError) as raised:
        await shop.run(engine.slow, limits=Limits(seconds=0.5))
    assert time.monotonic() - started < 2.5
    assert raised.value.code == "timeout"
    await until(lambda: not engine.running(shop_url))
    assert (await shop.run("SELECT 1 AS a", limits=Limits())).rows == [[1]]


async def test_cancelled_task_leaves_nothing_running(engine: Engine, shop: Connector, shop_url: str) -> None:
    for delay in (0.0, 0.001, 0.01, 0.05, 0.3):
        task = asyncio.create_task(shop.run(engine.slow, limits=Limits(seconds=60)))
        await asyncio.sleep(delay)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: not engine.running(shop_url))
        assert (await shop.run("SELECT 1 AS a", limits=Limits())).rows == [[1]]


async def test_cancelled_more_often_than_sessions(engine: Engine, shop: Connector, shop_url: str) -> None:
    for _ in range(20):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await shop.run(engine.slow, limits=Limits(seconds=60))
        await asyncio.sleep(0.1)
    await until(lambda: not engine.running(shop_url))
    assert (await shop.run("SELECT 1 AS a", limits=Limits())).rows == [[1]]


async def test_closed_stream_leaves_nothing_running(engine: Engine, shop: Connector, shop_url: str) -> None:
    batches = shop.stream(engine.ten_million, limits=Limits(rows=10**8, bytes=10**10))
    assert isinstance(batches, AsyncGenerator)
    async for batch in batches:
        assert batch.rows[0][0] in (0, 1)
        break
    await batches.aclose()
    await until(lambda: not engine.running(shop_url))
    assert (await shop.run("SELECT 1 AS a", limits=Limits())).rows == [[1]]


async def until(holds: Callable[[], bool]) -> None:
    """Wait for something to hold: far longer than it takes, and far shorter than the statements run."""
    end = time.monotonic() + 15
    while not holds():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


async def test_row_cap(engine: Engine, shop: Connector) -> None:
    sql = "SELECT id FROM customers ORDER BY id"
    cut = await shop.run(sql, limits=Limits(rows=2))
    assert (cut.rows, cut.truncated) == ([[1], [2]], True)
    whole = await shop.run(sql, limits=Limits(rows=3))
    assert (len(whole.rows), whole.truncated) == (3, False)


async def test_first_rows_of_ten_million_come_at_once(engine: Engine, shop: Connector) -> None:
    taken: list[float] = []
    # The best of several, because other work on the machine is not what is measured.
    while not taken or (taken[-1] >= 1 and len(taken) < 5):
        started = time.monotonic()
        result = await shop.run(engine.ten_million, limits=Limits(rows=1000))
        assert (len(result.rows), result.truncated) == (1000, True)
        taken.append(time.monotonic() - started)
    assert min(taken) < 1


async def test_byte_cap(engine: Engine, shop: Connector) -> None:
    result = await shop.run(engine.ten_million, limits=Limits(rows=10**6, bytes=50_000))
    assert result.truncated
    assert 300 < len(result.rows) < 500


async def test_large_cell_is_cut_and_counted(engine: Engine, shop: Connector) -> None:
    sql = f"SELECT 1 AS a, {engine.wide.format(length=5_000_000)} AS b"
    result = await shop.run(sql, limits=Limits(cell_bytes=1000))
    assert (result.rows, result.cut_cells, result.truncated) == ([[1, "x" * 1000 + "…"]], 1, False)


async def test_stream_comes_in_batches(engine: Engine, shop: Connector) -> None:
    batches = [batch async for batch in shop.stream(engine.ten_million, limits=Limits(rows=2500, bytes=10**8))]
    assert sum(len(batch.rows) for batch in batches) == 2500
    assert len(batches) > 1
    assert [batch.truncated for batch in batches[:-1]] == [False] * (len(batches) - 1)
    assert batches[-1].truncated
    assert all(len(batch.columns) == 2 for batch in batches)


async def test_unknown_column_keeps_its_name(engine: Engine, shop: Connector, limits: Limits) -> None:
    with pytest.raises(StatementError, match="nonsuch"):
        await shop.run("SELECT nonsuch FROM customers", limits=limits)


async def test_unknown_table_keeps_its_name(engine: Engine, shop: Connector, limits: Limits) -> None:
    with pytest.raises(StatementError, match="nonsuch"):
        await shop.run("SELECT 1 FROM nonsuch", limits=limits)


async def test_syntax_error(engine: Engine, shop: Connector, limits: Limits) -> None:
    for sql in ("SELEC 1", "", "   ", "-- nothing", "SELECT 'unfinished"):
        with pytest.raises(StatementError):
            await shop.run(sql, limits=limits)


async def test_errors_hold_no_values(engine: Engine, shop: Connector) -> None:
    for sql in filter(None, (engine.cites_value, engine.fails_late)):
        with pytest.raises(StatementError) as raised:
            await shop.run(sql, limits=Limits(rows=10**6))
        told: BaseException | None = raised.value
        while told:
            assert "secret-" not in f"{told} {getattr(told, 'hint', '')}"
            told = told.__cause__ or (None if told.__suppress_context__ else told.__context__)


async def test_nul_byte_is_refused(engine: Engine, shop: Connector, limits: Limits) -> None:
    with pytest.raises(StatementError):
        await shop.run("SELECT '\x00'", limits=limits)


async def test_sixteen_at_once(engine: Engine, shop_url: str, limits: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    # Eight wait for the sessions of the other eight, which a busy machine may take long to open.
    monkeypatch.setattr(SessionConnector, "wait_seconds", limits.seconds)
    connector = await open_connector(shop_url, limits=limits)
    results = await asyncio.gather(*(connector.run(f"SELECT {number} AS a", limits=limits) for number in range(16)))
    assert [each.rows[0][0] for each in results] == list(range(16))
    await connector.close()


async def test_close_ends_what_runs_and_may_be_repeated(engine: Engine, shop_url: str, limits: Limits) -> None:
    connector = await open_connector(shop_url, limits=limits)
    task = asyncio.create_task(connector.run(engine.slow, limits=Limits(seconds=60)))
    await asyncio.sleep(0.3)
    task.cancel()
    await connector.close()
    # A server may need a moment to see that nobody listens any more.
    await until(lambda: not engine.running(shop_url))
    await connector.close()


async def test_a_cancelled_scope_leaves_nothing_running(engine: Engine, shop: Connector, shop_url: str) -> None:
    # A scope of anyio cancels again and again, also through asyncio.shield: as when a client of the API goes away.
    for _ in range(3):
        with anyio.move_on_after(0.1):
            await shop.run(engine.slow, limits=Limits(seconds=60))
        await until(lambda: not engine.running(shop_url))
        assert (await shop.run("SELECT 1 AS a", limits=Limits())).rows == [[1]]
