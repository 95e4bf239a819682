"""Tables show every cell, in any width."""

import io

import pytest
from rich.console import Console

from cli.tables import Heading, headings_of, print_table, shown
from core.values import Cell, ResultColumn, Row

COLUMNS = [
    ResultColumn(name="id", type="integer"),
    ResultColumn(name="at", type="timestamptz"),
    ResultColumn(name="comment", type="text"),
]
LONG = "an order that came late and was sent back twice"
ESCAPED = r"a\|b"
ROWS: list[Row] = [[1, "2026-03-01T12:00:00+00:00", LONG], [20_000_000, None, "a|b"]]


def printed(width: int, *, terminal: bool) -> list[str]:
    console = Console(file=io.StringIO(), width=width, force_terminal=terminal, color_system=None, highlight=False)
    print_table(console, headings_of(COLUMNS), ROWS)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def test_without_a_terminal_it_is_markdown() -> None:
    assert printed(100_000, terminal=False) == [
        f"|       id | at                        | comment{' ' * 40} |",
        f"| -------: | ------------------------- | {'-' * 47} |",
        f"|        1 | 2026-03-01T12:00:00+00:00 | {LONG} |",
        f"| 20000000 |                           | {ESCAPED:<47} |",
    ]


def test_a_wide_terminal_shows_everything() -> None:
    assert any(LONG in line for line in printed(120, terminal=True))


def test_a_narrow_one_folds_long_text_alone() -> None:
    lines = printed(70, terminal=True)
    assert all(len(line) <= 70 for line in lines)
    assert any("2026-03-01T12:00:00+00:00" in line for line in lines)
    assert not any("row 1" in line for line in lines)


def test_a_very_narrow_one_shows_records() -> None:
    lines = printed(45, terminal=True)
    assert lines[0].strip() == "row 1"
    assert any("2026-03-01T12:00:00+00:00" in line for line in lines)
    assert LONG in " ".join(" ".join(lines).replace("comment", "").split())


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "true"),
        (1234567, "1234567"),
        (0.1, "0.1"),
        ("two\nlines\tand\x1b[31m red", r"two\nlines\tand\x1b[31m red"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ({"a": [1, None]}, '{"a": [1, null]}'),
        ("naïve 日本", "naïve 日本"),
    ],
)
def test_a_cell_is_one_line_that_cannot_steer_the_terminal(cell: Cell, text: str) -> None:
    assert shown(cell) == text


def test_wide_characters_keep_columns_straight() -> None:
    console = Console(file=io.StringIO(), width=100_000, color_system=None)
    print_table(console, [Heading("name"), Heading("n", right=True)], [["日本", 1], ["ab", 22]])
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().splitlines() == [
        "| name |   n |",
        "| ---- | --: |",
        "| 日本 |   1 |",
        "| ab   |  22 |",
    ]
