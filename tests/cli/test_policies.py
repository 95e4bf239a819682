"""`sql check` and `sql run` under a policy, and what is said when there is none to apply."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import JsonValue

POLICY = """
access:
  roles: {desk: {databases: {shop: {tables: {customers: {rows: "country = 'DE'", mask: {name: full}}}}}}}
  users: {anna: [desk]}
"""
SCHEMA = "CREATE TABLE customers (id int, name text, country text); CREATE TABLE pay (id int);"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A policy, a schema, and a database of that schema."""
    (tmp_path / "policy.yaml").write_text(POLICY)
    (tmp_path / "shop.sql").write_text(SCHEMA)
    connection = sqlite3.connect(tmp_path / "shop.db")
    connection.executescript(SCHEMA + "INSERT INTO customers VALUES (1, 'Ada', 'DE'), (2, 'Bea', 'FR');")
    connection.close()
    return tmp_path


def datachat(folder: Path, *arguments: str) -> tuple[list[dict[str, JsonValue]], str, int]:
    """What the command prints for two statements, what it complains of, and its exit code."""
    lines = '{"id": 1, "sql": "SELECT * FROM customers"}\n{"id": 2, "sql": "SELECT * FROM pay"}\n'
    command = [sys.executable, "-m", "cli", "--home", str(folder / "home"), *arguments]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, input=lines, capture_output=True, text=True, cwd=folder, check=False, env={"PYTHONPATH": str(root)}
    )
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr, done.returncode


CHECK = ("sql", "check", "--dialect", "sqlite", "--schema", "shop.sql")
RUN = ("sql", "run", "--db", "shop.db")
AS_ANNA = ("--policy", "policy.yaml", "--as", "anna")


def test_check_shows_the_statement_under_its_policy(folder: Path) -> None:
    (first, second), _, code = datachat(folder, *CHECK, *AS_ANNA)
    assert code == 0
    assert (first["verdict"], first["masked"], first["filtered"]) == (
        "accept",
        ["main.customers.name"],
        ["main.customers"],
    )
    assert "WHERE (governed.country = 'DE')" in str(first["sql"])
    assert (second["verdict"], second["rules"]) == ("reject", ["known_tables"])


def test_run_shows_what_the_policy_leaves(folder: Path) -> None:
    (first, second), _, code = datachat(folder, *RUN, *AS_ANNA)
    assert code == 0
    assert first["rows"] == [[1, "***", "DE"]]
    assert (second["status"], second["error"]) == (
        "rejected",
        {"code": "known_tables", "message": "The table pay does not exist.", "hint": ""},
    )


def test_run_applies_the_policy_of_the_settings(folder: Path) -> None:
    (folder / "datachat.yaml").write_text(POLICY)
    assert datachat(folder, *RUN, "--as", "anna")[0][0]["rows"] == [[1, "***", "DE"]]
    assert datachat(folder, *RUN)[0][0]["status"] == "rejected", "the local user has no role"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((*CHECK, "--as", "anna"), "There is no policy to apply to this user."),
        ((*CHECK, "--policy", "policy.yaml"), "Name one with --as."),
        ((*RUN, "--as", "anna"), "Name its file with --policy."),
        ((*RUN, "--policy", "nothing.yaml", "--as", "anna"), "nothing.yaml cannot be read"),
        ((*RUN, "--policy", "shop.sql", "--as", "anna"), "shop.sql:1:"),
        (
            (*CHECK, "--policy", "broken.yaml", "--as", "anna"),
            "broken.yaml:3:46: the database 'shop' has no table `cust`",
        ),
    ],
)
def test_refuses_half_a_policy(arguments: tuple[str, ...], complaint: str, folder: Path) -> None:
    (folder / "broken.yaml").write_text(POLICY.replace("{customers:", "{cust:"))
    printed, complained, code = datachat(folder, *arguments)
    assert (printed, code) == ([], 2)
    assert complaint in complained
