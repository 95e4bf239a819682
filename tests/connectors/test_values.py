"""Cells keep their meaning, and limits cut rows and cells."""

import enum
import json
import uuid
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.values import Meter, cell, iso_timestamp, json_text
from core.values import Cell, Limits


class Mood(enum.Enum):
    """A driver's enum."""

    SAD = "sad"

    def __str__(self) -> str:
        return self.value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (2**53, 2**53),
        (2**53 + 1, "9007199254740993"),
        (-(2**63), "-9223372036854775808"),
        (Decimal("10.00"), 10),
        (Decimal("0.10"), 0.1),
        (Decimal("-0.5"), -0.5),
        (Decimal("1E+3"), 1000),
        (Decimal("123456789012.345"), 123456789012.345),
        (Decimal("1234567890123.4567"), "1234567890123.4567"),
        (Decimal("12345678901234567890"), "12345678901234567890"),
        (Decimal("1E-400"), "1E-400"),
        (Decimal("1E+400"), "1E+400"),
        (Decimal("NaN"), "NaN"),
        (Decimal("sNaN"), "NaN"),
        (Decimal("-Infinity"), "-Infinity"),
        (float("nan"), "NaN"),
        (float("inf"), "Infinity"),
        (1.5, 1.5),
        ("é\x00🐘", "é\x00🐘"),
        ("a\ud800", "a?"),
        (b"\x00\xff", "\\x00ff"),
        (memoryview(b"ab"), "\\x6162"),
        (date(2026, 2, 28), "2026-02-28"),
        (time(10, 30), "10:30:00"),
        (datetime(2026, 2, 28, 1, 2, 3, tzinfo=UTC), "2026-02-28T01:02:03+00:00"),
        (datetime(2026, 2, 28, tzinfo=timezone(timedelta(hours=5, minutes=30))), "2026-02-28T00:00:00+05:30"),
        (timedelta(days=1, hours=2), "P1DT2H"),
        (timedelta(seconds=1.5), "PT1.5S"),
        (timedelta(days=-1, hours=-2), "P-1DT-2H"),
        (timedelta(), "PT0S"),
        (uuid.UUID(int=5), "00000000-0000-0000-0000-000000000005"),
        (Mood.SAD, "sad"),
        (ip_address("10.0.0.1"), "10.0.0.1"),
        ((1, [Decimal("1.10"), None]), [1, [1.1, None]]),
        ({1: "a", None: 2, date(2026, 1, 1): b"x"}, {"1": "a", "null": 2, "2026-01-01": "\\x78"}),
    ],
)
def test_cell(value: object, expected: Cell) -> None:
    assert cell(value) == expected
    assert type(cell(value)) is type(expected)


def test_integers_of_any_length() -> None:
    assert str(cell(10**10000)).startswith("0x")


def test_what_nests_too_deeply_is_left_out() -> None:
    nested: list[object] = []
    for _ in range(10_000):
        nested = [nested]
    assert json.dumps(cell(nested)).count("[") == 101
    assert "…" in json.dumps(cell(nested), ensure_ascii=False)


def test_json_keeps_all_digits() -> None:
    assert json_text('{"a": [1.10, 12345678901234567890, 0.1234567890123456789]}') == {
        "a": [1.1, "12345678901234567890", "0.1234567890123456789"]
    }


def test_json_that_cannot_be_read_stays_text() -> None:
    deep = "[" * 10_000 + "]" * 10_000
    assert json_text(deep) == deep
    assert json_text('{"cut": ') == '{"cut": '


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_every_cell_is_json(value: object) -> None:
    assert json.loads(json.dumps(cell(value), allow_nan=False)) == cell(value)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_decimals_keep_their_value(value: Decimal) -> None:
    assert Decimal(str(cell(value))) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-28 10:30:00", "2026-02-28T10:30:00"),
        ("2026-02-28 10:30:00.5+02", "2026-02-28T10:30:00.5+02:00"),
        ("2026-02-28 10:30:00-03:30", "2026-02-28T10:30:00-03:30"),
        ("0044-03-15 10:30:00+00 BC", "0044-03-15T10:30:00+00:00 BC"),
        ("10:30:00+02", "10:30:00+02:00"),
        ("infinity", "infinity"),
    ],
)
def test_timestamps(text: str, expected: str) -> None:
    assert iso_timestamp(text) == expected


def test_rows_are_capped() -> None:
    meter = Meter(Limits(rows=3))
    assert meter.take([(1,), (2,)]) == [[1], [2]]
    assert not meter.truncated
    assert meter.take([(3,)]) == [[3]]
    assert not meter.truncated
    assert meter.take([(4,)]) == []
    assert meter.truncated


def test_bytes_are_capped_but_one_row_always_fits() -> None:
    meter = Meter(Limits(bytes=100))
    assert len(meter.take([("x" * 1000,), ("y",)])) == 1
    assert meter.truncated


def test_large_cells_are_cut_and_counted() -> None:
    meter = Meter(Limits(cell_bytes=10))
    rows = meter.take([("x" * 11, "ä" * 6, ["abc", "defgh"], b"12345", "fits")])
    assert rows == [["x" * 10 + "…", "ä" * 5 + "…", '["abc", "d…', "\\x31323334…", "fits"]]
    assert meter.cut_cells == 4
    meter.take([("fits",)])
    assert meter.cut_cells == 0
