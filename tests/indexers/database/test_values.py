from core.catalog import TableName
from core.ports import Connector
from core.profile import ColumnValues
from indexers.database.budget import Budget
from indexers.database.profile import quick_profile
from indexers.database.values import values
from tests.indexers.conftest import CANARIES, KINDS


async def listed(connector: Connector, budget: Budget) -> dict[str, ColumnValues]:
    catalog = await connector.catalog()
    measured = await quick_profile(connector, catalog, seconds=20)
    found = [each async for each in values(connector, catalog, measured, budget=budget)]
    assert {TableName(*each.table).name for each in found} == {"clients"}
    return {each.column: each for each in found}


async def test_values_of_names_are_listed_and_personal_ones_are_not(clients: Connector):
    found = await listed(clients, Budget())
    assert found.keys() == {"kind", "city", "contact"}
    assert (sorted(found["kind"].values), found["kind"].complete) == (sorted(KINDS), True)
    assert len(found["city"].values) == 20
    assert not {value for each in found.values() for value in each.values} & set(CANARIES)
    assert not found["contact"].complete, "those that look personal are left out"


async def test_no_more_values_are_kept_than_the_budget_allows(clients: Connector):
    contact = (await listed(clients, Budget(values=12)))["contact"]
    assert 0 < len(contact.values) <= 12 and not contact.complete
