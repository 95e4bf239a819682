"""Metrics beside each other that tell their time by different columns; and names that two may bear."""

from dataclasses import replace
from datetime import date

import duckdb

from apex.engine import Engine, Statement
from apex.model import Model
from tests.apex.metric_questions.conftest import Ask, asker, known

ROWS = """
CREATE TABLE fees (fee_id int, transaction_id int, amount int, charged_at timestamp);
CREATE TABLE refunds (refund_id int, transaction_id int, amount int, status text, requested_at timestamp,
    refunded_at timestamp);
INSERT INTO fees VALUES (1, 1, 5, '2026-01-03'), (2, 2, 7, '2026-01-30'), (3, 3, 9, '2026-02-02');
INSERT INTO refunds VALUES (1, 1, 50, 'paid', '2026-02-27', '2026-03-01'),
    (2, 2, 20, 'paid', '2026-02-01', '2026-02-02'),
    (3, 3, 30, 'requested', '2026-02-20', NULL);
"""


def rows(question: str, ask: Ask, model: Model) -> list[tuple[object, ...]]:
    """What the engine gives for the plan of a question."""
    found = ask(question)
    assert found and found.status == "ready" and found.plan
    done = Engine(model, dialect="duckdb").compile(found.plan)
    assert isinstance(done, Statement)
    with duckdb.connect() as connection:
        connection.execute(ROWS)
        return connection.execute(done.sql).fetchall()


def test_each_is_cut_by_its_own_time_and_no_month_is_lost(ask: Ask, model: Model) -> None:
    found = rows("revenue, refunded amount and refund count by month", ask, model)
    assert [(day, *values) for day, *values in found if isinstance(day, date)] == [
        (date(2026, 1, 1), 12, None, 0),
        (date(2026, 2, 1), 9, 20, 3),
        (date(2026, 3, 1), None, 50, 0),
    ]


def test_a_period_is_each_ones_own(ask: Ask, model: Model) -> None:
    found = rows("revenue and refunded amount by month in February 2026", ask, model)
    assert found == [(date(2026, 2, 1), 9, 20)]


def test_by_which_time_and_what_is_empty_is_said(ask: Ask) -> None:
    found = ask("revenue and refunded amount by month")
    assert found
    [told] = found.assumptions
    assert "Revenue by fees.charged_at" in told and "Refunded amount by refunds.refunded_at" in told and "empty" in told


def test_what_may_be_called_the_same_is_told_apart_by_its_key() -> None:
    model = known()
    tables = tuple(replace(each, unique_keys=()) if each.name == "merchants" else each for each in model.catalog.tables)
    plain = Model.of(replace(model.catalog, tables=tables), model.profile, model.datapoints)
    found = asker(plain)("volume by merchant")
    assert found and "GROUP BY transactions.merchant_id, merchants.name" in found.sql
    unique = asker(model)("volume by merchant")
    assert unique and "GROUP BY merchants.name" in unique.sql
