"""What `status` and `doctor` tell, and that neither tells a secret."""

import json
from collections.abc import Generator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.cli.conftest import Datachat

KEY = "sk-hunter2"


def test_status_is_one_object(datachat: Datachat, home: Path) -> None:
    done = datachat("status", "--json", DATACHAT_MODEL="openai:gpt-5", OPENAI_API_KEY=KEY)
    found = json.loads(done.out)
    assert found["home"] == str(home)
    assert found["system"]["kind"] == "outside"
    assert found["system"]["schema_version"] >= 1
    assert found["model"] == {"name": "openai:gpt-5", "base_url": None, "key": True}
    assert {"version", "connections", "conversations", "turns"} < set(found)
    assert KEY not in done.out + done.err


def test_status_for_people(datachat: Datachat, shop: Path) -> None:
    datachat("database", "add", "status shop", shop)
    lines = datachat("status", DATABASE_URL="postgresql://u:hunter2@h/d").out
    assert "model           none" in lines
    assert "postgresql://u:***@h/d" in lines
    assert "| status shop " in lines
    datachat("database", "remove", "status shop")


def states(datachat: Datachat, **variables: str) -> dict[str, tuple[str, str, str]]:
    """State, words and advice of every finding of the doctor."""
    done = datachat("doctor", "--json", **variables)
    assert KEY not in done.out + done.err
    found = {each["about"]: (each["state"], each["says"], each["mend"]) for each in json.loads(done.out)}
    assert done.code == any(state == "wrong" for state, _, _ in found.values())
    return found


def test_all_is_well(datachat: Datachat, shop: Path) -> None:
    found = states(datachat, DATABASE_URL=f"sqlite:///{shop}")
    assert {state for state, _, _ in found.values()} == {"well", "note"}
    assert {"Python", "home folder", "disk", "system database", "pgvector", "database shop"} < set(found)
    assert "All is well." in datachat("doctor", DATABASE_URL=f"sqlite:///{shop}").out


def test_every_fault_has_its_remedy(datachat: Datachat, home: Path, shop: Path) -> None:
    key = home / "credentials.key"
    datachat("status")
    key.chmod(0o644)
    home.chmod(0o777)
    found = states(datachat, DATABASE_URL="postgresql://u:hunter2@127.0.0.1:1/d")
    key.chmod(0o600)
    home.chmod(0o700)
    assert found["key of connections"][2] == f"chmod 600 {key}"
    assert found["home folder"][2] == f"chmod go-w {home}"
    assert found["database d"][0] == "wrong"
    assert "hunter2" not in str(found)


def test_no_database_is_a_fault(datachat: Datachat) -> None:
    if not json.loads(datachat("database", "list", "--json").out):
        assert states(datachat)["databases"][0] == "wrong"


def test_a_superuser_is_a_fault(datachat: Datachat, outside: str) -> None:
    name = outside.partition("?")[0].rpartition("/")[2]
    state, says, mend = states(datachat, DATABASE_URL=outside)[f"database {name}"]
    assert (state, "superuser" in says, "CREATE ROLE" in mend) == ("wrong", True, True)


def test_a_broken_settings_file_is_told_with_its_line(datachat: Datachat, tmp_path: Path) -> None:
    (tmp_path / "datachat.yaml").write_text("model: x:y\nmodle: z\n")
    assert states(datachat)["settings"] == (
        "wrong",
        "datachat.yaml:2:1: no setting is called `modle`",
        "Did you mean `model`?",
    )


def test_an_unreachable_system_database_is_told(datachat: Datachat) -> None:
    found = states(datachat, SYSTEM_DATABASE_URL="postgresql://u:hunter2@127.0.0.1:1/d")
    assert found["system database"][0] == "wrong"
    assert "hunter2" not in str(found)


@contextmanager
def model_server(status: int, body: str, *, silent: bool = False) -> Generator[str]:
    """A server that answers every request so; its address."""
    over = Event()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if silent:
                over.wait(30)
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        over.set()
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "body", "state", "said"),
    [
        (200, '{"data": [{"id": "tiny"}]}', "well", "openai:tiny at"),
        (200, '{"data": [{"id": "other"}]}', "wrong", "no model 'tiny'"),
        (200, "garbage", "well", "openai:tiny"),
        (401, "{}", "wrong", "does not accept the key"),
        (404, "", "note", "does not list its models"),
        (500, "", "wrong", "status 500"),
    ],
)
def test_the_model_server_is_asked(datachat: Datachat, status: int, body: str, state: str, said: str) -> None:
    with model_server(status, body) as url:
        found = states(datachat, DATACHAT_MODEL="openai:tiny", OPENAI_BASE_URL=url, OPENAI_API_KEY=KEY)["model"]
    assert (found[0], said in found[1]) == (state, True)


def test_a_silent_model_server_is_not_waited_for(datachat: Datachat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.model_server.SECONDS", 0.3)
    with model_server(200, "", silent=True) as url:
        found = states(datachat, DATACHAT_MODEL="openai:tiny", OPENAI_BASE_URL=url)["model"]
    assert (found[0], "did not answer within" in found[1]) == ("wrong", True)


def test_a_model_without_a_key_or_a_provider(datachat: Datachat) -> None:
    assert states(datachat, DATACHAT_MODEL="openai:tiny")["model"][2] == "export OPENAI_API_KEY=..."
    assert "unknown model provider" in states(datachat, DATACHAT_MODEL="foo:tiny")["model"][1]
