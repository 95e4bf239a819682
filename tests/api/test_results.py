import csv
import io
from typing import Any

import httpx2

from api.routers.results import _lines  # pyright: ignore[reportPrivateUsage]
from tests.api.client import ask


async def test_a_result_by_page(client: httpx2.AsyncClient):
    answer = await ask(client, "every order")
    assert answer["row_count"] == 250
    rows: list[object] = []
    page: dict[str, Any] = {}
    offset: int | None = 0
    while offset is not None:
        page = (await client.get(f"/results/{answer['result_id']}?limit=120&offset={offset}")).json()
        rows += page["rows"]
        offset = page["next_offset"]
    assert rows == answer["rows"]
    assert [each["name"] for each in page["columns"]] == ["id", "total"]
    assert (await client.get(f"/results/{answer['result_id']}?offset=9999")).json()["rows"] == []


async def test_a_result_as_csv(client: httpx2.AsyncClient):
    answer = await ask(client, "every order")
    response = await client.get(f"/results/{answer['result_id']}.csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["content-disposition"]
    lines = list(csv.reader(io.StringIO(response.text)))
    assert lines[:2] == [["id", "total"], ["1", "1.25"]]
    assert len(lines) == 251


def test_cells_keep_their_meaning_in_csv():
    text = _lines([[None, "", 'a "b"\n,', True, 1.5, ["x", 1], {"k": None}, "ä"]])
    [cells] = csv.reader(io.StringIO(text))
    assert cells == ["", "", 'a "b"\n,', "true", "1.5", '["x", 1]', '{"k": null}', "ä"]
