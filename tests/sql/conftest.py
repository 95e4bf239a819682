"""One small shop as every dialect's catalog."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from core.catalog import Catalog
from sql.ddl import catalog_of

CASES = Path(__file__).parent / "cases"


@cache
def _shop(dialect: str) -> Catalog:
    return catalog_of((CASES / "schema.sql").read_text(encoding="utf8"), dialect="postgres", read_as=dialect)


@pytest.fixture(scope="session")
def shop() -> Callable[[str], Catalog]:
    """The shop's catalog for a dialect."""
    return _shop
