"""What golden files do not show of a compiled plan: refusals, awkward names, ambiguous ways, hostile values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apex.compile import Compilation, Refusal, compile_plan
from apex.model import Model
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.profile import ColumnProfile, Profile, TableProfile
from core.values import Plan
from core.values.plans import (
    ColumnOf,
    Combined,
    Compared,
    Literally,
    Measure,
    Order,
    Output,
    Related,
    Running,
    Scalar,
    TimeRange,
    Within,
    Written,
)
from sql.guard import guard
from tests.apex.cases import (
    ORDERS,
    PAID,
    TOTAL,
    agg,
    both,
    col,
    count,
    cut,
    down,
    has,
    no,
    plan,
    table,
    time,
    up,
)
from tests.apex.compile.test_golden import DIALECTS
from tests.apex.market import market

MARKET = {dialect: Model.of(market(dialect)) for dialect in DIALECTS}


def sql(asked: Plan, dialect: str = "postgres") -> str:
    found = compile_plan(asked, MARKET[dialect], dialect)
    assert isinstance(found, Compilation), found
    return found.sql


def refusal(asked: Plan, model: Model = MARKET["postgres"]) -> Refusal:
    found = compile_plan(asked, model)
    assert isinstance(found, Refusal), found.sql
    return found


@pytest.mark.parametrize(
    ("asked", "reason", "words"),
    [
        (plan("nope", ORDERS), "unknown", "no table main.nope"),
        (plan("orders", "orders.nope"), "unknown", "no column main.orders.nope"),
        (plan("orders", "ports.city"), "not_joined", "no known relation between main.orders and main.ports"),
        (plan("flights", "ports.city"), "ambiguous", "2 ways: main.flights.origin, main.flights.target"),
        (plan("orders"), "bad_plan", "at least one output"),
        (plan("orders", "orders.id", limit=-1), "bad_value", "-1 rows"),
        (plan("customers", agg("sum", "customers.name")), "bad_plan", "holds no numbers"),
        (plan("orders", cut("orders.status", "month")), "bad_plan", "holds no dates"),
        (plan("tickets", cut("tickets.opened", "hour")), "bad_plan", "without a time of day"),
        (plan("orders", ORDERS, time=time("orders.ordered_at", "2025-02-01", "2025-02-01")), "bad_value", "is empty"),
        (plan("orders", ORDERS, time=time("orders.ordered_at", "2025-02-30", None)), "bad_value", "'2025-02-30'"),
        (plan("orders", "orders.id", where=has("orders.total", "between", 5, 1)), "bad_value", "first is larger"),
        (plan("orders", "orders.id", where=has("orders.total", "between", 5)), "bad_plan", "needs 2 values"),
        (plan("orders", "orders.id", where=has("orders.total", "in")), "bad_plan", "needs 1 values"),
        (plan("orders", "orders.id", where=has("orders.total", "<", None)), "bad_value", "missing value"),
        (plan("orders", "orders.id", where=has("orders.total", ">", float("inf"))), "bad_value", "not a number"),
        (plan("customers", ORDERS, count("tickets"), where=PAID), "fan_out", "cannot be applied to main.tickets"),
        (
            plan("orders", ORDERS, compared=Compared(time=time("orders.ordered_at", None, "2025-01-01"))),
            "bad_plan",
            "period of its own",
        ),
        (
            plan(
                "orders", cut("orders.ordered_at", "month"), ORDERS,
                time=time("orders.ordered_at", "2025-01-01", "2025-02-01"),
                compared=Compared(time=time("orders.ordered_at", "2024-01-01", "2024-02-01")),
            ),
            "bad_plan",
            "split by the same time",
        ),
        (
            plan("orders", "orders.id", combined=Combined(kind="both", plan=plan("orders", "orders.id", ORDERS))),
            "bad_plan",
            "as many columns",
        ),
        (
            plan(
                "orders", "orders.id", order=[up(col("orders.total"))],
                combined=Combined(kind="both", plan=plan("orders", "orders.id")),
            ),
            "bad_plan",
            "what they show",
        ),
        (
            plan("orders", "orders.id", where=Within(left=col("orders.id"), plan=plan("orders", "orders.id", ORDERS))),
            "bad_plan",
            "one column",
        ),
        (
            plan("orders", "orders.id", where=has("orders.total", ">", Scalar(plan=plan("orders", TOTAL, ORDERS)))),
            "bad_plan",
            "one column",
        ),
        (
            plan("orders", "orders.id", where=Written(sql="total > (SELECT 1)", table=table("orders"))),
            "broken",
            "single rows",
        ),
        (plan("orders", "orders.id", where=has(TOTAL, ">", 5)), "bad_plan", "stands in `having`"),
        (
            plan("orders", "orders.status", TOTAL, order=[up(col("order_items.quantity"))]),
            "fan_out",
            "cannot be ordered by main.order_items.quantity",
        ),
        (
            plan("customers", "customers.country", ORDERS, count("tickets"), order=[up(col("customers.joined"))]),
            "fan_out",
            "cannot be ordered by main.customers.joined",
        ),
        (plan("orders", "orders.status", TOTAL, having=has("orders.id", ">", 1)), "bad_plan", "no part of them"),
        (
            plan("orders", TOTAL.model_copy(update={"running": Running(window=7)})),
            "bad_plan",
            "ends somewhere",
        ),
    ],
)  # fmt: skip
def test_what_has_no_statement_is_refused_with_words(asked: Plan, reason: str, words: str) -> None:
    found = refusal(asked)
    assert found.reason == reason
    assert words in found.message


def test_an_ambiguous_way_lists_what_would_make_it_plain() -> None:
    found = refusal(plan("flights", "ports.city"))
    assert found.alternatives == ["main.flights.origin", "main.flights.target"]
    for via in found.alternatives:
        asked = plan("flights", ColumnOf(table=table("ports"), column="city", via=via))
        assert f"flights.{via.rpartition('.')[2]} = ports.code" in sql(asked)


def test_tables_that_the_plan_names_settle_between_ways() -> None:
    over_items = plan("customers", "customers.name", where=both(has("order_items.quantity", ">", 1)))
    assert "order_items" in sql(over_items)


def test_conditions_on_many_rows_ask_for_one_row_that_meets_all() -> None:
    asked = plan("customers", count("customers"), where=both(PAID, has("orders.total", ">", 100)))
    assert sql(asked) == (
        "SELECT COUNT(*) AS customers_count FROM customers WHERE id IN"
        " (SELECT customer_id FROM orders WHERE status = 'paid' AND total > 100)"
    )
    apart = plan(
        "customers", count("customers"),
        where=both(Related(table=table("orders"), where=PAID), no(Related(table=table("tickets")))),
    )  # fmt: skip
    assert sql(apart).count("SELECT") == 3


def test_people_s_own_sql_for_plain_plans() -> None:
    asked = plan("orders", "orders.id", "customers.name", where=PAID, order=[down(col("orders.total"))], limit=5)
    assert sql(asked, "sqlite") == (
        "SELECT orders.id, customers.name FROM orders JOIN customers ON orders.customer_id = customers.id"
        " WHERE orders.status = 'paid' ORDER BY orders.total DESC LIMIT 5"
    )


def test_a_text_that_holds_numbers_or_dates_is_read_as_such() -> None:
    stored = Table("main", "readings", (Column("level", "TEXT"), Column("day", "TEXT")))
    catalog = Catalog("postgres", (stored,), ("main",))
    measured = TableProfile(
        stored.full_name,
        rows=2,
        columns=(
            ColumnProfile("level", top=(("1.5", 1), ("20", 1)), complete=True),
            ColumnProfile("day", samples=("2025-01-31", "2025-02-01")),
        ),
    )
    model = Model.of(catalog, Profile({stored.full_name: measured}))
    level, day = (ColumnOf(table="main.readings", column=name) for name in ("level", "day"))
    total = Measure(aggregate="sum", of=level)
    ordered = compile_plan(Plan(table="main.readings", outputs=[Output(value=level)], order=[down(level)]), model)
    assert isinstance(ordered, Compilation)
    assert "ORDER BY CAST(" in ordered.sql
    asked = Plan(
        table="main.readings",
        outputs=[Output(value=total)],
        where=has(level, ">", 3),
        time=TimeRange(column=day, start="2025-01-01", end="2025-02-01"),
    )
    found = compile_plan(asked, model)
    assert isinstance(found, Compilation)
    assert found.sql == (
        'SELECT SUM(CAST("level" AS DOUBLE PRECISION)) AS total_level FROM readings'
        ' WHERE CAST("level" AS DOUBLE PRECISION) > 3 AND "day" >= \'2025-01-01\' AND "day" < \'2025-02-01\''
    )


def test_the_way_down_from_an_owner_goes_before_one_over_what_links_two() -> None:
    owners, accounts, cards, payments = (
        TableName("main", each) for each in ("owners", "accounts", "cards", "payments")
    )

    def stored(name: TableName, **refers: TableName) -> Table:
        keys = tuple(ForeignKey((column,), other, ("id",)) for column, other in refers.items())
        columns = ("id", *refers)
        return Table(
            "main", name.name, tuple(Column(each, "int") for each in columns), primary_key=("id",), foreign_keys=keys
        )

    tables = (
        stored(owners),
        stored(accounts, owner_id=owners),
        stored(cards, account_id=accounts),
        stored(payments, owner_id=owners, card_id=cards),
    )
    lacking = Plan(
        table="main.owners",
        outputs=[Output(value=ColumnOf(table="main.owners", column="id"))],
        where=no(Related(table="main.cards")),
    )
    found = compile_plan(lacking, Model.of(Catalog("postgres", tables, ("main",))))
    assert isinstance(found, Compilation), found
    assert "accounts" in found.sql
    assert "payments" not in found.sql


AWKWARD = (
    "order",
    "Select",
    'with "quotes"',
    "back`tick",
    "back\\slash",
    "dotted.name",
    "naïve %",
    "1st",
    "user",
    "a b",
)


UNNAMEABLE = {"bigquery": "dotted.name"}
"""No table of this dialect can be called so."""


@pytest.mark.parametrize("dialect", DIALECTS)
def test_awkward_names_mean_what_is_stored(dialect: str) -> None:
    columns = tuple(Column(name, "VARCHAR", False) for name in AWKWARD)
    tables = tuple(
        Table("main", name, (Column("id", "INTEGER", False), *columns), primary_key=("id",)) for name in AWKWARD
    )
    catalog = Catalog(dialect, tables, ("main",))
    for name in AWKWARD:
        if UNNAMEABLE.get(dialect) == name:
            continue
        columns_of = [ColumnOf(table=f"main.{name}", column=each) for each in AWKWARD]
        asked = Plan(
            table=f"main.{name}",
            outputs=[Output(value=columns_of[0]), Output(value=Measure(aggregate="max", of=columns_of[1]))],
            where=has(columns_of[2], "=", name),
        )
        found = compile_plan(asked, Model.of(catalog), dialect)
        assert isinstance(found, Compilation)
        verdict = guard(found.sql, dialect=dialect, catalog=catalog)
        assert verdict.ok, (found.sql, verdict.because)
        assert verdict.tables == [f"main.{name}"]


@pytest.mark.parametrize("dialect", DIALECTS)
@given(value=st.text(max_size=20))
def test_no_value_leaves_its_literal(dialect: str, value: str) -> None:
    for operator in ("=", "contains", "starts with"):
        asked = plan("customers", "customers.name", where=has("customers.name", operator, value))  # type: ignore[arg-type]
        verdict = guard(sql(asked, dialect), dialect=dialect, catalog=MARKET[dialect].catalog)
        refused = {each.rule for each in verdict.violations}
        # The gate itself refuses some characters in any text, which is its own affair.
        assert not refused & {"known_tables", "known_columns", "functions", "constructs"}, verdict.because


def test_a_schema_is_named_only_where_it_must_be() -> None:
    tables = (
        Table("sales", "accounts", (Column("id", "int"),)),
        Table("crm", "accounts", (Column("id", "int"),)),
        Table("crm", "leads", (Column("id", "int"),)),
    )
    model = Model.of(Catalog("postgres", tables, ("sales",)))
    shown = {
        each: compile_plan(Plan(table=each, outputs=[Output(value=ColumnOf(table=each, column="id"))]), model)
        for each in ("sales.accounts", "crm.accounts", "crm.leads")
    }
    assert [each.sql for each in shown.values() if isinstance(each, Compilation)] == [
        "SELECT id FROM accounts",
        "SELECT id FROM crm.accounts",
        "SELECT id FROM crm.leads",
    ]


def test_composite_keys_join_column_by_column() -> None:
    seats = Table(
        "main", "seats", (Column("hall", "int"), Column("row", "int"), Column("price", "int")),
        primary_key=("hall", "row"),
    )  # fmt: skip
    sold = Table(
        "main", "sold", (Column("id", "int"), Column("hall", "int"), Column("row", "int")), primary_key=("id",),
        foreign_keys=(ForeignKey(("hall", "row"), TableName("main", "seats"), ("hall", "row")),),
    )  # fmt: skip
    model = Model.of(Catalog("sqlite", (seats, sold), ("main",)))
    price = ColumnOf(table="main.seats", column="price")
    asked = Plan(
        table="main.sold", outputs=[Output(value=ColumnOf(table="main.sold", column="id"))], where=has(price, ">", 5)
    )
    found = compile_plan(asked, model)
    assert isinstance(found, Compilation)
    assert "sold.hall = seats.hall AND sold.row = seats.row" in found.sql.replace('"', "")
    without = Plan(table="main.seats", outputs=[Output(value=price)], where=no(Related(table="main.sold")))
    missing = compile_plan(without, model)
    assert isinstance(missing, Compilation)
    assert "NOT EXISTS" in missing.sql


def test_rows_without_a_key_are_not_counted_twice() -> None:
    notes = Table("main", "notes", (Column("text", "text"), Column("size", "int")), foreign_keys=())
    marks = Table(
        "main", "marks", (Column("note", "text"), Column("label", "text")),
        foreign_keys=(ForeignKey(("note",), TableName("main", "notes"), ("text",)),),
    )  # fmt: skip
    model = Model.of(Catalog("sqlite", (notes, marks), ("main",)))
    asked = Plan(
        table="main.notes",
        outputs=[
            Output(value=ColumnOf(table="main.marks", column="label")),
            Output(value=Measure(aggregate="sum", of=ColumnOf(table="main.notes", column="size"))),
        ],
    )
    found = refusal(asked, model)
    assert found.reason == "fan_out"
    assert "no key tells them apart" in found.message


def test_a_constant_alone_is_a_constant() -> None:
    asked = Plan(table=table("orders"), outputs=[Output(value=Literally(value=1), name="one")], limit=1)
    assert sql(asked) == "SELECT 1 AS one FROM orders LIMIT 1"


def test_numbers_as_text_beside_other_text_have_no_order() -> None:
    cars = Table("main", "cars", (Column("id", "INTEGER", False), Column("power", "TEXT")), primary_key=("id",))
    power = ColumnProfile("power", top=(("95", 3), ("200", 2), ("null", 1)), patterns=("number_text",))
    profile = Profile({cars.full_name: TableProfile(cars.full_name, 6, (power,))})
    model = Model.of(Catalog("sqlite", (cars,), ("main",)), profile)
    column = ColumnOf(table="main.cars", column="power")
    for asked in (
        Plan(table="main.cars", outputs=[Output(value=Measure(aggregate="max", of=column))]),
        Plan(table="main.cars", outputs=[Output(value=column)], order=[Order(by=column)]),
    ):
        found = compile_plan(asked, model)
        assert isinstance(found, Refusal)
        assert "numbers as text" in found.message
