"""Names of persons are never stored, and are looked for where persons are."""

from dataclasses import replace

import pytest

from apex.reading.engine import read
from apex.reading.library import library_of
from core.profile import ColumnProfile, TableProfile
from tests.apex.reading.conftest import CATALOG, PROFILE, STUDENTS


@pytest.mark.parametrize("question", ["How many pets does Patricia own?", "How many pets did Patricia Gale buy?"])
@pytest.mark.parametrize("personal", [True, False])
def test_an_unknown_name_is_that_of_a_person(question: str, personal: bool) -> None:
    students = TableProfile(STUDENTS.full_name, 90, (ColumnProfile("name", distinct=90, pii=personal),))
    library = library_of(CATALOG, replace(PROFILE, tables={**PROFILE.tables, STUDENTS.full_name: students}))
    reading = read(question, library)
    sql = reading.settled.compilation.sql if reading.settled else ""
    assert ("students.name = 'Patricia" in sql) is personal
