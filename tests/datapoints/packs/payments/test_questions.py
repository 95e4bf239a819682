"""Every golden question has an answer in the example company."""

from typing import NotRequired, TypedDict, cast

import psycopg
import pytest
import yaml

from evals.cases import GOLDEN


class Golden(TypedDict):
    """One entry of the file."""

    question: str
    kind: str
    sql: str
    after: NotRequired[str]


def golden() -> list[Golden]:
    return cast(list[Golden], yaml.safe_load(GOLDEN.read_text(encoding="utf-8")))


def test_forty_questions_of_three_kinds() -> None:
    questions = golden()
    assert len(questions) == 40
    assert {each["kind"] for each in questions} == {"catalog", "data", "followup"}
    asked = {each["question"] for each in questions if each["kind"] != "followup"}
    assert len(asked) == sum(each["kind"] != "followup" for each in questions)
    for each in questions:
        assert ("after" in each) == (each["kind"] == "followup")
        assert each.get("after", each["question"]) in asked


@pytest.mark.parametrize("golden", [pytest.param(each, id=each["question"]) for each in golden()])
def test_a_question_has_an_answer(connection: psycopg.Connection, golden: Golden) -> None:
    connection.execute("SET timezone = 'UTC'")
    statement = golden["sql"].replace("CURRENT_DATE", "DATE '2026-03-01'")
    rows = connection.execute(statement.encode()).fetchall()
    assert rows
    assert all(value is not None for row in rows[:1] for value in row[-1:])
