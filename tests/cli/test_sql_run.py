"""`sql run` and `sql check`: a line of JSON in, a line of JSON out."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Datachat


def outcomes(out: str) -> dict[object, dict[str, object]]:
    return {each["id"]: each for each in map(json.loads, out.splitlines())}


def test_every_outcome(datachat: Datachat, shop: Path) -> None:
    lines = [
        {"id": 1, "sql": "SELECT count(*) AS n FROM customers"},
        {"id": "two", "sql": "DROP TABLE customers"},
        {"id": 3, "sql": "SELECT nothing FROM customers"},
        {"id": 4, "sql": "SELECT id FROM customers ORDER BY id"},
        {"id": 5, "sql": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"},
    ]
    done = datachat(
        "sql", "run", "--db", shop, "--max-rows", 2, "--timeout", 0.5, stdin="\n".join(map(json.dumps, lines))
    )
    assert done.code == 0
    found = outcomes(done.out)
    assert found[1] == {
        "id": 1,
        "status": "ok",
        "columns": [{"name": "n", "type": "integer"}],
        "rows": [[3]],
        "truncated": False,
        "error": None,
    }
    assert found["two"]["status"] == "rejected"
    assert found[3]["status"] in ("rejected", "error")
    assert (found[4]["rows"], found[4]["truncated"]) == ([[1], [2]], True)
    assert found[5]["status"] == "limit"


def test_a_stored_name_will_do(datachat: Datachat, shop: Path) -> None:
    datachat("database", "add", "run shop", shop)
    done = datachat("sql", "run", "--db", "run shop", stdin='{"id": 1, "sql": "SELECT 1 AS a FROM customers LIMIT 1"}')
    datachat("database", "remove", "run shop")
    assert outcomes(done.out)[1]["status"] == "ok"


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "said"),
    [
        (["--db", "SHOP"], "nonsense", 2, "Line 1"),
        (["--db", "SHOP", "--timeout", "0"], "", 2, "timeout"),
        (["--db", "SHOP", "--max-rows", "0"], "", 2, "max-rows"),
        (["--db", "nowhere"], "", 2, "nowhere"),
        (["--db", "foo://x"], "", 2, "Unknown kind of database"),
        (["--db", "postgresql://u:hunter2@127.0.0.1:1/d"], "", 7, "127.0.0.1:1"),
        ([], "", 2, "--db"),
    ],
)
def test_bad_input(datachat: Datachat, shop: Path, arguments: list[str], stdin: str, code: int, said: str) -> None:
    given = [str(shop) if each == "SHOP" else each for each in arguments]
    done = datachat("sql", "run", *given, stdin=stdin)
    assert (done.code, said in done.err, "hunter2" in done.err, done.out) == (code, True, False, "")


def test_check_judges_against_a_file(datachat: Datachat, tmp_path: Path) -> None:
    (tmp_path / "shop.sql").write_text("CREATE TABLE customers (id int)")
    lines = '{"id": 1, "sql": "SELECT id FROM customers"}\n{"id": 2, "sql": "DELETE FROM customers"}\n'
    done = datachat("sql", "check", "--dialect", "postgres", "--schema", "shop.sql", stdin=lines)
    assert [each["verdict"] for each in outcomes(done.out).values()] == ["accept", "reject"]
