"""`datachat dp`: what is printed, what is written, and the exit codes that a check of commits rests on."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Datachat

GOOD = "datapoint:\n  id: churn\n  kind: concept\n  definition: The share of customers who left.\n  owner: growth\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one DataPoint."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "datapoints" / "user").mkdir(parents=True)
    (tmp_path / "datapoints" / "user" / "churn.yaml").write_text(GOOD)
    return tmp_path / "datapoints"


def test_lint_fails_for_errors_and_in_strict_mode_for_warnings(datachat: Datachat, folder: Path):
    assert datachat("dp", "lint").code == 0
    (folder / "user" / "weak.yaml").write_text("datapoint: {id: weak, kind: concept, owner: x}")
    weak = datachat("dp", "lint")
    assert (weak.code, "weak.yaml:1:1: warning: it is not explained" in weak.out) == (0, True)
    assert datachat("dp", "lint", "--strict").code == 1
    (folder / "user" / "weak.yaml").write_text("datapoint: {id: weak, kind: concept, sinonyms: x}")
    told = datachat("dp", "lint", "--json")
    assert told.code == 1
    [found] = [each for each in json.loads(told.out) if each["severity"] == "error"]
    assert (found["rule"], found["line"], found["column"], found["hint"]) == (
        "unknown_key",
        1,
        38,
        "Did you mean `synonyms`?",
    )
    assert datachat("dp", "lint", "nowhere").code == 2


def test_lint_looks_names_up_in_a_file_of_ddl(datachat: Datachat, folder: Path):
    (folder / "user" / "c.yaml").write_text("datapoint: {id: c, kind: column, table: orders, column: totl}")
    (folder / "schema.sql").write_text("CREATE TABLE orders (total int)")
    told = datachat("dp", "lint", "--schema", str(folder / "schema.sql"))
    assert (told.code, "Did you mean `total`?" in told.out) == (1, True)


def test_sync_list_and_show(datachat: Datachat, folder: Path):
    assert "1 added" in datachat("dp", "sync").out
    assert [each["id"] for each in json.loads(datachat("dp", "list", "--json").out)] == ["churn"]
    assert "growth" in datachat("dp", "list", "--kind", "concept").out
    assert "The share of customers" in datachat("dp", "show", "churn").out
    missing = datachat("dp", "show", "nobody")
    assert (missing.code, "nobody" in missing.err) == (2, True)
    (folder / "user" / "churn.yaml").write_text("datapoint: [")
    assert datachat("dp", "sync").code == 1


def test_add_and_retire(datachat: Datachat, folder: Path, tmp_path: Path):
    (tmp_path / "new.yaml").write_text(GOOD.replace("churn", "active"))
    assert datachat("dp", "add", "new.yaml").code == 0
    assert (folder / "user/concept/active.yaml").exists()
    assert datachat("dp", "add", "new.yaml").code != 0
    assert datachat("dp", "retire", "active", "--as", "ann", "--reason", "old").code == 0
    assert "status: retired" in (folder / "user/concept/active.yaml").read_text()


def test_a_review_one_by_one_and_in_bulk(datachat: Datachat, folder: Path, tmp_path: Path):
    for name in ("a", "b", "c", "d"):
        confidence = {"a": 0.9, "b": 0.3}.get(name, 0.5)
        (folder / "user" / f"{name}.yaml").write_text(
            f"datapoint: {{id: {name}, kind: concept, status: pending, confidence: {confidence}}}"
        )
    datachat("dp", "sync")
    waiting = json.loads(datachat("dp", "pending", "list", "--json").out)
    assert [each["id"] for each in waiting] == ["a", "b", "c", "d"]
    assert "id: a" in datachat("dp", "pending", "show", "a").out
    assert "+  id: a" in datachat("dp", "pending", "diff", "a").out
    (tmp_path / "c.yaml").write_text("datapoint: {id: c, kind: concept, definition: Edited.}")
    assert datachat("dp", "pending", "edit", "c", "--file", "c.yaml").code == 0
    assert datachat("dp", "pending", "approve", "c", "--version", "1").code != 0
    assert datachat("dp", "pending", "approve").code == 2
    assert datachat("dp", "pending", "approve", "--all", "--min-confidence", "0.8", "--as", "ann").code == 0
    assert datachat("dp", "pending", "reject", "b", "--reason", "no").code == 0
    assert [each["id"] for each in json.loads(datachat("dp", "pending", "list", "--json").out)] == ["c", "d"]
    assert not (folder / "user" / "b.yaml").exists()
    assert "reviewer: ann" in (folder / "user" / "a.yaml").read_text()


def test_convert_and_schema(datachat: Datachat, folder: Path, tmp_path: Path):
    old = {"type": "Process", "datapoint_id": "p", "name": "P", "schedule": "daily", "target_tables": ["t"]}
    (tmp_path / "old.json").write_text(json.dumps([old]))
    assert "targets:\n    - t" in datachat("dp", "convert", "old.json").out
    assert datachat("dp", "convert", "old.json", "--to", "new").code == 0
    assert (tmp_path / "new" / "p.yaml").exists()
    (tmp_path / "old.json").write_text("[1")
    assert datachat("dp", "convert", "old.json").code == 2
    assert json.loads(datachat("dp", "schema", "metric").out)["$defs"]["metric"]["properties"]["execution"]
    assert datachat("dp", "schema", "metrik").code == 2
