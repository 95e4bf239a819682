"""Lineage over HTTP."""

import httpx2


async def test_what_is_around_a_thing(client: httpx2.AsyncClient) -> None:
    down = (await client.get("/lineage/downstream", params={"name": "customers.id"})).json()
    assert down["name"] == "customers.id" and down["cut"] is False
    impact = (await client.get("/lineage/impact", params={"name": "public.orders"})).json()
    assert {"kind": "column", "steps": 1, "link": "BELONGS_TO"}.items() <= impact["found"][0].items()
    up = (await client.get("/lineage/upstream", params={"name": "customers"})).json()
    assert up["found"] == [] and "Nothing is known" in up["words"]


async def test_how_tables_are_joined(client: httpx2.AsyncClient) -> None:
    found = (await client.get("/lineage/path", params={"name": "public.orders", "to": "customers"})).json()
    assert [each["kind"] for each in found["path"]] == ["JOINS_WITH"]


async def test_bad_input_is_said(client: httpx2.AsyncClient) -> None:
    for params, status in (
        ({"name": "nobody"}, 404),
        ({"name": ""}, 422),
        ({}, 422),
        ({"name": "orders", "limit": "0"}, 422),
        ({"name": "orders", "database": "nowhere"}, 404),
        ({"name": "id"}, 400),
    ):
        response = await client.get("/lineage/impact", params=params)
        assert (response.status_code, "message" in response.json()["error"]) == (status, True), params
