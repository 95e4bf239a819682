"""DataPoints over HTTP: who decides on an old version is told with a 409."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx2
import pytest

from tests.api.client import client_of
from tests.api.conftest import Serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The project's folder."""
    (tmp_path / "datapoints" / "user").mkdir(parents=True)
    return tmp_path / "datapoints"


@pytest.fixture
async def client(serving: Serving, folder: Path) -> AsyncGenerator[httpx2.AsyncClient]:
    """A client of a server over that folder."""
    async with client_of(serving(DATACHAT_DATAPOINTS=str(folder))) as client:
        yield client


def churn(definition: str, **more: object) -> dict[str, object]:
    """A body."""
    return {"datapoint": {"id": "churn", "kind": "concept", "definition": definition}, **more}


async def test_the_life_of_a_datapoint(client: httpx2.AsyncClient, folder: Path):
    added = await client.post("/datapoints", json=churn("Who leaves."))
    assert (added.status_code, added.json()["version"], added.json()["file"]) == (201, 1, "user/concept/churn.yaml")
    assert (await client.post("/datapoints", json=churn("Again."))).status_code == 409
    changed = await client.put("/datapoints/churn", json=churn("Who left.", version=1))
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    stale = await client.put("/datapoints/churn", json=churn("Late.", version=1))
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "stale")
    assert "Who left." in (folder / "user/concept/churn.yaml").read_text()
    assert (await client.delete("/datapoints/churn?version=1")).status_code == 409
    retired = await client.post("/datapoints/churn/retire", json={"reason": "old"})
    assert (retired.json()["status"], retired.json()["version"]) == ("retired", 3)
    assert (await client.delete("/datapoints/churn?version=3")).status_code == 204
    assert (await client.get("/datapoints/churn")).status_code == 404
    assert not (folder / "user/concept/churn.yaml").exists()


async def test_a_review(client: httpx2.AsyncClient, folder: Path):
    (folder / "user" / "churn.yaml").write_text(
        "datapoint: {id: churn, kind: concept, status: pending, definition: Who leaves.}"
    )
    assert (await client.post("/datapoints/sync")).json()["added"] == 1
    [waiting] = (await client.get("/datapoints/pending")).json()["datapoints"]
    assert (waiting["id"], waiting["status"]) == ("churn", "pending")
    edited = await client.patch("/datapoints/pending/churn", json=churn("Who left.", version=1))
    assert (edited.status_code, edited.json()["version"], edited.json()["edited"]) == (200, 2, True)
    assert (await client.post("/datapoints/pending/churn/approve", json={"version": 1})).status_code == 409
    both = await asyncio.gather(*(client.post("/datapoints/pending/churn/approve") for _ in range(2)))
    assert sorted(each.status_code for each in both) == [200, 409]
    page = (await client.get("/datapoints?kind=concept&status=approved")).json()
    assert [each["datapoint"]["definition"] for each in page["datapoints"]] == ["Who left."]
    assert (await client.post("/datapoints/pending/churn/reject")).status_code == 409
    assert (await client.post("/datapoints/pending/none/reject")).status_code == 404


async def test_sync_and_lint_tell_where(client: httpx2.AsyncClient, folder: Path):
    (folder / "user" / "bad.yaml").write_text("datapoint:\n  id: bad\n  kind: concpt\n")
    synced = (await client.post("/datapoints/sync")).json()
    assert [(each["line"], each["column"], each["rule"]) for each in synced["findings"]] == [(3, 3, "unknown_kind")]
    linted = (await client.post("/datapoints/lint")).json()
    assert (linted["ok"], len(linted["findings"])) == (False, 1)


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"datapoint": {"id": "a", "kind": "concpt"}}, 400, "no kind"),
        ({"datapoint": {"id": "a", "kind": "concept", "owner": 5}}, 400, "`owner`"),
        ({"datapoint": {"id": "../a", "kind": "concept"}}, 400, "`id`"),
        ({"datapoint": {"id": "a", "kind": "concept", "definition": "a\0b"}}, 400, "NUL"),
        ({"datapoint": []}, 422, "datapoint"),
        ({"datapoint": {"id": "a", "kind": "concept"}, "more": 1}, 422, "more"),
    ],
)
async def test_bad_input_is_named(client: httpx2.AsyncClient, body: dict[str, object], status: int, words: str):
    refused = await client.post("/datapoints", json=body)
    assert refused.status_code == status
    assert words in refused.json()["error"]["message"]
