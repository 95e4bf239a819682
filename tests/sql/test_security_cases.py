"""The published attack and acceptance cases, where they are at hand."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from core.catalog import Catalog
from sql.ddl import catalog_of
from sql.guard import guard

FOLDER = Path(__file__).parents[3] / "shared" / "security"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs the security cases beside the repository")


def catalog(dialect: str) -> Catalog:
    own = FOLDER / "schema" / f"{dialect}.sql"
    path, written_in = (own, dialect) if own.exists() else (FOLDER / "schema" / "postgres.sql", "postgres")
    return catalog_of(path.read_text(encoding="utf8"), dialect=written_in, read_as=dialect)


def share(kind: str, *, accepted: bool) -> dict[str, float]:
    """How much of each dialect's cases gets the right verdict, and of `all`."""
    right: dict[str, list[bool]] = defaultdict(list)
    catalogs: dict[str, Catalog] = {}
    for line in (FOLDER / f"{kind}_sql.jsonl").read_text(encoding="utf8").splitlines():
        case = json.loads(line)
        if case.get("layer", "static") == "static":
            dialect = case["dialect"]
            known = catalogs.setdefault(dialect, catalog(dialect))
            good = guard(case["sql"], dialect=dialect, catalog=known).ok is accepted
            right[dialect].append(good)
            right["all"].append(good)
    return {dialect: sum(each) / len(each) for dialect, each in right.items()}


def test_hostile_statements_are_refused() -> None:
    shares = share("hostile", accepted=False)
    assert shares["all"] >= 0.995
    assert min(shares.values()) >= 0.99


def test_benign_statements_pass() -> None:
    assert share("benign", accepted=True)["all"] >= 0.99
