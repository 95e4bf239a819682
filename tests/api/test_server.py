import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from api.server import serve
from core.errors import UserError
from core.settings import load_settings
from tests.api.client import ROOT, Server


def test_a_port_in_use_names_a_free_one(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"Port {port} of 127.0.0.1 is in use") as refused:
            serve(load_settings(home=tmp_path), host="127.0.0.1", port=port)
    free = int(refused.value.hint.rsplit(" ", 1)[1])
    with socket.create_server(("127.0.0.1", free)):
        pass


def test_an_address_that_others_reach_is_refused(tmp_path: Path):
    with pytest.raises(UserError, match="other machines"):
        serve(load_settings(home=tmp_path), host="0.0.0.0", port=0)


def test_an_address_that_this_machine_does_not_have(tmp_path: Path):
    with pytest.raises(UserError, match="cannot be used"):
        serve(load_settings(home=tmp_path), host="::1%nope", port=0)


async def test_a_free_port_is_chosen_and_told(server: Server):
    assert server.port > 0
    async with httpx2.AsyncClient(base_url=server.url) as client:
        assert (await client.get("/health")).status_code == 200


def test_a_system_database_that_is_down_is_an_expected_error(tmp_path: Path):
    """The one that starts the server can tell it in its own way; nothing is printed by it."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom api.server import serve\nfrom core.errors import UpstreamError\n"
        "from core.settings import load_settings\n"
        "try:\n    serve(load_settings(home=Path(sys.argv[1])), host='127.0.0.1', port=0)\n"
        "except UpstreamError as error:\n    print('expected:', error.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={"PYTHONPATH": str(ROOT), "SYSTEM_DATABASE_URL": "postgresql://u:canary@127.0.0.1:1/x"},
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.stdout.startswith("expected: The system database cannot be reached")
    assert done.stderr == ""
    assert "canary" not in done.stdout
