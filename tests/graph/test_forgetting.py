"""A database that is forgotten leaves nothing of what is known of it, and takes nothing of another with it."""

from pathlib import Path

from graph.assembly import House
from graph.forgetting import forget_knowledge
from graph.proposing import propose
from store.datapoints import DataPoints
from store.wordings import Wordings
from tests.graph.conftest import Opening

NOTE = """
datapoint: {id: buyer, kind: concept, name: Buyer, definition: Whoever has ordered., owner: sales, database: gone}
"""
_COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'datachat' AND column_name IN ('key', 'database', 'origin')
    AND table_name NOT IN ('catalogs', 'catalog_tables', 'connections')
"""


async def counted(house: House, name: str) -> dict[str, int]:
    """How many rows of each table of the system database are of a database."""
    found: dict[str, int] = {}
    async with house.system.connection() as connection:
        for table, column in await (await connection.execute(_COLUMNS)).fetchall():
            wanted = f"SELECT count(*) FROM datachat.{table} WHERE {column} ~ %s"
            row = await (await connection.execute(wanted.encode(), [f"(^|:){name}$"])).fetchone()
            if row and row[0]:
                found[table] = row[0]
    return found


async def learn(house: House, name: str, folder: Path) -> None:
    """Fill everything that can be known of a database."""
    datapoints = DataPoints(house.system, folder)
    database = await house.databases.get(name)
    proposed = await propose(house.system, datapoints, name, database.catalog, database.profile)
    one, other, *_ = proposed.waiting
    await datapoints.approve([one], reviewer="ann")
    await datapoints.reject([other], reviewer="ann")
    await Wordings(house.system, name).put(name.encode(), "a reply")
    assert house.databases.knowing
    await house.databases.knowing.index(await house.databases.get(name), name)
    await house.lineage.of(name)


async def test_all_of_one_goes_and_nothing_of_the_other(opening: Opening, shop_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "datapoints"
    folder.mkdir()
    (folder / "buyer.yaml").write_text(NOTE)
    async with opening(database_url=None) as house:
        for name in ("gone", "stays"):
            await house.connections.add(name, shop_url)
            await learn(house, name, folder)
        await DataPoints(house.system, folder).sync()
        there, other = await counted(house, "gone"), await counted(house, "stays")
        assert there.keys() == other.keys() >= {
            "datapoints", "rejected_datapoints", "links", "documents", "column_values", "profile_tables", "wordings",
        }  # fmt: skip

        files = await forget_knowledge("gone", house.system, house.lineage)
        assert await counted(house, "gone") == {}
        assert await counted(house, "stays") == other
        assert files == [folder / "buyer.yaml"] and files[0].exists()
        assert not [each for each in (folder / "managed").rglob("*.yaml") if "gone" in each.read_text()]
        assert (await house.databases.get("stays")).profile.tables
