"""Numbers as a metric's format writes them."""

from decimal import Decimal

import pytest

from apex.wording import words_of_plan
from apex.wording.formats import form_of
from core.values import Result, ResultColumn
from core.values.plans import ColumnOf, Measure, Output, Plan
from datapoints.kinds import datapoint_of


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("0", "1234.5", "1,234"),
        ("0.0", "1234.56", "1,234.6"),
        ("#,##0.00", "1234.5", "1,234.50"),
        ("€ 0.00", "-3", "-€ 3.00"),
        ("$#,##0", "1999.9", "$2,000"),
        ("0.00 EUR", "0.005", "0.00 EUR"),
        ("0.0 %", "12.34", "12.3 %"),
    ],
)
def test_a_format_says_decimals_and_what_stands_around(text: str, number: str, words: str) -> None:
    form = form_of(text)
    assert form and form.written(Decimal(number)) == (words, Decimal(number) != round(Decimal(number), form.decimals))


@pytest.mark.parametrize("text", ["", "percent", "currency", "%", "0.0.0", "x" * 500])
def test_what_says_nothing_of_digits_is_none(text: str) -> None:
    assert form_of(text) is None


def told(unit: str, form: str, value: float | str) -> str | None:
    fact = datapoint_of({"id": "revenue", "kind": "metric", "name": "Revenue", "unit": unit, "format": form})
    measure = Measure(aggregate="sum", of=ColumnOf(table="public.fees", column="amount"), metric="revenue")
    plan = Plan(table="public.fees", outputs=[Output(value=measure, name="revenue")], metrics=["revenue"])
    result = Result(columns=[ResultColumn(name="revenue", type="decimal")], rows=[[value]])
    return words_of_plan(plan, result, row_count=1, datapoints=[fact])


@pytest.mark.parametrize(
    ("unit", "form", "value", "words"),
    [
        ("EUR", "0.00", 1234.5, "Revenue: 1,234.50 EUR."),
        ("EUR", "€ 0.00", 1234.5, "Revenue: € 1,234.50."),
        ("EUR", "0", "1234.5", "Revenue: 1,234 EUR. Numbers are rounded."),
        ("", "0.0 %", 0.125, "Revenue: 12.5 %."),
        ("%", "0 %", 0.5, "Revenue: 50 %."),
        ("EUR", "", 1234.5, "Revenue: 1,234.50 EUR."),
    ],
)
def test_an_answer_is_written_in_the_metric_s_format(unit: str, form: str, value: float | str, words: str) -> None:
    assert told(unit, form, value) == words
