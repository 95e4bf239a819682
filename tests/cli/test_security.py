"""`security check`: the published statements against the gate, and against a session of one's own."""

import json
import sqlite3
from pathlib import Path
from typing import Any, cast

from cli.security import of_session
from core.ports import Connector
from core.values import Limits, Result
from sql.suite import probes
from tests.cli.conftest import Datachat


def test_without_a_database_every_dialect_is_checked(datachat: Datachat) -> None:
    done = datachat("security", "check", "--json")
    found = json.loads(done.out)
    assert (done.code, found["ok"], found["database"]) == (0, True, None)
    assert len({each["dialect"] for each in found["checks"]}) == 10
    assert not any(each["wrong"] for each in found["checks"])
    assert sum(each["tried"] for each in found["checks"]) > 1500


def test_a_database_is_checked_by_its_own_names_and_by_its_session(datachat: Datachat, shop: Path) -> None:
    before = shop.read_bytes()
    done = datachat("security", "check", "--db", shop)
    assert done.code == 0
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.out.splitlines()]
    assert [line[:3] for line in lines[2:]] == [
        ["gate, hostile", "sqlite", "refused"],
        ["gate, legitimate", "sqlite", "let pass"],
        ["session alone", "sqlite", "refused"],
    ]
    assert all(right == tried for right, tried in (line[3].split(" of ") for line in lines[2:]))
    assert shop.read_bytes() == before


def test_names_that_need_quotes_are_no_hindrance(datachat: Datachat, tmp_path: Path) -> None:
    path = tmp_path / "odd.db"
    with sqlite3.connect(path) as connection:
        connection.execute('CREATE TABLE "drop table; --" ("select ""all""" TEXT, "it\'s" TEXT)')
    connection.close()
    assert datachat("security", "check", "--db", path).code == 0


def test_a_database_without_tables(datachat: Datachat, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    sqlite3.connect(path).close()
    path.write_bytes(b"")
    done = datachat("security", "check", "--db", path)
    assert done.code != 0
    assert "no table with columns" in done.err


class Yielding:
    """A connector whose sessions refuse nothing."""

    dialect = "postgres"

    async def run(self, sql: str, *, limits: Limits, parameters: Any = ()) -> Result:
        return Result(columns=[], rows=[])


async def test_a_session_that_refuses_nothing_is_found_out() -> None:
    found = await of_session(cast(Connector, Yielding()))
    assert list(found.wrong) == list(probes("postgres"))
