"""Databases of the same shape: keys and references hold, and what was right by chance no longer is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evals.shaken import ROWS, shaken

SHAPE = """
CREATE TABLE owner (owner_id INTEGER PRIMARY KEY, name TEXT, card TEXT UNIQUE);
CREATE TABLE pet (pet_id INTEGER PRIMARY KEY, kind TEXT, weight REAL, owner_id INTEGER REFERENCES owner (owner_id));
CREATE TABLE visit (pet_id INTEGER REFERENCES pet (pet_id), day TEXT, PRIMARY KEY (pet_id, day));
CREATE TABLE kind (kind TEXT CHECK (kind IN ('cat', 'dog')), legs INTEGER CHECK (legs = 4 OR kind = 'bird'));
INSERT INTO owner VALUES (1, 'Ann', 'a'), (2, 'Ben', 'b'), (3, 'Cid', 'c');
INSERT INTO pet VALUES (1, 'cat', 4.5, 1), (2, 'dog', 20, 2), (3, 'cat', 5, NULL);
INSERT INTO visit VALUES (1, '2024-01-01'), (2, '2024-01-02');
INSERT INTO kind VALUES ('cat', 4), ('dog', 4);
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "pets.sqlite"
    with closing(sqlite3.connect(made)) as connection:
        connection.executescript(SHAPE)
    return made


def _asked(file: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchall()


def test_references_hold_and_small_tables_grow(file: Path, tmp_path: Path) -> None:
    for copy in shaken(file, tmp_path / "more", 2):
        assert _asked(copy, "PRAGMA foreign_key_check") == []
        assert _asked(copy, "SELECT COUNT(*), COUNT(DISTINCT pet_id) FROM pet") == [(ROWS, ROWS)]
        assert _asked(copy, "SELECT COUNT(*) FROM visit")[0] > (2,)


def test_what_may_not_repeat_does_not(file: Path, tmp_path: Path) -> None:
    (copy,) = shaken(file, tmp_path / "more", 1)
    assert _asked(copy, "SELECT card FROM owner ORDER BY owner_id") == [("a",), ("b",), ("c",)]


def test_values_are_those_that_were_there(file: Path, tmp_path: Path) -> None:
    (copy,) = shaken(file, tmp_path / "more", 1)
    assert {*_asked(copy, "SELECT kind FROM pet")} == {("cat",), ("dog",)}


def test_a_statement_that_is_right_by_chance_is_wrong_on_others(file: Path, tmp_path: Path) -> None:
    (copy,) = shaken(file, tmp_path / "more", 1)
    joined = "SELECT name FROM owner JOIN pet ON pet.owner_id = owner.owner_id"
    among = "SELECT name FROM owner WHERE owner_id IN (SELECT owner_id FROM pet)"
    assert sorted(_asked(file, joined)) == sorted(_asked(file, among))
    assert len(_asked(copy, joined)) > len(_asked(copy, among))


def test_the_same_database_is_always_shaken_alike(file: Path, tmp_path: Path) -> None:
    (one,), (other,) = (shaken(file, tmp_path / name, 1) for name in ("one", "other"))
    assert _asked(one, "SELECT * FROM pet") == _asked(other, "SELECT * FROM pet")
