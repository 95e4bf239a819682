"""The demo, on a machine that has seen nothing of it, and again."""

import signal
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Datachat, Started
from tests.cli.test_process import left_behind

pytestmark = pytest.mark.slow


def ask(started: Started, *arguments: str | Path, **variables: str | None) -> tuple[int, str, str, float]:
    """Exit code, output, diagnostics and seconds of a command with an embedded database of its own."""
    begun = time.monotonic()
    with started(*arguments, **{"SYSTEM_DATABASE_URL": None, **variables}) as process:
        out, err = process.communicate(timeout=120)
    return process.returncode, out.decode(), err.decode(), time.monotonic() - begun


def test_first_and_second_time(started: Started, tmp_path: Path) -> None:
    home = tmp_path / "home"
    code, out, err, seconds = ask(started, "--home", home, "demo")
    assert (code, seconds < 60) == (0, True), err
    assert "There are 18 tables and views" in out
    assert "SELECT COUNT(*)" in out
    assert "needs a model" in out
    assert "| intent_gate " in out
    assert "database add" in out
    assert "Preparing the example company" in err
    _, again, err, _ = ask(started, "--home", home, "demo")
    assert "done in" not in err.partition("Preparing")[2]
    assert again.count("conversation") == out.count("conversation")
    code, out, err, _ = ask(started, "--home", home, "doctor")
    assert (code, "database payments: PostgreSQL" in out) == (0, True), out
    moved = tmp_path / "moved"
    home.rename(moved)
    code, out, err, _ = ask(started, "--home", moved, "demo")
    assert (code, "Row count: " in out) == (0, True), err
    assert left_behind(tmp_path) == []


def test_ctrl_c_while_it_loads(started: Started, tmp_path: Path) -> None:
    with started("--home", tmp_path / "home", "demo", SYSTEM_DATABASE_URL=None) as process:
        assert process.stderr
        while b"Preparing" not in process.stderr.readline():
            pass
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    assert left_behind(tmp_path) == []
    assert ask(started, "--home", tmp_path / "home", "demo")[0] == 0


def test_a_model_that_fails_is_said(started: Started, tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text("replies:\n  - fail: failed\n")
    model = f"scripted:{tmp_path / 'model.yaml'}"
    code, out, err, _ = ask(started, "--home", tmp_path / "home", "demo", DATACHAT_MODEL=model)
    assert (code, "What next" in out, "Error: " in err) == (7, True, True)


def test_another_system_database_is_left_alone(datachat: Datachat) -> None:
    done = datachat("demo")
    assert (done.code, "env -u SYSTEM_DATABASE_URL" in done.err) == (2, True)
