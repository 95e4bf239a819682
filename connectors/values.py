"""Turns what a driver returns into JSON-safe cells that keep their meaning, and counts them against the limits."""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import cast

from core.values import Cell, Limits, Row

_LARGEST_EXACT = 2**53
_MAX_DEPTH = 100
_CUT = "…"
_BEFORE_TIME = re.compile(r" (?=\d\d:\d\d)")
_HOURS_ONLY = re.compile(r"(?<=:\d\d)((?:\.\d+)?[+-]\d\d)(?=$| )")


def cell(value: object) -> Cell:
    """The value as JSON: integers beyond 2^53 and decimals beyond 15 digits as text, dates in ISO 8601, bytes as hex.

    What lies deeper than 100 levels is left out, because readers of JSON give up on it.
    """
    return _convert(value, 0, beyond=_CUT)


def _convert(value: object, depth: int, beyond: str | None) -> Cell:
    """`beyond` stands for what nests too deeply; None raises a RecursionError instead."""
    if value is None or value is True or value is False:
        return value
    kind = type(value)
    exact = _EXACT.get(kind)
    if exact is not None:
        return exact(value)
    if depth > _MAX_DEPTH:
        if beyond is None:
            raise RecursionError
        return beyond
    if isinstance(value, Mapping):
        entries = cast(Mapping[object, object], value)
        return {_key(key): _convert(each, depth + 1, beyond) for key, each in entries.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = cast(Iterable[object], value)
        return [_convert(each, depth + 1, beyond) for each in items]
    for base, convert in _EXACT.items():
        if isinstance(value, base):
            return convert(value)
    return text_of(str(value))


def _key(key: object) -> str:
    converted = cell(key)
    return converted if isinstance(converted, str) else json.dumps(converted, ensure_ascii=False)


def text_of(value: str) -> str:
    """The text without what no encoding can carry (lone surrogates)."""
    if value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode(errors="replace").decode()
    return value


def integer(value: int) -> Cell:
    """An integer as a number, or as a string where a double would round it."""
    return value if -_LARGEST_EXACT <= value <= _LARGEST_EXACT else _digits(value)


def _digits(value: int) -> str:
    # str() refuses more than 4300 digits, hex() never does.
    return str(value) if value.bit_length() < 14_000 else hex(value)


def floating(value: float) -> Cell:
    """A float as a number; NaN and the infinities by name."""
    if math.isfinite(value):
        return value
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def exact_decimal(value: Decimal) -> Cell:
    """A decimal as a number where a double carries it exactly (at most 15 digits), else as a string."""
    if not value.is_finite():
        return floating(float(value)) if not value.is_snan() else "NaN"
    if abs(value.adjusted()) > 300:
        return str(value)
    if value == value.to_integral_value():
        return integer(int(value))
    digits = value.normalize()
    return float(digits) if len(digits.as_tuple().digits) <= 15 else format(value, "f")


def duration(value: timedelta) -> str:
    """A time span as an ISO 8601 duration; a negative one has negative parts (`P-1DT-2H`)."""
    microseconds = value // timedelta(microseconds=1)
    sign = "-" if microseconds < 0 else ""
    seconds, fraction = divmod(abs(microseconds), 1_000_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    exact_seconds = f"{seconds}.{fraction:06d}".rstrip("0") if fraction else str(seconds)
    clock = [f"{sign}{part}{unit}" for part, unit in ((hours, "H"), (minutes, "M")) if part]
    if seconds or fraction:
        clock.append(f"{sign}{exact_seconds}S")
    day = f"{sign}{days}D" if days else ""
    if not day and not clock:
        return "PT0S"
    return "P" + day + ("T" + "".join(clock) if clock else "")


def iso_timestamp(text: str) -> str:
    """An engine's `2026-02-28 10:30:00+02` with a T between day and time, and minutes in its offset."""
    return _BEFORE_TIME.sub("T", _HOURS_ONLY.sub(r"\1:00", text))


def json_text(text: str) -> Cell:
    """A JSON document as a cell: its numbers keep all digits, and one that nests too deeply stays text."""
    try:
        return _convert(json.loads(text, parse_float=Decimal, parse_int=Decimal), 0, None)
    except (RecursionError, ValueError):
        return text_of(text)


def hexadecimal(value: bytes | bytearray | memoryview) -> str:
    """Bytes as `\\x` + hex."""
    return "\\x" + value.hex()


def _iso(value: date | time) -> str:
    return value.isoformat()


_EXACT: Mapping[type, Callable[..., Cell]] = {
    str: text_of,
    int: integer,
    float: floating,
    Decimal: exact_decimal,
    datetime: _iso,
    date: _iso,
    time: _iso,
    timedelta: duration,
    bytes: hexadecimal,
    bytearray: hexadecimal,
    memoryview: hexadecimal,
}


def size(value: Cell) -> int:
    """About how many bytes the cell takes as JSON."""
    if isinstance(value, str):
        return len(value) if value.isascii() else len(value.encode())
    if isinstance(value, list | dict):
        return len(json.dumps(value, ensure_ascii=False).encode())
    return 8


class Meter:
    """Makes rows of cells until `limits.rows` or `limits.bytes` is reached; cells larger than `cell_bytes` are cut."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rows = 0
        self._bytes = 0
        self.truncated = False
        self.cut_cells = 0
        """Cells cut since the last call of `take`."""

    def take(self, raw_rows: Iterable[Sequence[object]]) -> list[Row]:
        """The rows that still fit; `truncated` turns True at the first one that does not."""
        taken: list[Row] = []
        self.cut_cells = 0
        for raw in raw_rows:
            if self._rows >= self._limits.rows:
                self.truncated = True
                break
            row, cut, width = self._row(raw)
            # The first row always fits, so that a result is never empty for its size alone.
            if self._rows and self._bytes + width > self._limits.bytes:
                self.truncated = True
                break
            self._rows += 1
            self._bytes += width
            self.cut_cells += cut
            taken.append(row)
        return taken

    def _row(self, raw: Sequence[object]) -> tuple[Row, int, int]:
        cap = self._limits.cell_bytes
        row: Row = []
        small: Cell
        cut = width = 0
        for value in raw:
            # Nearly all cells are such texts and numbers, which need no conversion.
            if type(value) is str and value.isascii():
                small, length = value, len(value)
            elif type(value) is int and -_LARGEST_EXACT < value < _LARGEST_EXACT:
                small, length = value, 8
            elif value is None or value is True or value is False:
                small, length = value, 4
            else:
                small = cell(value)
                length = size(small)
            if length > cap:
                small, length, cut = _cut(small, cap), cap, cut + 1
            row.append(small)
            width += length
        return row, cut, width


def _cut(value: Cell, cap: int) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # Four bytes hold any character, so this prefix is enough and the rest is never encoded.
    return text[:cap].encode()[:cap].decode(errors="ignore") + _CUT
