"""Metrics and queries with SQL of their own: their parameters come from the question, or are asked for."""

from datetime import date, datetime

import pytest
from pydantic import JsonValue

from core.datapoint import DataPoint
from core.values.calendar import Calendar
from datapoints.kinds import datapoint_of
from tests.apex.metric_questions.conftest import Ask, asker, known

METRIC: dict[str, JsonValue] = {
    "id": "settled",
    "kind": "metric",
    "name": "Settled amount",
    "definition": "What was settled in a currency.",
    "owner": "finance",
    "synonyms": ["settlements"],
    "unit": "EUR",
    "execution": {
        "sql_template": "SELECT sum(t.amount) AS value, '{grain}' AS grain FROM transactions t "
        "WHERE t.created_at >= {start_time} AND t.created_at < {end_time} AND t.channel = {channel} AND {filters}",
        "parameters": {
            "grain": {"type": "enum", "values": ["day", "month"], "default": "month"},
            "start_time": {"type": "timestamp", "required": True},
            "end_time": {"type": "timestamp", "required": True},
            "channel": {"type": "string", "values": ["web", "mobile"], "required": True},
        },
    },
}
BROKEN: dict[str, JsonValue] = {
    "id": "broken",
    "kind": "metric",
    "name": "Broken amount",
    "definition": "What cannot be calculated.",
    "owner": "finance",
    "execution": {
        "sql_template": "SELECT FROM WHERE {start_time} {nowhere}",
        "parameters": {"start_time": {"type": "timestamp"}},
    },
}


@pytest.fixture(scope="module")
def asked() -> Ask:
    facts: list[DataPoint] = [datapoint_of(METRIC), datapoint_of(BROKEN)]
    return asker(known(*facts))


def test_parameters_are_taken_from_the_question(asked: Ask) -> None:
    found = asked("daily settlements by web last week for wallet payments")
    assert found and found.status == "ready" and found.source == "metric" and found.verified
    assert "'day' AS grain" in found.sql
    assert "'2026-02-16'" in found.sql and "'2026-02-23'" in found.sql
    assert "t.channel = 'web'" in found.sql and "payment_method = 'wallet'" in found.sql
    assert [(each.kind, each.id) for each in found.evidence] == [("metric", "settled")]


def test_what_is_missing_is_asked_for(asked: Ask) -> None:
    found = asked("settled amount last week")
    assert found and found.status == "ambiguous" and found.clarification
    assert "channel" in found.clarification.question
    again = asked(found.clarification.options[0])
    assert again and again.status == "ready" and "t.channel = 'web'" in again.sql


def test_a_value_that_is_not_listed_is_refused(asked: Ask) -> None:
    found = asked("settled amount last week channel fax")
    assert found and found.status == "impossible"
    assert "web, mobile" in found.words


def test_a_broken_template_is_told(asked: Ask) -> None:
    found = asked("broken amount last week")
    assert found and found.status == "impossible" and "broken" in found.words


@pytest.mark.parametrize(
    "question",
    [
        "uptime yesterday compared to the day before",
        "uptime yesterday and revenue",
        "uptime of Northgate yesterday",
    ],
)
def test_what_a_template_has_no_place_for_is_refused(question: str, ask: Ask) -> None:
    found = ask(question)
    assert found and found.status == "impossible"


GROUPED: dict[str, JsonValue] = {
    "id": "captured",
    "kind": "metric",
    "name": "Captured amount",
    "definition": "What was captured.",
    "owner": "finance",
    "execution": {
        "sql_template": "SELECT {dimension} AS part, sum(amount) AS value FROM transactions WHERE {filters} GROUP BY 1",
        "parameters": {
            "dimension": {
                "type": "identifier", "values": ["payment_method", "channel"], "default": "channel",
            },
        },
    },
}  # fmt: skip


def test_a_template_is_told_apart_by_what_it_is_grouped_by(ask: Ask) -> None:
    found = ask("gateway uptime yesterday by gateway")
    assert found and found.status == "ready" and "GROUP BY g.name" in found.sql


@pytest.mark.parametrize(
    ("question", "can"),
    [
        ("gateway uptime yesterday by region", "It can be by gateway."),
        ("gateway uptime yesterday by country", "It can be by gateway."),
        ("settled amount last week by merchant category", "It can be by day, month."),
        ("captured amount by customer", "payment method, channel"),
    ],
)
def test_what_a_template_can_be_told_apart_by_is_named(question: str, can: str) -> None:
    found = asker(known(datapoint_of(METRIC), datapoint_of(GROUPED)))(question)
    assert found and found.status == "impossible" and can in found.words


def test_a_parameter_of_names_takes_what_is_grouped_by() -> None:
    captured = asker(known(datapoint_of(GROUPED)))
    found = captured("captured amount by payment method for wallet payments")
    assert found and found.status == "ready" and "SELECT payment_method AS part" in found.sql
    assert "payment_method = 'wallet'" in found.sql and found.verified
    plain = captured("captured amount")
    assert plain and "SELECT channel AS part" in plain.sql


def test_the_calendar_decides_about_weeks_and_fiscal_years() -> None:
    sunday = asker(known(), calendar=Calendar(week_start="sunday", fiscal_month=4))
    week, year = sunday("revenue last week"), sunday("revenue in FY2025")
    assert week and year
    assert "'2026-02-22'" in week.sql and "'2026-03-01'" in week.sql
    assert "'2024-04-01'" in year.sql and "'2025-04-01'" in year.sql
    assert date(2026, 2, 22).isoweekday() == 7
    assert year.verified


def test_today_is_that_of_the_zone() -> None:
    late = datetime.fromisoformat("2026-03-01T23:30:00+00:00")
    found = asker(known(), now=late, calendar=Calendar(zone="Europe/Berlin"))("revenue yesterday")
    assert found and "'2026-03-01 00:00:00+01:00'" in found.sql and "Europe/Berlin days" in found.assumptions[0]


def test_constraints_are_applied_and_told() -> None:
    rule = datapoint_of(
        {
            "id": "no_reversals", "kind": "constraint", "name": "No reversals", "definition": "d", "owner": "o",
            "table": "transactions", "predicate": "status <> 'reversed'", "reason": "they never happened",
        }
    )  # fmt: skip
    found = asker(known(rule))("number of transactions by channel")
    assert found and found.status == "ready"
    assert "status <> 'reversed'" in found.sql
    assert any("they never happened" in each for each in found.assumptions)
    assert {each.id for each in found.evidence} == {"transaction_count", "no_reversals"}
    again = asker(known(rule))("number of transactions by channel", "only wallet")
    assert again and again.sql.count("reversed") == 1


def test_two_metrics_of_one_name_are_asked_about() -> None:
    other = datapoint_of(
        {
            "id": "gross", "kind": "metric", "name": "Gross", "definition": "d", "owner": "o", "synonyms": ["Turnover"],
            "execution": {
                "type": "simple",
                "measure": {"aggregate": "sum", "expression": "amount", "table": "transactions"},
            },
        }
    )  # fmt: skip
    found = asker(known(other))("turnover last month by gateway")
    assert found and found.status == "ambiguous" and found.clarification
    assert found.clarification.options == ["revenue last month by gateway", "gross last month by gateway"]


def test_what_is_not_approved_is_not_used() -> None:
    pending = datapoint_of({"id": "flurb_rate", "kind": "metric", "definition": "d", "owner": "o", "status": "pending"})
    assert asker(known(pending))("flurb rate last month") is None


def test_a_metric_without_calculation_is_told() -> None:
    explained = datapoint_of({"id": "flurb_rate", "kind": "metric", "definition": "d", "owner": "o"})
    found = asker(known(explained))("flurb rate last month")
    assert found and found.status == "impossible" and "only explained" in found.words


PLUGS: dict[str, JsonValue] = {
    "id": "plugged",
    "kind": "metric",
    "name": "Plugged amount",
    "definition": "What was paid over one kind of channel.",
    "owner": "finance",
    "execution": {
        "sql_template": "SELECT sum(amount) AS value FROM transactions "
        "WHERE channel = {channel} AND status IN ({state}) AND amount > {least} AND is_test = {test} "
        "ORDER BY 1 {order}",
        "parameters": {
            "channel": {"type": "enum", "values": ["web", "in store", "mobile"], "default": "web"},
            "state": {"type": "enum", "values": ["done", "open"], "default": "done"},
            "least": {"type": "number", "default": 0},
            "test": {"type": "enum", "values": ["true", "false"], "default": "false"},
            "order": {"type": "enum", "values": ["ASC", "DESC"], "default": "DESC"},
        },
    },
}


@pytest.fixture(scope="module")
def plugged() -> Ask:
    return asker(known(datapoint_of(PLUGS)))


def test_a_word_of_a_list_is_a_text_where_something_is_compared_with_it(plugged: Ask) -> None:
    found = plugged("plugged amount for in store")
    assert found and found.status == "ready"
    assert "channel = 'in store' AND status IN ('done') AND amount > 0 AND is_test = false ORDER BY 1 DESC" in found.sql
    assert "channel is in store." in found.assumptions


def test_a_default_is_told_and_is_not_verified(plugged: Ask) -> None:
    found = plugged("plugged amount")
    assert found and found.status == "ready" and not found.verified and found.confidence == 0.9
    assert "channel is web, as nothing else is said." in found.assumptions


def test_a_value_behind_a_parameter_s_name_that_is_not_listed_is_named(plugged: Ask) -> None:
    found = plugged("plugged amount for channel Kiosk 3")
    assert found and found.status == "impossible"
    assert found.words == "'Kiosk 3' is not among the values of channel: web, in store, mobile."


def test_what_is_asked_back_comes_with_what_each_option_says(asked: Ask) -> None:
    found = asked("settled amount last week")
    assert found and found.clarification
    assert [each.status for each in found.readings] == ["ready"] * len(found.clarification.options)


@pytest.mark.parametrize("question", ["top 0 merchants by revenue", "top 2.5 merchants by revenue"])
def test_a_number_of_rows_that_cannot_be_shown_is_refused(question: str, ask: Ask) -> None:
    found = ask(question)
    assert found and found.status == "impossible" and "number of rows" in found.words
