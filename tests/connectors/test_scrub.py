"""Errors leave without values and without secrets."""

import pytest

from connectors.scrub import one_line, without_secret, without_values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('invalid input syntax for type integer: "secret"', "invalid input syntax for type integer: …"),
        ('value "99999999999" is out of range for type integer', "value … is out of range for type integer"),
        ('invalid input syntax: "it says "no" here"', "invalid input syntax: …"),
        ("Could not convert string 'a\nb' to INT32", "Could not convert string … to INT32"),
        ("Duplicate entry `x` for key", "Duplicate entry … for key"),
        ("invalid byte 0xff at 17", "invalid byte … at …"),
        ("division by zero", "division by zero"),
        ("first line\nDETAIL: a secret", "first line"),
        ("unfinished 'secret", "unfinished …"),
    ],
)
def test_values(text: str, expected: str) -> None:
    assert without_values(text) == expected


def test_secrets() -> None:
    text = "cannot reach mysql://me:hunter2@host:3306/x with hunter2"
    assert without_secret(text, "hunter2", None, "") == "cannot reach mysql://***@host:3306/x with ***"


def test_one_line_is_short() -> None:
    assert one_line("a\n  b") == "a b"
    assert len(one_line("x" * 10_000)) == 500
