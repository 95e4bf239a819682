"""What is measured of a database, over HTTP."""

from pathlib import Path

import httpx2

from api.lent import Lent
from api.live import LiveTurns
from api.routers.profiles import Order, measure
from core.settings import load_settings
from core.values import User
from core.yaml_file import read_mapping
from graph.assembly import open_house
from store.profiles import Profiles
from store.system import System

POLICY = """
access:
  roles: {clerk: {databases: {"shop_*": {tables: {orders: {}, customers: {rows: "id < 3"}}}}}}
  users: {anna: [clerk]}
"""


async def test_a_database_is_measured_and_read(client: httpx2.AsyncClient):
    name = (await client.get("/databases")).json()["databases"][0]["name"]
    done = await client.post(f"/databases/{name}/profile", json={"generate": True})
    assert done.status_code == 200, done.text
    told = done.json()
    assert told["tables"] == 4 and told["rows"] > 0 and told["unmeasured"] == []
    assert any(each.endswith(".count") for each in told["proposals"])
    again = (await client.post(f"/databases/{name}/profile")).json()
    assert (again["measured"], again["proposals"]) == ([], None)
    page = (await client.get(f"/databases/{name}/profile?limit=3")).json()
    assert (len(page["tables"]), page["table_count"], page["next_offset"]) == (3, 4, 3)


async def test_what_cannot_be_measured_is_said(client: httpx2.AsyncClient):
    assert (await client.post("/databases/nothing/profile")).status_code == 404
    name = (await client.get("/databases")).json()["databases"][0]["name"]
    assert (await client.post(f"/databases/{name}/profile", json={"seconds": 0})).status_code == 422


async def test_what_a_user_may_not_see_is_measured_and_not_told(system: System, shop_url: str, tmp_path: Path):
    path = tmp_path / "policy.yaml"
    path.write_text(POLICY)
    overrides = {"system_database_url": system.url, "database_url": shop_url, "access": read_mapping(path)}
    overrides |= {"profile_on_open": False}
    async with open_house(load_settings(home=tmp_path, overrides=overrides)) as house:
        here = Lent(house=house, live=LiveTurns(house), user=User(name="anna"))
        [name] = await house.databases.names()
        found = await measure(name, here, Order(generate=True))
        key, _ = await house.databases.place(name)
        assert len(await Profiles(house.system).names(key)) == 4
    assert set(found.measured) == {"public.orders", "public.customers"} and found.rows == 250
    assert found.proposals and not [each for each in found.proposals if "big" in each or "archive" in each]
    assert "big" not in found.model_dump_json() and "archive" not in found.model_dump_json()
