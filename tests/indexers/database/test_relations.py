from core.ports import Connector
from core.profile import Profile, Relation
from indexers.database.budget import Budget
from indexers.database.profile import quick_profile
from indexers.database.relations.find import relations, without_keys


async def found(connector: Connector, budget: Budget | None = None) -> dict[str, Relation]:
    catalog = without_keys(await connector.catalog())
    measured = await quick_profile(connector, catalog, seconds=30)
    linked = await relations(connector, catalog, measured, budget=budget)
    return {f"{each.table.name}.{','.join(each.columns)}": each for each in linked}


async def test_relations_are_found_by_names_and_values(clients: Connector):
    linked = await found(clients)
    client = linked.pop("visits.client_id")
    assert (client.referenced.name, client.referenced_columns, client.cardinality) == ("clients", ("id",), "N:1")
    assert client.confidence > 0.9 and not client.declared
    assert any("100%" in each for each in client.evidence)
    if clients.dialect == "clickhouse":
        assert not linked, "its keys sort the rows, and do not tell them apart"
        return
    stop = linked.pop("stops.visit_id,stop")
    assert not linked
    assert (stop.referenced.name, stop.referenced_columns) == ("legs", ("visit_id", "stop"))


async def test_values_that_do_not_occur_refute_a_name(clients: Connector):
    assert "visits.large_id" not in await found(clients)


async def test_large_tables_are_compared_by_sketches(clients: Connector):
    exact, sketched = await found(clients), await found(clients, Budget(large=1))
    assert "visits.client_id" in sketched
    assert abs(sketched["visits.client_id"].confidence - exact["visits.client_id"].confidence) < 0.1


async def test_what_a_key_declares_is_not_found_again(clients: Connector):
    catalog = await clients.catalog()
    linked = await relations(clients, catalog, Profile())
    declared = {(table.full_name, key.columns) for table in catalog.tables for key in table.foreign_keys}
    assert not {(each.table, each.columns) for each in linked} & declared


async def test_without_time_names_alone_are_believed_less(clients: Connector):
    timed = await found(clients)
    untimed = await found(clients, Budget(seconds=0))
    assert untimed["visits.client_id"].confidence < timed["visits.client_id"].confidence
    assert any("in time" in each for each in untimed["visits.client_id"].evidence)
