import time

from core.catalog import TableName
from core.profile import ColumnProfile, Profile, Relation, TableProfile
from store.profiles import Profiles
from store.system import System

CITIES = TableName("main", "cities")
SHIPS = TableName("main", "ships")


def measured(table: TableName, *, columns: int = 2) -> TableProfile:
    return TableProfile(
        table=table,
        rows=1_000,
        columns=tuple(
            ColumnProfile(
                name=f"column_{number}",
                nulls=0.25,
                distinct=20,
                minimum=1,
                maximum="9007199254740993",
                mean=2.5,
                quantiles=(1, 2, 3, 4, 5),
                top=tuple((f"value {place}", place) for place in range(20)),
                samples=("a", None, True, 1, 1.5),
                complete=True,
                patterns=("code",),
                latest="2026-01-01T00:00:00",
            )
            for number in range(columns)
        ),
        sampled=10,
        fingerprint="abc",
        measured_at="2026-01-02T00:00:00+00:00",
    )


async def test_what_was_saved_is_loaded_again(system: System):
    profiles = Profiles(system)
    relation = Relation(
        SHIPS, ("city_id",), CITIES, ("id",), confidence=0.9, declared=False, evidence=("the name fits",)
    )
    await profiles.save_table("one", measured(CITIES))
    await profiles.save_table("one", measured(SHIPS))
    await profiles.save_relations("one", [relation])
    loaded = await profiles.load("one")
    assert loaded == Profile({CITIES: measured(CITIES), SHIPS: measured(SHIPS)}, (relation,))
    column = loaded.tables[CITIES].columns[0]
    assert [type(each) for each in column.samples] == [str, type(None), bool, int, float]
    assert await profiles.load("two") == Profile()


async def test_a_newer_measurement_replaces_the_older_one(system: System):
    profiles = Profiles(system)
    await profiles.save_table("one", measured(CITIES))
    await profiles.save_table("one", measured(CITIES, columns=3))
    await profiles.save_relations("one", [])
    assert await profiles.load("one") == Profile({CITIES: measured(CITIES, columns=3)})


async def test_tables_and_databases_are_forgotten(system: System):
    profiles = Profiles(system)
    for key in ("one", "two"):
        await profiles.save_table(key, measured(CITIES))
        await profiles.save_table(key, measured(SHIPS))
    await profiles.forget("one", [SHIPS])
    assert list((await profiles.load("one")).tables) == [CITIES]
    await profiles.forget("one")
    assert await profiles.load("one") == Profile()
    assert len((await profiles.load("two")).tables) == 2


async def test_five_thousand_tables_are_loaded_in_time(system: System):
    profiles = Profiles(system)
    await profiles.save_table("one", measured(CITIES, columns=10))
    async with system.connection() as connection:
        await connection.execute(
            "INSERT INTO datachat.profile_tables SELECT key, schema_name, 'table_' || number, measured"
            " FROM datachat.profile_tables, generate_series(1, 4999) AS number"
        )

    async def seconds() -> float:
        began = time.process_time()
        assert len((await profiles.load("one")).tables) == 5_000
        return time.process_time() - began

    fastest = min([await seconds() for _ in range(4)])
    print(f"\nload {fastest:.2f} s")
    assert fastest < 0.5
