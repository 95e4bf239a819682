from core.catalog import TableName
from store.system import System
from store.values import Values

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
    assert await values.any(["one", "two", "three"]) == {"one", "two"}
    assert [each.key for each in await values.look_up(["two"], exact=["boeing"], starts=[])] == ["two"]
    await values.forget("one", [PLACE])
    await values.forget("two")
    assert await values.any(["one", "two"]) == set()
    assert await values.look_up(["one", "two"], exact=["boeing"], starts=["b"]) == []
