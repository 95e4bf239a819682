"""A schema that moves away from what is written about it, noticed when its catalog is read anew."""

from pathlib import Path

import psycopg

from graph.assembly import House
from store.datapoints import DataPoints
from tests.graph.conftest import Opening, answered

METRIC = """
datapoint:
  id: turnover
  kind: metric
  name: Turnover
  definition: Everything that was ordered, in euro.
  owner: sales
  execution:
    type: simple
    measure: {aggregate: sum, expression: total, table: public.orders}
"""
HEALTHY = """
datapoint: {id: buyer, kind: concept, name: Buyer, definition: Whoever has ordered., owner: sales}
"""


async def believed(house: House) -> set[str]:
    return {each.id for each in (await house.databases.get()).datapoints}


async def test_a_renamed_column_leaves_its_metric_behind_until_the_repair_is_approved(
    opening: Opening, shop_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "datapoints"
    folder.mkdir()
    (folder / "turnover.yaml").write_text(METRIC)
    (folder / "buyer.yaml").write_text(HEALTHY)
    async with opening() as house:
        datapoints = DataPoints(house.system, folder)
        assert not (await datapoints.sync()).findings
        answer = await answered(house.turns, "What is turnover?", conversation="c")
        assert [each.id for each in answer.evidence] == ["turnover"]
        assert await believed(house) == {"turnover", "buyer"}

        async with await psycopg.AsyncConnection.connect(shop_url, autocommit=True) as connection:
            await connection.execute("ALTER TABLE orders RENAME COLUMN total TO amount")
        await house.databases.refresh()
        assert await believed(house) == {"buyer"}
        left = await datapoints.get("turnover")
        assert left.stale
        assert "total" in left.stale_reason
        assert await datapoints.served("turnover") == ["What is turnover?"]
        assert await datapoints.served("buyer") == []

        [repair] = await datapoints.pending()
        assert repair.id == "turnover"
        await datapoints.approve(["turnover"], reviewer="ann", reason="the column has another name")
    async with opening() as house:
        assert await believed(house) == {"turnover", "buyer"}


async def test_a_process_that_was_away_notices_too(opening: Opening, shop_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "datapoints"
    folder.mkdir()
    (folder / "turnover.yaml").write_text(METRIC)
    async with opening() as house:
        await DataPoints(house.system, folder).sync()
        assert await believed(house) == {"turnover"}
    async with await psycopg.AsyncConnection.connect(shop_url, autocommit=True) as connection:
        await connection.execute("ALTER TABLE orders DROP COLUMN total")
    async with opening() as house:
        assert await believed(house) == set()
        assert await DataPoints(house.system, folder).pending() == []
