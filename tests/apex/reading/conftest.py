"""A school: students of a major, who own pets, with everything that a profile would tell; and files of questions."""

from pathlib import Path

import pytest

from apex.reading.library import Library, library_of
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.profile import ColumnProfile, Profile, TableProfile

MAJORS = Table("main", "majors", (Column("id", "INTEGER", False), Column("name", "TEXT")), primary_key=("id",))
STUDENTS = Table(
    "main",
    "students",
    (
        Column("id", "INTEGER", False),
        Column("name", "TEXT"),
        Column("age", "INTEGER"),
        Column("country", "TEXT"),
        Column("enrolled_on", "DATE"),
        Column("major_id", "INTEGER"),
    ),
    primary_key=("id",),
    foreign_keys=(ForeignKey(("major_id",), TableName("main", "majors"), ("id",)),),
)
PETS = Table(
    "main",
    "pets",
    (
        Column("id", "INTEGER", False),
        Column("kind", "TEXT"),
        Column("weight", "REAL"),
        Column("student_id", "INTEGER"),
    ),
    primary_key=("id",),
    foreign_keys=(ForeignKey(("student_id",), TableName("main", "students"), ("id",)),),
)
CATALOG = Catalog("sqlite", (MAJORS, STUDENTS, PETS), ("main",))


def _listed(name: str, *values: str) -> ColumnProfile:
    top = tuple((value, 5) for value in values)
    return ColumnProfile(name, distinct=len(values), top=top, complete=True)


PROFILE = Profile(
    {
        MAJORS.full_name: TableProfile(MAJORS.full_name, 3, (_listed("name", "History", "Physics", "Law"),)),
        STUDENTS.full_name: TableProfile(STUDENTS.full_name, 90, (_listed("country", "France", "Japan", "Peru"),)),
        PETS.full_name: TableProfile(PETS.full_name, 40, (_listed("kind", "cat", "dog"),)),
    }
)


@pytest.fixture
def school() -> Library:
    return library_of(CATALOG, PROFILE)


def blocks_of(file: Path) -> list[tuple[str, ...]]:
    """The lines of each block of a file of questions; the first block says what the file is about."""
    return [tuple(block.splitlines()) for block in file.read_text(encoding="utf8").split("\n\n")[1:]]
