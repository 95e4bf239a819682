import json
from contextlib import aclosing
from dataclasses import replace

import pytest
from pydantic_core import to_json

from core.catalog import TableName
from core.errors import UpstreamError
from core.ports import Connector
from core.profile import Profile, TableProfile
from indexers.database.budget import Budget
from indexers.database.profile import Progress, Unmeasured, profile, quick_profile
from tests.indexers.conftest import CANARIES, KINDS, LARGE


async def measured(connector: Connector, known: Profile | None = None) -> dict[str, TableProfile]:
    found: dict[str, TableProfile] = {}
    async with aclosing(profile(connector, await connector.catalog(), known=known)) as tables:
        async for each in tables:
            assert isinstance(each, TableProfile), each
            found[each.table.name] = each
    return found


async def test_a_small_table_is_measured_whole(clients: Connector):
    table = (await measured(clients))["clients"]
    assert (table.rows, table.exact, table.sampled) == (300, True, None)
    amount, kind, city, placed = (table.column(name) for name in ("amount", "kind", "city", "placed"))
    assert amount and kind and city and placed
    assert (amount.minimum, amount.maximum, amount.distinct, amount.nulls) == (0.25, 49.25, 50, 0)
    assert amount.mean == pytest.approx(24.75)
    assert amount.quantiles == (2.25, 12.25, 24.25, 37.25, 47.25)
    assert sorted(kind.top, key=str) == [(each, 75) for each in KINDS] and kind.complete
    assert city.nulls == pytest.approx(2 / 3, abs=1e-5)
    assert (city.minimum, city.maximum, city.distinct) == ("City 0", "City 9", 20)
    assert placed.latest is not None and placed.latest.startswith("2026-01-13T11:00:00".replace("T", placed.latest[10]))


async def test_nothing_personal_is_kept(clients: Connector):
    tables = await measured(clients)
    kept = json.dumps([to_json(table).decode() for table in tables.values()])
    assert [each for each in CANARIES if each in kept] == []
    table = tables["clients"]
    personal = {each.name for each in table.columns if each.pii}
    assert personal >= {"first_name", "email", "phone", "born_on", "remark"}
    assert personal.isdisjoint({"id", "amount", "kind", "city", "placed", "contact"})
    email, contact = table.column("email"), table.column("contact")
    assert email and contact
    assert email.patterns[0] == "email" and email.distinct == 1
    assert contact.top and not contact.complete, "what is not personal in a mixed column is kept"


async def test_a_larger_table_is_sampled(clients: Connector):
    table = (await measured(clients))["large"]
    assert (table.rows, table.exact) == (LARGE, True)
    assert table.sampled and 800 < table.sampled <= 1_200
    key, part, score = table.columns
    assert (key.minimum, key.maximum) == (0, LARGE - 1), "extents are those of all rows"
    assert part.distinct == 7 and not part.exact and not part.complete
    assert score.distinct is not None and 50 <= score.distinct <= 110
    assert key.distinct is not None and key.distinct > LARGE / 2


async def test_an_empty_table_is_measured(clients: Connector):
    table = (await measured(clients))["unused"]
    assert table.rows == 0
    assert [(each.distinct, each.minimum, each.top) for each in table.columns] == [(0, None, ())] * 2


async def test_a_table_that_did_not_change_is_skipped(clients: Connector):
    before = {each.table: each for each in (await measured(clients)).values()}
    assert await measured(clients, Profile(before)) == {}
    name = next(each for each in before if each.name == "large")
    before[name] = replace(before[name], rows=LARGE - 1)
    assert list(await measured(clients, Profile(before))) == ["large"]
    before[name] = replace(before[name], rows=LARGE, fingerprint="another")
    assert list(await measured(clients, Profile(before))) == ["large"]


async def test_an_interrupted_profile_goes_on_where_it_was(clients: Connector):
    catalog, kept = await clients.catalog(), dict[TableName, TableProfile]()
    async with aclosing(profile(clients, catalog)) as tables:
        async for each in tables:
            assert isinstance(each, TableProfile)
            kept[each.table] = each
            break
    told: list[Progress] = []
    async with aclosing(profile(clients, catalog, known=Profile(kept), on_progress=told.append)) as tables:
        rest = [each.table async for each in tables]
    assert len(rest) == 5 and kept.keys().isdisjoint(rest)
    assert [(each.done, each.total) for each in told] == [(done, 6) for done in range(6)]


async def test_when_the_time_is_up_the_rest_is_named(clients: Connector):
    catalog = await clients.catalog()
    found = [each async for each in profile(clients, catalog, budget=Budget(seconds=0))]
    assert all(isinstance(each, Unmeasured) and "time" in each.reason for each in found) and len(found) == 6


async def test_a_quick_profile_adds_to_what_is_known(clients: Connector):
    catalog = await clients.catalog()
    quick = await quick_profile(clients, catalog, seconds=20)
    assert {each.name for each in quick.tables} >= {"clients", "large", "unused"}
    assert (await quick_profile(clients, catalog, seconds=0, known=quick)).tables == quick.tables


class Vanishing:
    """A database that is gone after so many statements."""

    def __init__(self, inner: Connector, after: int) -> None:
        self._inner, self._left = inner, after
        self.dialect = inner.dialect

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    async def run(self, sql: str, **options: object) -> object:
        self._left -= 1
        if self._left < 0:
            raise UpstreamError("The database is gone")
        return await self._inner.run(sql, **options)  # type: ignore[arg-type]


async def test_a_database_that_vanishes_leaves_what_was_measured(clients: Connector):
    gone = Vanishing(clients, 9)
    found: list[object] = []
    with pytest.raises(UpstreamError, match="gone"):
        async for each in profile(gone, await clients.catalog()):  # type: ignore[arg-type]
            found.append(each)
    assert found and all(isinstance(each, TableProfile) for each in found)
