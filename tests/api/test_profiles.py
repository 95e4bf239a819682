import httpx2


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
