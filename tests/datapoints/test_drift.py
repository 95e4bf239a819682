"""A changed schema leaves behind exactly what rests on what changed, and a plain rename is mended."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from core.catalog import Catalog, Column, Table, TableName
from core.profile import ColumnProfile, Profile, TableProfile
from datapoints.binding import bind
from datapoints.drift import drift, mended
from datapoints.fact import Fact
from datapoints.files import read_folder
from datapoints.kinds import datapoint_of
from datapoints.type_family import family
from sql.ddl import catalog_of

PACK = Path(__file__).parents[2] / "datapoints" / "packs" / "payments"


def catalog(*tables: Table) -> Catalog:
    """A PostgreSQL database."""
    return Catalog("postgres", tables, ("public",))


def table(name: str, *columns: str) -> Table:
    """A table; `name type` each."""
    return Table("public", name, tuple(Column(each.split(" ", 1)[0], each.split(" ", 1)[1]) for each in columns))


ORDERS = table("orders", "id bigint", "status text", "amount numeric", "ordered_at timestamp")
OTHER = table("notes", "id bigint", "body text")


def metric(expression: str = "amount", condition: str = "status = 'amount'") -> Fact:
    """A sum over orders; its condition has a text that looks like a column."""
    return datapoint_of(
        {
            "id": "revenue",
            "kind": "metric",
            "execution": {
                "type": "simple",
                "measure": {"aggregate": "sum", "expression": expression, "table": "orders"},
                "filter": [condition],
                "time_column": "ordered_at",
            },
        }
    )


def changed(name: str, columns: Sequence[str]) -> Catalog:
    """The same database with other orders."""
    return catalog(table(name, *columns), OTHER)


BEFORE = catalog(ORDERS, OTHER)


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (catalog(OTHER), "the table public.orders is gone"),
        (
            changed("orders", ["id bigint", "status text", "ordered_at timestamp"]),
            "the column public.orders.amount is gone",
        ),
        (
            changed("orders", ["id bigint", "status text", "amount text", "ordered_at timestamp"]),
            "the column public.orders.amount changed its type from numeric to text",
        ),
        (
            changed("orders", ["id bigint", "status text", "amount numeric", "ordered_at date"]),
            "the column public.orders.ordered_at changed its type from timestamp to date",
        ),
    ],
)
def test_what_is_gone_or_is_something_else_is_said(after: Catalog, reason: str) -> None:
    found = drift([metric()], BEFORE, after)
    assert (found.stale, found.repairs) == ({"revenue": reason}, [])


@pytest.mark.parametrize(
    "after",
    [
        BEFORE,
        changed(
            "orders", ["id text", "status varchar(9)", "amount numeric(12,2)", "ordered_at timestamptz", "new int"]
        ),
        catalog(ORDERS),
        catalog(ORDERS, table("notes", "id text")),
    ],
)
def test_what_does_not_concern_it_does_not_matter(after: Catalog) -> None:
    assert drift([metric()], BEFORE, after).stale == {}


def test_a_renamed_column_is_mended_in_sql_and_only_there() -> None:
    after = changed(
        "orders",
        ["id bigint", "status text", "total numeric", "ordered_at timestamp"],
    )
    it = metric("coalesce(orders.Amount, 0) /* amount */")
    found = drift([it], BEFORE, after)
    assert found.stale == {"revenue": "the column public.orders.amount was renamed to total"}
    [repair] = found.repairs
    body = repair.model_dump()["execution"]
    assert body["measure"]["expression"] == "coalesce(orders.total, 0) /* amount */"
    assert body["filter"] == ["status = 'amount'"]
    assert bind(repair, after).missing == []


def test_a_renamed_table_is_mended_everywhere() -> None:
    it = datapoint_of(
        {
            "id": "late",
            "kind": "query",
            "execution": {
                "sql_template": "SELECT o.id FROM orders o WHERE o.ordered_at < {orders} AND o.status = 'orders'",
                "parameters": {"orders": {"type": "timestamp", "required": True}},
            },
            "data_sources": [{"table": "public.orders", "columns": ["id"]}],
        }
    )
    after = catalog(replace(ORDERS, name="Order"), OTHER)
    [repair] = drift([it], BEFORE, after).repairs
    told = repair.model_dump()
    assert told["execution"]["sql_template"] == (
        "SELECT o.id FROM \"Order\" o WHERE o.ordered_at < {orders} AND o.status = 'orders'"
    )
    assert told["data_sources"][0]["table"] == "public.Order"


def test_a_rename_is_not_guessed_where_what_was_measured_speaks_against_it() -> None:
    after = changed("orders", ["id bigint", "status text", "total numeric", "ordered_at timestamp"])
    name = TableName("public", "orders")

    def measured(column: str, distinct: int) -> Profile:
        return Profile({name: TableProfile(name, 100, (ColumnProfile(column, distinct=distinct),))})

    alike = drift(
        [metric()], BEFORE, after, measured_before=measured("amount", 90), measured_after=measured("total", 88)
    )
    assert len(alike.repairs) == 1
    other = drift(
        [metric()], BEFORE, after, measured_before=measured("amount", 90), measured_after=measured("total", 3)
    )
    assert (other.repairs, list(other.stale)) == ([], ["revenue"])


def test_two_columns_that_may_be_the_one_are_none() -> None:
    after = changed("orders", ["id bigint", "status text", "net numeric", "gross numeric", "ordered_at timestamp"])
    found = drift([metric()], BEFORE, after)
    assert (found.stale["revenue"], found.repairs) == ("the column public.orders.amount is gone", [])


def test_what_came_back_is_mended() -> None:
    assert mended([metric()], BEFORE) == ["revenue"]
    assert mended([metric()], catalog(OTHER)) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("varchar(20)", "text", True),
        ("integer", "bigint", True),
        ("int", "numeric(12,2)", True),
        ("Nullable(Int32)", "UInt64", True),
        ("timestamp without time zone", "timestamptz", True),
        ("date", "timestamp", False),
        ("interval", "integer", False),
        ("text", "text[]", False),
        ("integer", "text", False),
        ("uuid", "text", False),
        ("jsonb", "text", False),
    ],
)
def test_families_of_types(one: str, other: str, same: bool) -> None:
    assert (family(one) == family(other)) is same


def mutated(before: Catalog, chance: random.Random) -> tuple[Catalog, set[TableName], set[tuple[TableName, str]]]:
    """One random change, with the tables and columns that are not what they were."""
    place = chance.randrange(len(before.tables))
    it = before.tables[place]
    column = chance.choice(it.columns)
    others = tuple(each for each in it.columns if each is not column)
    renamed = tuple(replace(each, name="renamed_x") if each is column else each for each in it.columns)
    retyped = tuple(replace(each, type="bytea") if each is column else each for each in it.columns)
    name = it.full_name
    everything = {(name, each.name) for each in it.columns}
    kinds: list[tuple[Table | None, set[TableName], set[tuple[TableName, str]]]] = [
        (None, {name}, everything),
        (replace(it, name="renamed_t"), {name}, everything),
        (replace(it, columns=others), set(), {(name, column.name)}),
        (replace(it, columns=renamed), set(), {(name, column.name)}),
        (replace(it, columns=retyped), set(), {(name, column.name)}),
        (replace(it, columns=(*it.columns, Column("added_x", "text"))), set(), set()),
        (replace(it, columns=(Column("added_x", "text"), *it.columns)), set(), set()),
        (replace(it, comment="other", row_estimate=7), set(), set()),
    ]
    new, tables, columns = chance.choice(kinds)
    tables_now = [*before.tables[:place], *([new] if new else []), *before.tables[place + 1 :]]
    return replace(before, tables=tuple(tables_now)), tables, columns


@pytest.mark.slow
def test_a_thousand_random_changes_leave_no_stale_one_in_use_and_no_healthy_one_out() -> None:
    """Each change says itself what it touched; what rests on that, and nothing else, is stale."""
    before = catalog_of((PACK / "schema.sql").read_text() + (PACK / "views.sql").read_text(), dialect="postgres")
    datapoints = read_folder(PACK / "datapoints").datapoints
    bound = {each.id: bind(each, before) for each in datapoints}
    assert [each for each in bound if bound[each].missing] == []
    chance = random.Random(7)
    repairs = stale = 0
    for _ in range(1_000):
        after, tables, columns = mutated(before, chance)
        found = drift(datapoints, before, after)
        expected = {id for id, each in bound.items() if each.tables & tables or each.columns & columns}
        assert set(found.stale) == expected
        for repair in found.repairs:
            assert bind(repair, after).missing == []
            assert repair.id in expected
        stale, repairs = stale + len(expected), repairs + len(found.repairs)
    assert stale > 500
    assert repairs > 100
