import pytest

from apex.words import conditions_of, follow_ups_about, spoken_cell, with_assumptions, words_of_result
from core.values import Cell, Result, ResultColumn


def _result(*columns: str, rows: list[list[Cell]], truncated: bool = False, **types: str) -> Result:
    return Result(
        columns=[ResultColumn(name=name, type=types.get(name, "text")) for name in columns],
        rows=rows,
        truncated=truncated,
    )


@pytest.mark.parametrize(
    ("kind", "name", "cell", "said"),
    [
        ("integer", "row_count", 1234567, "1,234,567"),
        ("integer", "row_count", "12345678901234567890", "12,345,678,901,234,567,890"),
        ("decimal", "total", "-1234.50", "-1,234.50"),
        ("decimal", "total", 0.1, "0.1"),
        ("float", "rate", "NaN", "NaN"),
        ("float", "rate", 1e30, "1e+30"),
        ("integer", "year", 2024, "2024"),
        ("integer", "customer_id", 123456, "123456"),
        ("integer", "customerId", 123456, "123456"),
        ("text", "name", "1234", "1234"),
        ("text", "name", None, "(none)"),
        ("boolean", "active", True, "yes"),
        ("text", "name", "x" * 100, "x" * 60 + "…"),
    ],
)
def test_cells(kind: str, name: str, cell: Cell, said: str) -> None:
    assert spoken_cell(ResultColumn(name=name, type=kind), cell) == said


def test_a_single_value_is_one_sentence() -> None:
    assert words_of_result(_result("row_count", rows=[[1234]], row_count="integer"), row_count=1) == "Row count: 1,234."


def test_a_single_null_says_what_it_may_mean() -> None:
    assert "NULL" in words_of_result(_result("sum", rows=[[None]]), row_count=1)


def test_one_row_is_read_out() -> None:
    said = words_of_result(_result("country", "orders", rows=[["DE", 1200]], orders="integer"), row_count=1)
    assert said == "One row: country DE, orders 1,200."


def test_a_small_table_is_read_out_whole() -> None:
    result = _result("country", "orders", rows=[["DE", 1200], ["FR", 7]], orders="integer")
    assert words_of_result(result, row_count=2) == "2 rows. Country, orders. DE, 1,200; FR, 7."


def test_a_larger_one_by_its_ends() -> None:
    result = _result("n", rows=[[each] for each in range(50)], n="integer")
    assert words_of_result(result, row_count=50) == "50 rows. N: First: 0. Last: 49."


def test_the_last_row_of_a_preview_is_not_the_last_row() -> None:
    result = _result("n", rows=[[each] for each in range(100)], n="integer")
    assert "Last" not in words_of_result(result, row_count=700)
    cut = result.model_copy(update={"truncated": True})
    assert words_of_result(cut, row_count=1000).startswith("The first 1,000 rows; there are more.")


def test_wide_rows_are_named_by_their_columns() -> None:
    result = _result(*"abcdef", rows=[list("123456")] * 3)
    assert words_of_result(result, row_count=3) == "3 rows. The columns are a, b, c, d, e, f."


def test_no_match_is_not_no_data() -> None:
    nothing = _result("id", rows=[])
    sql = "SELECT id FROM orders WHERE status = 'x' GROUP BY id HAVING COUNT(*) > 3"
    said = words_of_result(nothing, row_count=0, sql=sql, dialect="postgres")
    assert "No rows match" in said
    assert "status = 'x' and COUNT(*) > 3" in said
    assert "may hold other rows" in said
    assert (
        words_of_result(nothing, row_count=0, sql="SELECT id FROM orders", dialect="postgres") == "There are no rows."
    )


def test_conditions_of_every_scope_are_told() -> None:
    assert conditions_of("WITH a AS (SELECT 1 FROM t WHERE x > 1) SELECT * FROM a WHERE y < 2", "duckdb") == [
        "y < 2",
        "x > 1",
    ]


def test_assumptions_are_said_behind_the_words() -> None:
    assert with_assumptions("3 rows.", ["ordrs means orders."]) == "3 rows. Assumed: ordrs means orders."


def test_follow_ups_speak_of_the_tables() -> None:
    assert follow_ups_about([]) == []
    assert "How are a.b and c.d related?" in follow_ups_about(["a.b", "c.d"])
