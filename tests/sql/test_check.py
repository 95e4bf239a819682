"""Lines in, verdicts out; a bad line is named."""

import json
from collections.abc import Callable

import pytest

from core.catalog import Catalog
from core.errors import UserError
from sql.check import check


def test_gives_a_verdict_per_line(shop: Callable[[str], Catalog]) -> None:
    lines = [
        json.dumps({"id": 1, "sql": "SELECT id FROM clients;"}),
        "",
        json.dumps({"id": "b", "sql": "DROP TABLE x"}),
    ]
    first, second = check(lines, dialect="postgres", catalog=shop("postgres"))
    assert (first["id"], first["verdict"], first["rules"], first["sql"]) == (1, "accept", [], "SELECT id FROM clients")
    assert (second["id"], second["verdict"], second["rules"]) == ("b", "reject", ["single_query"])


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": 1, "sql": 3}'])
def test_names_a_bad_line(line: str, shop: Callable[[str], Catalog]) -> None:
    with pytest.raises(UserError, match="Line 2"):
        list(check(['{"id": 1, "sql": "SELECT 1"}', line], dialect="postgres", catalog=shop("postgres")))
