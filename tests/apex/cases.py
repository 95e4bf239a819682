"""Plans over the market, by name; what becomes of them in each dialect stands in `golden/`."""

from collections.abc import Mapping

from core.values.plans import (
    Aggregate,
    Arithmetic,
    ColumnOf,
    Combination,
    Combined,
    Compared,
    Comparison,
    Condition,
    Constant,
    Elapsed,
    Expression,
    Grain,
    Grained,
    Literally,
    Measure,
    Negation,
    Operator,
    Order,
    Output,
    Part,
    Plan,
    Related,
    Scalar,
    TimeRange,
    Within,
)
from tests.apex.market import SCHEMA


def table(name: str) -> str:
    return f"{SCHEMA}.{name}"


def col(place: str, via: str = "") -> ColumnOf:
    name, _, column = place.partition(".")
    return ColumnOf(table=table(name), column=column, via=table(via) if via else "")


def count(name: str, where: Condition | None = None) -> Measure:
    return Measure(aggregate="count", table=table(name), where=where)


def agg(aggregate: Aggregate, place: str, *, distinct: bool = False, where: Condition | None = None) -> Measure:
    return Measure(aggregate=aggregate, of=col(place), distinct=distinct, where=where)


def has(left: str | Expression, operator: Operator, *right: Constant | Expression, fold: bool = False) -> Comparison:
    sides = [each if not isinstance(each, str | int | float | None) else Literally(value=each) for each in right]
    return Comparison(left=col(left) if isinstance(left, str) else left, operator=operator, right=sides, fold=fold)


def both(*of: Condition) -> Combination:
    return Combination(kind="all", of=[*of])


def either(*of: Condition) -> Combination:
    return Combination(kind="any", of=[*of])


def no(of: Condition) -> Negation:
    return Negation(of=of)


def cut(place: str, grain: Grain | Part) -> Grained:
    return Grained(of=col(place), grain=grain)


def time(place: str, start: str | None, end: str | None, words: str = "") -> TimeRange:
    return TimeRange(column=col(place), start=start, end=end, words=words)


def down(by: Expression) -> Order:
    return Order(by=by, descending=True)


def up(by: Expression) -> Order:
    return Order(by=by)


def plan(about: str, *outputs: str | Expression | Output, **others: object) -> Plan:
    shown = [shown_as(each) for each in outputs]
    return Plan.model_validate({"table": table(about), "outputs": shown, **others})


def shown_as(value: str | Expression | Output) -> Output:
    if isinstance(value, Output):
        return value
    return Output(value=col(value) if isinstance(value, str) else value)


def per(value: Expression, by: Expression, name: str) -> Output:
    return Output(value=Arithmetic(operator="/", left=value, right=by), name=name)


TOTAL = agg("sum", "orders.total")
ORDERS = count("orders")
PAID = has("orders.status", "=", "paid")

CASES: Mapping[str, Plan] = {
    # rows
    "rows": plan("customers", "customers.name", "customers.country", order=[up(col("customers.name"))]),
    "rows_filtered": plan("customers", "customers.name", where=has("customers.country", "=", "US")),
    "rows_top": plan("products", "products.title", order=[down(col("products.price"))], limit=2),
    "rows_second": plan("products", "products.title", order=[down(col("products.price"))], limit=1, skip=1),
    "rows_first_of_each": plan(
        "orders", "customers.name", "orders.id", order=[down(col("orders.total"))], limit=1,
        firsts_of=[col("orders.customer_id")],
    ),
    "rows_second_of_each": plan(
        "orders", "orders.id", order=[up(col("orders.total"))], limit=1, skip=1, firsts_of=[col("customers.country")]
    ),
    "rows_joined": plan("orders", "orders.id", "customers.name", where=PAID, order=[up(col("orders.id"))]),
    "rows_of_two_ways": plan(
        "flights", "flights.number", ColumnOf(table=table("ports"), column="city", via=table("flights.origin")),
        ColumnOf(table=table("ports"), column="city", via=table("flights.target")),
        order=[up(col("flights.number"))],
    ),
    "rows_of_itself": plan("customers", "customers.name", col("customers.name", "customers.referred_by")),
    "rows_over_a_bridge": plan("products", "products.title", "tags.label"),
    "rows_distinct": plan("orders", "orders.status", distinct=True),
    "rows_distinct_ordered": plan("orders", "orders.status", distinct=True, order=[down(col("orders.total"))]),
    "rows_null_last": plan("orders", "orders.id", order=[up(col("orders.total"))], limit=6),
    "rows_key_of_other": plan("order_items", "orders.id", "order_items.quantity", where=has("orders.id", ">", 4)),
    "rows_awkward": plan("Gift Cards", "Gift Cards.Amount", where=has("Gift Cards.group", "=", "a")),
    "rows_rounded": plan("products", "products.title", Output(value=col("products.price"), name="about", decimals=1)),
    "ratio_rounded": plan(
        "orders",
        "orders.status",
        per(TOTAL, ORDERS, "average_order").model_copy(update={"decimals": 1}),
        order=[down(TOTAL)],
    ),
    "rows_ties": plan(
        "order_items", "order_items.order_id", "order_items.line", order=[down(col("order_items.quantity"))], limit=3,
        ties=True,
    ),
    "rows_calculated": plan(
        "products", "products.title",
        Arithmetic(operator="*", left=col("products.price"), right=Literally(value=2)),
        Arithmetic(operator="/", left=col("products.id"), right=Literally(value=2)),
        order=[up(col("products.id"))],
    ),
    # conditions
    "not_equal": plan("customers", "customers.name", where=has("customers.country", "!=", "US")),
    "negated": plan(
        "customers", "customers.name",
        where=no(either(has("customers.country", "=", "US"), has("customers.id", ">", 3))),
    ),
    "one_of": plan("customers", "customers.name", where=has("customers.country", "in", "US", "UK")),
    "none_of": plan("customers", "customers.name", where=no(has("customers.country", "in", "US", "UK"))),
    "missing": plan("orders", "orders.id", where=has("orders.total", "is null")),
    "present": plan("orders", "orders.id", where=no(has("orders.total", "is null"))),
    "between": plan("orders", "orders.id", where=has("orders.total", "between", 19.9, 99.5)),
    "contains": plan("products", "products.title", where=has("products.title", "contains", "0% wool_")),
    "contains_case": plan("customers", "customers.name", where=has("customers.name", "contains", "a")),
    "starts_folded": plan("customers", "customers.name", where=has("customers.name", "starts with", "gR", fold=True)),
    "ends": plan("customers", "customers.name", where=has("customers.name", "ends with", "e")),
    "equal_folded": plan("customers", "customers.name", where=has("customers.name", "=", "ADA", fold=True)),
    "quotes": plan("customers", "customers.name", where=has("customers.name", "!=", "it's a \\ \"test\"; --")),
    "and_or": plan(
        "orders", "orders.id", where=both(either(PAID, has("orders.status", "=", "open")), has("orders.total", ">", 50))
    ),
    "above_average": plan(
        "orders", "orders.id", where=has("orders.total", ">", Scalar(plan=plan("orders", agg("avg", "orders.total"))))
    ),
    "two_columns": plan("orders", "orders.id", where=has("orders.total", ">", col("orders.customer_id"))),
    # related rows
    "having_some": plan("customers", "customers.name", where=Related(table=table("orders"), where=PAID)),
    "having_none": plan("customers", "customers.name", where=no(Related(table=table("orders")))),
    "having_none_far": plan(
        "customers", "customers.name",
        where=no(Related(table=table("products"), where=has("products.category", "=", "office"))),
    ),
    "having_followers": plan(
        "customers", "customers.name", where=Related(table=table("customers"), via=table("customers.referred_by"))
    ),
    "many_side_condition": plan(
        "customers", "customers.name", where=both(PAID, has("orders.total", ">", 100))
    ),
    "many_side_or": plan(
        "customers", "customers.name", where=either(has("customers.country", "=", "FI"), has("orders.total", ">", 300))
    ),
    "within": plan(
        "customers", "customers.name",
        where=Within(left=col("customers.id"), plan=plan("tickets", "tickets.customer_id")),
    ),
    "not_within_null": plan(
        "customers", "customers.name",
        where=no(Within(left=col("customers.id"), plan=plan("customers", "customers.referred_by"))),
    ),
    "within_top": plan(
        "orders", "orders.id",
        where=Within(
            left=col("orders.customer_id"),
            plan=plan("customers", "customers.id", order=[up(col("customers.joined"))], limit=1),
        ),
    ),
    # groups
    "count": plan("customers", count("customers")),
    "count_where": plan("orders", count("orders"), where=has("customers.country", "=", "US")),
    "count_many_side": plan("customers", count("customers"), where=PAID),
    "count_distinct": plan("orders", agg("count", "orders.customer_id", distinct=True)),
    "count_column": plan("orders", agg("count", "orders.total")),
    "by_text": plan("orders", "orders.status", TOTAL, order=[down(TOTAL)]),
    "by_joined": plan("orders", "customers.country", ORDERS, TOTAL, order=[down(ORDERS), up(col("customers.country"))]),
    "by_key": plan("orders", "customers.id", ORDERS, order=[up(col("customers.id"))]),
    "by_hidden": plan("orders", "customers.name", ORDERS, group=[col("customers.id")], order=[down(ORDERS)], limit=1),
    "top_name": plan("orders", "customers.name", group=[col("customers.id")], order=[down(ORDERS)], limit=1),
    "having": plan("customers", "customers.name", having=has(ORDERS, ">=", 2)),
    "having_average": plan("orders", "orders.status", having=has(agg("avg", "orders.total"), ">", 100)),
    "average_of_integers": plan("tickets", agg("avg", "tickets.minutes"), agg("avg", "tickets.customer_id")),
    "extremes": plan("orders", agg("min", "orders.ordered_at"), agg("max", "orders.total")),
    "median": plan("orders", agg("median", "orders.total")),
    "median_by": plan("orders", "orders.status", agg("median", "orders.total"), ORDERS),
    "ratio": plan("orders", per(TOTAL, ORDERS, "average_order")),
    "ratio_by_zero": plan(
        "orders", "orders.status", per(ORDERS, count("orders", has("orders.total", ">", 1000)), "share")
    ),
    "share": plan("orders", per(count("orders", PAID), ORDERS, "paid_share")),
    "measure_where": plan("orders", "customers.country", agg("sum", "orders.total", where=PAID), ORDERS),
    "measure_over_two": plan(
        "order_items", "products.category",
        Measure(
            aggregate="sum",
            of=Arithmetic(operator="*", left=col("order_items.quantity"), right=col("products.price")),
        ),
    ),
    "group_first_of_each": plan(
        "orders", "customers.country", "customers.name", TOTAL, order=[down(TOTAL)], limit=1,
        firsts_of=[col("customers.country")],
    ),
    "group_ties": plan("orders", "customers.name", ORDERS, order=[down(ORDERS)], limit=2, ties=True),
    # no row counted twice
    "once_per_group": plan("orders", "products.title", TOTAL, ORDERS, order=[up(col("products.title"))]),
    "count_per_group": plan("products", "tags.label", count("products"), order=[up(col("tags.label"))]),
    "two_facts": plan("customers", ORDERS, count("tickets")),
    "days_between": plan("orders", Elapsed(start=col("customers.joined"), end=col("orders.ordered_at")), "orders.id"),
    "average_days": plan(
        "tickets", "customers.country",
        Measure(aggregate="avg", of=Elapsed(start=col("customers.joined"), end=col("tickets.opened"))),
    ),
    "hours_between": plan(
        "orders", "orders.id",
        Elapsed(start=col("orders.ordered_at"), end=col("orders.ordered_at"), unit="hour"),
        Elapsed(start=col("orders.ordered_at"), end=col("orders.ordered_at"), unit="second"),
    ),
    "others_once": plan(
        "orders", "orders.status", Measure(aggregate="count", table=table("customers"), distinct=True), TOTAL
    ),
    "two_facts_by": plan("customers", "customers.country", TOTAL, agg("sum", "tickets.minutes"), count("tickets")),
    "two_facts_ratio": plan("customers", "customers.name", per(count("tickets"), ORDERS, "tickets_per_order")),
    "average_of_parents": plan("orders", "orders.status", agg("avg", "customers.id")),
    "zeros": plan("customers", "customers.name", ORDERS, zeros=True, order=[down(ORDERS), up(col("customers.name"))]),
    "zeros_far": plan("tags", "tags.label", count("products"), zeros=True, order=[up(col("tags.label"))]),
    "zeros_where": plan(
        "customers", "customers.name", ORDERS, zeros=True, where=has("customers.country", "=", "US"),
        having=has(ORDERS, "<", 2),
    ),
    "zeros_joined_where": plan(
        "customers", "customers.name", ORDERS, TOTAL, zeros=True, where=PAID, order=[up(col("customers.name"))],
        time=time("orders.ordered_at", "2025-01-01", "2025-04-01"),
    ),
    # time
    "period": plan("orders", ORDERS, TOTAL, time=time("orders.ordered_at", "2025-01-01", "2025-04-01", "Q1 2025")),
    "period_of_dates": plan("tickets", count("tickets"), time=time("tickets.opened", "2025-02-01", "2025-03-01")),
    "period_open": plan("orders", ORDERS, time=time("orders.ordered_at", "2025-02-28T12:30:00", None)),
    "by_month": plan("orders", cut("orders.ordered_at", "month"), TOTAL, order=[up(cut("orders.ordered_at", "month"))]),
    "by_week": plan("orders", cut("orders.ordered_at", "week"), ORDERS, order=[up(cut("orders.ordered_at", "week"))]),
    "by_quarter": plan("orders", cut("orders.ordered_at", "quarter"), ORDERS),
    "by_year": plan("customers", cut("customers.joined", "year"), count("customers")),
    "by_day": plan("orders", cut("orders.ordered_at", "day"), ORDERS),
    "by_hour": plan("orders", cut("orders.ordered_at", "hour"), ORDERS),
    "by_weekday": plan("orders", cut("orders.ordered_at", "weekday"), ORDERS),
    "by_month_of_year": plan("customers", cut("customers.joined", "month of year"), count("customers")),
    "by_quarter_of_year": plan("customers", cut("customers.joined", "quarter of year"), count("customers")),
    "by_day_of_month": plan("customers", cut("customers.joined", "day of month"), count("customers")),
    "by_hour_of_day": plan("orders", cut("orders.ordered_at", "hour of day"), ORDERS),
    "in_year": plan("customers", "customers.name", where=has(cut("customers.joined", "year"), "=", 2024)),
    "compared": plan(
        "orders", "customers.country", TOTAL, ORDERS, time=time("orders.ordered_at", "2025-01-01", "2025-04-01"),
        compared=Compared(time=time("orders.ordered_at", "2024-10-01", "2025-01-01"), words="the quarter before"),
    ),
    "named_like_a_column": plan(
        "orders", "orders.status", Output(value=TOTAL, name="total"), where=has("orders.total", ">", 1),
        having=has(TOTAL, ">", 80), order=[down(TOTAL)],
    ),
    "on_a_day": plan("orders", "orders.id", where=has("orders.ordered_at", "=", "2025-01-05")),
    "not_on_a_day": plan("orders", "orders.id", where=no(has("orders.ordered_at", "=", "2025-01-05"))),
    "up_to_a_day": plan("orders", "orders.id", where=has("orders.ordered_at", "<=", "2025-02-28")),
    "after_a_day": plan("orders", "orders.id", where=has("orders.ordered_at", ">", "2025-03-31")),
    "between_days": plan(
        "orders", "orders.id", where=has("orders.ordered_at", "between", "2025-01-05", "2025-01-06")
    ),
    "key_and_name": plan("orders", "customers.id", "customers.name", ORDERS, order=[up(col("customers.id"))]),
    "digits_of_a_number": plan("orders", "orders.id", where=has("orders.customer_id", "contains", "1")),
    # sets
    "set_both": plan(
        "customers", "customers.country", where=has("customers.id", "<", 3),
        combined=Combined(kind="both", plan=plan("customers", "customers.country", where=has("customers.id", ">", 1))),
    ),
    "set_either": plan(
        "customers", "customers.name",
        combined=Combined(kind="either", plan=plan("products", "products.title")),
        order=[up(col("customers.name"))], limit=3,
    ),
    "set_without_null": plan(
        "customers", "customers.country",
        combined=Combined(
            kind="without", plan=plan("customers", "customers.country", where=has("customers.country", "is null"))
        ),
    ),
    "set_top": plan(
        "products", "products.title",
        combined=Combined(
            kind="without", plan=plan("products", "products.title", order=[down(col("products.price"))], limit=2)
        ),
    ),
}  # fmt: skip
