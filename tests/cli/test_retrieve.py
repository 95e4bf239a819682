import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app


@pytest.fixture
def garage(environment: Mapping[str, str], tmp_path: Path) -> str:
    with sqlite3.connect(tmp_path / "garage.sqlite") as database:
        database.executescript(
            "CREATE TABLE makers (id integer primary key, maker text);"
            "CREATE TABLE cars (id integer primary key, maker_id int references makers, horsepower int);"
            "INSERT INTO makers VALUES (1, 'Volvo'), (2, 'Saab');"
        )
    database.close()
    return f"sqlite:///{tmp_path / 'garage.sqlite'}"


def test_one_line_in_one_object_out(garage: str) -> None:
    questions = "how strong are the cars?\n\nanything of Volvo\n"
    ran = CliRunner().invoke(app, ["retrieve", "-", "--db", garage, "--json", "--k", "1"], input=questions)
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.exit_code == 0
    assert [[each["name"] for each in one["tables"]] for one in found] == [["cars"], ["makers"], ["makers"]]
    assert all(set(one) == {"tables", "datapoints", "ms"} for one in found)
    assert set(found[0]["tables"][0]) == {"name", "schema", "score"}


def test_people_see_values_too(garage: str) -> None:
    ran = CliRunner().invoke(app, ["retrieve", "cars by Saab", "--db", garage])
    assert "main.makers.maker" in ran.stdout
    assert "Saab" in ran.stdout


def test_an_unknown_database_is_said(garage: str) -> None:
    ran = CliRunner().invoke(app, ["retrieve", "cars", "--db", "nowhere"])
    assert ran.exit_code == 2
    assert "There is no database named 'nowhere'." in ran.output
