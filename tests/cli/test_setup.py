"""`setup` without questions."""

from pathlib import Path

from tests.cli.conftest import Datachat


def test_a_database_and_a_model(datachat: Datachat, shop: Path, tmp_path: Path) -> None:
    command = ("setup", "--db", shop, "--name", "set up", "--model", "openai:gpt-5", "--yes")
    for done in (datachat(*command), datachat(*command)):
        assert (done.code, "set up, the default: SQLite" in done.out) == (0, True)
        assert "export OPENAI_API_KEY" in done.err
    assert (tmp_path / "datachat.yaml").read_text() == "model: openai:gpt-5\n"
    assert datachat("ask", "How many rows are in customers?").code == 0
    assert datachat("database", "remove", "set up").code == 0


def test_the_url_may_come_from_stdin(datachat: Datachat, shop: Path) -> None:
    assert datachat("setup", "--db", "-", "--name", "unseen", "--yes", stdin=f"sqlite:///{shop}\n").code == 0
    datachat("database", "remove", "unseen")


def test_what_does_not_work_is_not_kept(datachat: Datachat, tmp_path: Path) -> None:
    assert datachat("setup", "--db", "nowhere.csv", "--yes").code == 2
    assert datachat("setup", "--model", "foo:x", "--yes").code == 2
    done = datachat("setup", "--model", "openai:x", "--base-url", "http://u:hunter2@h/v1", "--yes")
    assert (done.code, "hunter2" in done.err) == (2, False)
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_it_does_not_ask(datachat: Datachat) -> None:
    done = datachat("setup")
    assert (done.code, "--yes" in done.err) == (2, True)
