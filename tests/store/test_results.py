from collections.abc import Callable
from datetime import timedelta

import pytest

from core.errors import NotFoundError
from core.ports import Results
from core.values import Cell, Result, ResultColumn
from store.memory import MemoryResults
from store.results import StoredResults
from store.system import System

COLUMNS = [ResultColumn(name="n", type="integer"), ResultColumn(name="text", type="text", native="varchar")]

Open = Callable[[System], Results]


def in_memory(_: System) -> Results:
    return MemoryResults()


FAMILY = [pytest.param(in_memory, id="memory"), pytest.param(StoredResults, id="stored")]


def result_of(count: int, *, filler: str = "ä\0\n") -> Result:
    return Result(
        columns=COLUMNS, rows=[[n, f"{filler}{n}"] for n in range(count)], truncated=True, cut_cells=2, ms=1.5
    )


@pytest.mark.parametrize("open_results", FAMILY)
class TestFamily:
    @pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 5003])
    async def test_a_result_comes_back_as_it_was(self, system: System, open_results: Open, count: int):
        results = open_results(system)
        assert isinstance(results, Results)
        result = result_of(count)
        assert await results.get(await results.put(result)) == result

    @pytest.mark.parametrize(
        ("offset", "limit"), [(0, 10), (995, 10), (1000, 1000), (2990, 50), (3003, 5), (9000, None), (1500, 0)]
    )
    async def test_a_page_is_a_slice(self, system: System, open_results: Open, offset: int, limit: int | None):
        results = open_results(system)
        result = result_of(3003)
        page = await results.get(await results.put(result), offset=offset, limit=limit)
        assert page.rows == result.rows[offset : None if limit is None else offset + limit]
        assert (page.columns, page.truncated, page.cut_cells) == (COLUMNS, True, 2)

    async def test_every_kind_of_cell_is_kept(self, system: System, open_results: Open):
        cells: list[Cell] = [None, True, 2**53, "9007199254740993", 0.1, "NaN", "", "😀", [1, [None]], {"a": {"b": []}}]
        result = Result(columns=COLUMNS, rows=[[cell, "x"] for cell in cells])
        results = open_results(system)
        assert (await results.get(await results.put(result))).rows == result.rows

    async def test_an_unknown_id_is_said_so(self, system: System, open_results: Open):
        with pytest.raises(NotFoundError, match="expired"):
            await open_results(system).get("nothing")

    async def test_equal_results_have_ids_of_their_own(self, system: System, open_results: Open):
        results = open_results(system)
        assert await results.put(result_of(1)) != await results.put(result_of(1))


async def test_large_rows_are_spread_over_chunks(system: System):
    results = StoredResults(system)
    result = result_of(40, filler="x" * 100_000)
    result_id = await results.put(result)
    assert (await results.get(result_id, offset=17, limit=9)).rows == result.rows[17:26]
    async with system.connection() as connection:
        rows = await connection.execute("SELECT count(*), sum(octet_length(body)) FROM datachat.result_chunks")
        chunks, size = await rows.fetchone() or (0, 0)
    assert chunks == 8
    assert size < 100_000


async def test_what_has_expired_is_gone_and_swept(system: System):
    brief = StoredResults(system, keep=timedelta(seconds=-1))
    result_id = await brief.put(result_of(5))
    with pytest.raises(NotFoundError):
        await brief.get(result_id)
    await StoredResults(system).put(result_of(5))
    async with system.connection() as connection:
        rows = await connection.execute("SELECT id FROM datachat.results")
        assert result_id not in {row[0] for row in await rows.fetchall()}


async def test_memory_is_bounded_and_forgets_the_longest_unread():
    results = MemoryResults(max_bytes=250_000)
    first, second = [await results.put(result_of(1, filler="x" * 100_000)) for _ in range(2)]
    await results.get(first)
    third = await results.put(result_of(1, filler="x" * 100_000))
    assert (await results.get(first)).rows and (await results.get(third)).rows
    with pytest.raises(NotFoundError):
        await results.get(second)
