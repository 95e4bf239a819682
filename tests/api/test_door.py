import httpx2
import pytest

from api.door import check_host, is_loopback
from core.errors import UserError
from tests.api.client import Server


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "::1", "[::1]"])
def test_this_machine_may_be_served(host: str):
    assert is_loopback(host)
    check_host(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.com", "", "localhost.example.com", "127.1"])
def test_other_machines_are_not(host: str):
    with pytest.raises(UserError, match="other machines") as refused:
        check_host(host)
    assert "127.0.0.1" in refused.value.hint


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.com"},
        {"Host": "example.com:8000"},
        {"Host": "127.0.0.1.example.com"},
        {"Host": "user@example.com"},
        {"Host": "[::1"},
        {"Origin": "http://example.com"},
        {"Origin": "http://localhost:1"},
        {"Origin": "https://localhost"},
        {"Origin": "null"},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
async def test_a_page_from_elsewhere_gets_nothing(client: httpx2.AsyncClient, method: str, headers: dict[str, str]):
    response = await client.request(method, "/chat/conversations", headers=headers)
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "forbidden"
    assert not [name for name in response.headers if name.startswith("access-control")]


async def test_a_page_from_here_is_served(server: Server):
    for host in ("localhost", "127.0.0.1", "[::1]"):
        headers = {"Host": f"{host}:{server.port}", "Origin": f"http://{host}:{server.port}"}
        async with httpx2.AsyncClient(base_url=server.url) as client:
            response = await client.post("/api/v1/chat/conversations", json={}, headers=headers)
        assert response.status_code == 201
