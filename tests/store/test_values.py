from core.catalog import TableName
from store.memory import MemoryValues
from store.system import System
from store.values import NEAR, Stored, Values

PLACE = TableName("public", "makers")


async def test_values_are_kept_once_and_found(system: System) -> None:
    values = Values(system)
    rows = [("boeing", "Boeing"), ("airbus group", "Airbus Group"), ("o'neill \\ sons", "O'Neill \\ Sons")]
    assert await values.save("one", PLACE, "name", rows, complete=True)
    assert not await values.save("one", PLACE, "name", rows, complete=True)
    found = await values.look_up(["one"], exact=["boeing", "o'neill \\ sons"], starts=["airbus "])
    assert {each.value for each in found} == {"Boeing", "Airbus Group", "O'Neill \\ Sons"}
    assert {(each.key, each.schema, each.table, each.column) for each in found} == {("one", *PLACE, "name")}


async def test_changed_values_replace_the_old_ones(system: System) -> None:
    values = Values(system)
    await values.save("one", PLACE, "name", [("boeing", "Boeing")], complete=True)
    assert await values.save("one", PLACE, "name", [("airbus", "Airbus")], complete=True)
    found = await values.look_up(["one"], exact=["boeing", "airbus"], starts=[])
    assert [each.value for each in found] == ["Airbus"]


async def test_databases_are_kept_apart_and_forgotten(system: System) -> None:
    values = Values(system)
    for key in ("one", "two"):
        await values.save(key, PLACE, "name", [("boeing", "Boeing")], complete=True)
    assert [[each.key for each in await values.first(key, limit=9)] for key in ("one", "three")] == [["one"], []]
    assert [each.key for each in await values.look_up(["two"], exact=["boeing"], starts=[])] == ["two"]
    await values.forget("one", [PLACE])
    await values.forget("two")
    assert await values.look_up(["one", "two"], exact=["boeing"], starts=["b"]) == []


async def test_few_values_are_found_in_memory_as_in_the_database(system: System) -> None:
    values = Values(system)
    texts = ["boeing", "boeing works", "bo", "airbus group", "airbus", "zürich", *(f"part {n:02}" for n in range(60))]
    await values.save("one", PLACE, "name", [(text, text.upper()) for text in texts], complete=True)
    await values.save("one", PLACE, "owner", [("airbus", "Airbus")], complete=True)
    memory = MemoryValues(await values.first("one", limit=100))
    for exact, starts in ((["airbus", "none", "zürich"], []), ([], ["boei", "airbus "]), (["bo"], ["bo", "part "])):
        wanted = await values.look_up(["one"], exact=exact, starts=starts)
        assert sorted(await memory.look_up(["one"], exact=exact, starts=starts)) == sorted(wanted)
        assert len([each for each in wanted if each.folded.startswith("part")]) in (0, NEAR)


async def test_nothing_is_found_where_nothing_is() -> None:
    assert await MemoryValues([]).look_up(["one"], exact=["a"], starts=["b"]) == []
    one = Stored("one", *PLACE, "name", "boeing", "Boeing")
    assert await MemoryValues([one]).look_up(["one"], exact=["boeing"], starts=[]) == [one]
