"""What is chosen among many that are alike is chance, or asks for groups."""

import pytest

from apex.model import Model
from apex.reading.equals import by_average, is_chance
from core.catalog import Catalog, Column, Table
from core.profile import ColumnProfile, Profile, TableProfile
from core.values.plans import ColumnOf, Measure, Order, Output, Plan

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
    assert is_chance(worst(), model(rows)) is chance


def test_several_rows_are_no_choice() -> None:
    assert not is_chance(worst(limit=3), model(1000))


def test_what_many_rows_share_may_be_meant_on_average() -> None:
    found = by_average(worst(), model(1000))
    assert found
    assert found.order == [Order(by=Measure(aggregate="avg", of=place("stars")))]
    assert by_average(worst(), model(20)) is None
