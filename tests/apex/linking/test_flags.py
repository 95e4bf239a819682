"""Columns that say yes or no are conditions, not things to show or to count."""

import pytest

from apex.linking.flags import flags_of, truth_of
from apex.reading.engine import read
from apex.reading.library import library_of
from core.catalog import Catalog, Column, Table
from core.profile import Profile

CUSTOMERS = Table(
    "public",
    "customers",
    (
        Column("id", "integer", False),
        Column("name", "text"),
        Column("country", "text"),
        Column("is_active", "boolean"),
        Column("has_newsletter", "integer"),
    ),
    primary_key=("id",),
)
ACTIVE, INACTIVE = "WHERE is_active = TRUE", "WHERE is_active = FALSE"


@pytest.mark.parametrize(
    ("name", "type", "truth"),
    [
        ("is_active", "boolean", True),
        ("verified", "bool", True),
        ("active", "tinyint(1)", True),
        ("has_children", "int", 1),
        ("active_flag", "smallint", 1),
        ("is_active", "text", None),
        ("children", "int", None),
    ],
)
def test_what_yes_is(name: str, type: str, *, truth: bool | int | None) -> None:
    assert truth_of(Column(name, type)) is truth


def test_words_and_their_opposites_lead_to_the_column() -> None:
    words = {words: link.value for words, link in flags_of([CUSTOMERS])}
    assert words[("active",)] is True
    assert words[("inactive",)] is False
    assert words[("newsletter",)] == 1


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        ("How many active customers do we have?", f"SELECT COUNT(*) AS customers_count FROM customers {ACTIVE}"),
        ("How many customers are active?", f"SELECT COUNT(*) AS customers_count FROM customers {ACTIVE}"),
        ("How many inactive customers are there?", f"SELECT COUNT(*) AS customers_count FROM customers {INACTIVE}"),
    ],
)
def test_they_are_conditions(question: str, sql: str) -> None:
    library = library_of(Catalog("postgres", (CUSTOMERS,), ("public",)), Profile())
    reading = read(question, library, dialect="postgres")
    assert reading.settled
    assert reading.settled.compilation.sql == sql
