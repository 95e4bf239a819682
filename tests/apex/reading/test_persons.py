"""Names of persons are never stored, and are looked for where persons are."""

from dataclasses import replace

import pytest

from apex.reading.engine import read
from apex.reading.library import WHOLE, library_of
from core.catalog import Catalog, Column, Table
from core.profile import ColumnProfile, Profile, TableProfile
from tests.apex.reading.conftest import CATALOG, PROFILE, STUDENTS


@pytest.mark.parametrize("question", ["How many pets does Patricia own?", "How many pets did Patricia Gale buy?"])
@pytest.mark.parametrize("personal", [True, False])
def test_an_unknown_name_is_that_of_a_person(question: str, personal: bool) -> None:
    students = TableProfile(STUDENTS.full_name, 90, (ColumnProfile("name", distinct=90, pii=personal),))
    library = library_of(CATALOG, replace(PROFILE, tables={**PROFILE.tables, STUDENTS.full_name: students}))
    reading = read(question, library)
    sql = reading.settled.compilation.sql if reading.settled else ""
    assert ("students.name = 'Patricia" in sql) is personal


def test_a_full_name_is_that_of_a_table_that_was_found() -> None:
    columns = (Column("id", "int"), Column("first_name", "text"), Column("last_name", "text"))
    teams = [Table("main", f"team_{number}", columns, primary_key=("id",)) for number in range(WHOLE + 1)]
    library = library_of(Catalog(tables=tuple(teams), dialect="sqlite", search_path=("main",)), Profile())
    reading = read("What are the full names?", library, tables=["main.team_40"])
    assert reading.settled and reading.settled.compilation.sql == "SELECT first_name, last_name FROM team_40"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What are the names of all pupils?", "SELECT name FROM students"),
        ("What are the weights of the pupils' pets?", "SELECT weight FROM pets"),
        ("How many majors have more than 500 boats?", "SELECT COUNT(*) AS majors_count FROM majors"),
    ],
)
def test_people_of_another_name_are_those_that_there_are(question: str, found: str) -> None:
    reading = read(question, library_of(CATALOG, PROFILE))
    assert reading.settled and reading.settled.compilation.sql.startswith(found)


@pytest.mark.parametrize("called", ["students", "people"])
def test_employees_are_people_and_no_students(called: str) -> None:
    table = Table("main", called, STUDENTS.columns, primary_key=STUDENTS.primary_key)
    reading = read("How many employees are there?", library_of(Catalog("sqlite", (table,), ("main",)), Profile()))
    assert (reading.settled is not None) is (called == "people")
