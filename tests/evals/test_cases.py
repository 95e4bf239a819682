"""Suites as files."""

from pathlib import Path

import pytest

from core.errors import DataChatError
from evals.cases import suites
from evals.run import scorers


def test_every_suite_of_ours_names_scorers_that_have_something_to_judge() -> None:
    ours = suites()
    assert {each.name for each in ours} >= {
        "catalog",
        "intent",
        "routing",
        "retrieval",
        "compiler",
        "qa",
        "conversations",
    }
    for suite in ours:
        assert set(suite.thresholds) <= set(scorers())
        assert all(0 < least <= 1 for least in suite.thresholds.values())


def test_a_suite_may_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("database: shop\nthresholds: {status: 1}\ncases:\n  - {question: Hello, status: answered}\n")
    [suite] = suites([str(path)])
    assert suite.name == "mine"
    assert suite.cases[0].database == "shop"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("thresholds: {status: 1}\ncases:\n  - {asked: Hello}\n", "2:1: cases.0.question"),
        ("thresholds: {}\ncases: [{question: Hello}]\n", "1:1: thresholds"),
        ("thresholds: {status: 1}\n", "has no cases"),
        ("thresholds: [", "1:"),
    ],
)
def test_what_is_wrong_with_a_suite_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(DataChatError) as caught:
        suites([str(path)])
    assert "mine.yaml" in caught.value.message
    assert said in caught.value.message


def test_an_unknown_suite_is_said_with_the_known_ones() -> None:
    with pytest.raises(DataChatError, match="no suite 'nosuch'") as caught:
        suites(["nosuch"])
    assert "catalog" in caught.value.hint
