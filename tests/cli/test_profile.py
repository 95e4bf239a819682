"""Measuring a database, as a user does it."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Datachat


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ships and their calls, without a declared foreign key."""
    path = tmp_path_factory.mktemp("harbour") / "harbour.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE ships (id INTEGER PRIMARY KEY, name TEXT, email TEXT, tonnage INTEGER)")
        connection.execute("CREATE TABLE calls (id INTEGER PRIMARY KEY, ship_id INTEGER, paid_fee NUMERIC)")
        ships = [(n, f"Ship {n}", f"canary{n}@example.com", n * 100) for n in range(1, 21)]
        connection.executemany("INSERT INTO ships VALUES (?, ?, ?, ?)", ships)
        connection.executemany("INSERT INTO calls VALUES (?, ?, ?)", [(n, n % 20 + 1, n * 2.5) for n in range(200)])
    connection.close()
    return path


def test_a_database_is_measured_and_what_did_not_change_is_skipped(datachat: Datachat, harbour: Path) -> None:
    first = datachat("profile", harbour)
    assert (first.code, "harbour: 2 tables, 220 rows" in first.out) == (0, True)
    assert "main.calls(ship_id) -> main.ships(id)" in first.out
    assert "main.ships.email: looks like personal data (email)" in first.out
    assert "canary" not in first.out + first.err
    again = json.loads(datachat("profile", harbour, "--json").out)
    assert (again["tables"], again["measured"], again["unmeasured"]) == (2, [], [])
    assert [each["columns"] for each in again["relations"]] == [["ship_id"]]


def test_proposals_are_made_once(datachat: Datachat, harbour: Path) -> None:
    first = json.loads(datachat("profile", harbour, "--generate", "--json").out)
    assert "harbour.calls.paid_fee.sum" in first["proposals"]
    waiting = _waiting(datachat)
    again = json.loads(datachat("profile", harbour, "--generate", "--json").out)
    assert again["proposals"] == first["proposals"]
    assert _waiting(datachat) == waiting


def _waiting(datachat: Datachat) -> dict[str, object]:
    return {each["id"]: each["datapoint"] for each in json.loads(datachat("dp", "pending", "list", "--json").out)}


def test_a_sample_may_be_asked_for(datachat: Datachat, harbour: Path) -> None:
    done = datachat("profile", harbour, "--sample", "100", "--json")
    assert (done.code, json.loads(done.out)["tables"]) == (0, 2)
    assert datachat("profile", harbour, "--sample", "0").code == 2


def test_what_is_not_there_is_said(datachat: Datachat) -> None:
    unknown = datachat("profile", "nothing")
    assert (unknown.code, "nothing" in unknown.err) == (2, True)


def test_proposals_come_from_what_was_measured(datachat: Datachat, harbour: Path) -> None:
    datachat("profile", harbour)
    suggested = datachat("dp", "suggest", harbour)
    assert (suggested.code, "proposals wait for a review" in suggested.out) == (0, True)
