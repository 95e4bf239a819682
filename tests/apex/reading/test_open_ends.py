"""What is left open: the first of many equals, groups, sums of rates, and the time of what is denied."""

import pytest

from apex.model import Model
from apex.reading.open_ends import by_average, open_ends
from core.catalog import Catalog, Column, ForeignKey, Table
from core.profile import ColumnProfile, Profile, TableProfile
from core.values.plans import ColumnOf, Comparison, Literally, Measure, Negation, Order, Output, Plan, Related

TICKETS = Table("main", "tickets", tuple(Column(name, kind) for name, kind in (("topic", "text"), ("stars", "int"))))


def model(rows: int) -> Model:
    columns = (
        ColumnProfile("topic", distinct=2, top=(("card", rows // 2), ("loan", rows // 2)), complete=True),
        ColumnProfile("stars", distinct=2, top=((1, rows // 2), (5, rows // 2)), complete=True),
    )
    measured = Profile({TICKETS.full_name: TableProfile(TICKETS.full_name, rows, columns)})
    return Model.of(Catalog("postgres", (TICKETS,), ("main",)), measured)


def place(name: str) -> ColumnOf:
    return ColumnOf(table="main.tickets", column=name)


def worst(limit: int | None = 1) -> Plan:
    return Plan(
        table="main.tickets",
        outputs=[Output(value=place("topic"))],
        order=[Order(by=place("stars"))],
        limit=limit,
    )


@pytest.mark.parametrize(("rows", "chance"), [(1000, True), (20, False)])
def test_the_first_of_many_that_are_equal_is_chance(rows: int, chance: bool) -> None:
    assert any("chance" in each for each in open_ends(worst(), model(rows))) is chance


def test_several_rows_are_no_choice() -> None:
    assert list(open_ends(worst(limit=3), model(1000))) == []


def test_a_list_of_the_same_again_and_again_is_none() -> None:
    assert any("again" in each for each in open_ends(worst(limit=None), model(1000)))
    assert list(open_ends(worst(limit=None), model(20))) == []


def test_rates_do_not_add_up() -> None:
    lent = Table("main", "loans", (Column("interest_rate", "numeric"), Column("principal", "numeric")))
    known = Model.of(Catalog("postgres", (lent,), ("main",)))

    def total(column: str) -> Plan:
        summed = Measure(aggregate="sum", of=ColumnOf(table="main.loans", column=column))
        return Plan(table="main.loans", outputs=[Output(value=summed)])

    assert [bool(list(open_ends(total(each), known))) for each in ("interest_rate", "principal")] == [True, False]


def test_the_time_of_what_is_denied_is_open() -> None:
    orders = Table("main", "orders", (Column("id", "int"), Column("ordered_at", "timestamp")), primary_key=("id",))
    fees = Table(
        "main",
        "fees",
        (Column("order_id", "int"), Column("charged_at", "timestamp")),
        foreign_keys=(ForeignKey(("order_id",), orders.full_name, ("id",)),),
    )
    known = Model.of(Catalog("postgres", (orders, fees), ("main",)))
    charged = ColumnOf(table="main.fees", column="charged_at")
    late = Comparison(left=charged, operator=">=", right=[Literally(value="2026-01-01")])
    count = [Output(value=Measure(aggregate="count", table="main.orders"))]
    asked = [
        Plan(table="main.orders", outputs=count, where=Negation(of=Related(table="main.fees", where=where)))
        for where in (late, None)
    ]
    assert [any("denied" in each for each in open_ends(plan, known)) for plan in asked] == [True, False]


def test_what_many_rows_share_may_be_meant_on_average() -> None:
    found = by_average(worst(), model(1000))
    assert found
    assert found.order == [Order(by=Measure(aggregate="avg", of=place("stars")))]
    assert by_average(worst(), model(20)) is None
