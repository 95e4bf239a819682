"""One table from outcomes to exit codes."""

import pytest

from cli.exits import exit_of_answer, exit_of_error
from core.errors import (
    DataChatError,
    LimitError,
    NotFoundError,
    RefusedError,
    SetupError,
    StatementError,
    UpstreamError,
    UserError,
)
from core.values import Answer, Failure, Status


@pytest.mark.parametrize(
    ("status", "code"), [("answered", 0), ("clarify", 3), ("abstain", 4), ("refused", 5), ("waiting", 6)]
)
def test_an_answer_has_the_code_of_its_status(status: Status, code: int) -> None:
    assert exit_of_answer(Answer(status=status, answer="")) == code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("bad_input", 2),
        ("not_found", 2),
        ("not_set_up", 2),
        ("unknown_model", 2),
        ("limit", 8),
        ("timeout", 8),
        ("model_timeout", 8),
        ("upstream_failed", 7),
        ("model_unreachable", 7),
        ("statement_refused", 7),
    ],
)
def test_a_failed_answer_has_the_code_of_its_error(error: str, code: int) -> None:
    assert exit_of_answer(Answer(status="error", answer="", error=Failure(code=error, message=""))) == code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UserError("", code="bad_file"), 2),
        (NotFoundError(""), 2),
        (SetupError(""), 2),
        (RefusedError(""), 5),
        (StatementError(""), 7),
        (UpstreamError(""), 7),
        (LimitError(""), 8),
    ],
)
def test_an_error_has_the_code_of_its_class(error: DataChatError, code: int) -> None:
    assert exit_of_error(error) == code
