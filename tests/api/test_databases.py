from collections.abc import AsyncGenerator

import httpx2
import pytest

from tests.api.client import Server, ask, client_of
from tests.api.conftest import Serving


@pytest.fixture
async def own(serving: Serving) -> AsyncGenerator[httpx2.AsyncClient]:
    """A client of a server that was given no database."""
    async with client_of(serving(DATABASE_URL="")) as client:
        yield client


async def test_the_life_of_a_database(own: httpx2.AsyncClient, shop_url: str, system_url: str):
    secret = shop_url.replace("postgres@", "postgres:canary@")
    added = await own.post("/databases", json={"name": "shop", "url": secret})
    assert added.status_code == 201
    assert added.json()["default"] is True, "the first one"
    assert "***" in added.json()["url"]
    again = await own.post("/databases", json={"name": "shop", "url": secret})
    assert (again.status_code, again.json()["error"]["code"]) == (400, "duplicate")
    tested = await own.post("/databases/shop/test")
    assert "PostgreSQL" in tested.json()["engine"]
    assert (await ask(own, "How many tables are there?"))["rows"] == [[4]]
    catalog = (await own.get("/databases/shop/catalog?limit=3")).json()
    assert (len(catalog["tables"]), catalog["table_count"], catalog["next_offset"]) == (3, 4, 3)
    assert (await own.get("/databases/shop/catalog?limit=3&offset=3")).json()["next_offset"] is None
    await own.post("/databases", json={"name": "other", "url": system_url})
    assert (await own.post("/databases/other/default")).json()["default"] is True
    assert [each["name"] for each in (await own.get("/databases")).json()["databases"]] == ["other", "shop"]
    assert (await ask(own, "How many tables are there?", database="shop"))["rows"] == [[4]]
    assert (await own.delete("/databases/shop")).status_code == 204
    gone = await own.post("/chat", json={"message": "hello", "database": "shop"})
    assert gone.status_code == 404
    everything = (await own.get("/databases")).text + (await own.get("/system/status")).text
    assert "canary" not in everything


async def test_another_url_is_asked_from_then_on(own: httpx2.AsyncClient, shop_url: str, system_url: str):
    await own.post("/databases", json={"name": "d", "url": system_url})
    before = await ask(own, "How many tables are there?")
    assert (await own.put("/databases/d", json={"url": shop_url})).status_code == 200
    after = await ask(own, "How many tables are there?")
    assert before["rows"] != after["rows"] == [[4]]


async def test_what_the_server_was_given_stays(client: httpx2.AsyncClient):
    name = (await client.get("/databases")).json()["databases"][0]["name"]
    for response in (
        await client.delete(f"/databases/{name}"),
        await client.put(f"/databases/{name}", json={"url": "sqlite:///x.db"}),
        await client.post("/databases", json={"name": name, "url": "sqlite:///x.db"}),
    ):
        assert response.status_code == 400
        assert "DATABASE_URL" in response.json()["error"]["hint"]
    assert (await client.post(f"/databases/{name}/test")).json()["ok"] is True


async def test_a_catalog_is_read_anew(client: httpx2.AsyncClient):
    name = (await client.get("/databases")).json()["databases"][0]["name"]
    found = await client.get(f"/databases/{name}/catalog?refresh=true")
    assert {each["name"] for each in found.json()["tables"]} == {"customers", "orders", "big"}


async def test_setting_up_twice_changes_the_database(own: httpx2.AsyncClient, shop_url: str, system_url: str):
    for url in (system_url, shop_url):
        done = await own.post("/system/initialize", json={"database_url": url, "name": "main"})
        assert done.status_code == 200, done.text
    assert done.json()["database"]["default"] is True
    assert done.json()["tables"] == 4
    assert (await own.get("/system/status")).json()["initialized"] is True


async def test_setting_up_what_does_not_answer_stores_nothing(own: httpx2.AsyncClient):
    done = await own.post("/system/initialize", json={"database_url": "postgresql://u:canary@127.0.0.1:1/x"})
    assert done.status_code == 503
    assert "canary" not in done.text
    assert (await own.get("/databases")).json()["databases"] == []


async def test_the_state_of_the_server(server: Server, client: httpx2.AsyncClient):
    status = (await client.get("/system/status")).json()
    assert status["system_database"] == {"version": status["system_database"]["version"], "embedded": False}
    assert status["model"] == server.settings["DATACHAT_MODEL"]
    assert status["databases"][0]["default"] is True
