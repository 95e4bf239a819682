"""The example company without a database: its catalog, its values and what is written about it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apex.linking.values import ValueIndex, values_of
from apex.metric_questions.answering import answer_from_metrics
from apex.model import Model
from core.catalog import Catalog, ForeignKey, Table, TableName
from core.datapoint import DataPoint
from core.profile import ColumnProfile, Profile, TableProfile
from core.values import Compiled, Remembered
from core.values.calendar import Calendar
from datapoints.files import read_folder
from sql.ddl import catalog_of

PACK = Path(__file__).parents[3] / "datapoints" / "packs" / "payments"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "transactions": {
        "payment_method": ("card", "bank_transfer", "wallet"),
        "transaction_type": ("sale", "subscription"),
        "channel": ("web", "mobile", "in_store"),
        "status": ("pending", "completed", "failed", "declined", "reversed"),
        "failure_code": ("timeout", "insufficient_funds"),
    },
    "customers": {"country": ("DE", "FR", "NL"), "segment": ("consumer", "business"), "city": ("Berlin", "Paris")},
    "merchants": {
        "country": ("DE", "FR", "IE"),
        "category": ("groceries", "fashion", "electronics", "travel"),
        "name": ("Alder Foods", "Birch Travel"),
    },
    "gateways": {"name": ("Northgate", "Lumen", "Kestrel"), "region": ("Dublin", "Paris")},
    "cards": {"network": ("visa", "mastercard", "amex")},
    "refunds": {"reason": ("damaged", "fraud"), "status": ("requested", "paid", "rejected")},
    "support_tickets": {"topic": ("refund", "card"), "priority": ("low", "high")},
}
"""What was measured, as the data of the example company holds it."""


def company() -> Catalog:
    """The catalog, keys included."""
    plain = catalog_of((PACK / "schema.sql").read_text(), dialect="postgres")
    keys = (PACK / "keys.sql").read_text()
    return replace(plain, tables=tuple(_keyed(table, keys) for table in plain.tables))


def _keyed(table: Table, keys: str) -> Table:
    name = rf'ALTER TABLE (?:\w+\.)?"?{table.name}"?\s'
    text = " ".join(found[0] for found in re.finditer(rf"{name}[^;]*;", keys))
    primary = re.search(r"ADD PRIMARY KEY \(([^)]*)\)", text)
    return replace(
        table,
        primary_key=_columns(primary[1]) if primary else (),
        unique_keys=tuple(_columns(found[1]) for found in re.finditer(r"ADD UNIQUE \(([^)]*)\)", text)),
        foreign_keys=tuple(_foreign(text)),
    )


def _foreign(text: str) -> Iterator[ForeignKey]:
    for found in re.finditer(r"ADD FOREIGN KEY \(([^)]*)\) REFERENCES (\w+)", text):
        yield ForeignKey(_columns(found[1]), TableName("public", found[2]), ())


def _columns(text: str) -> tuple[str, ...]:
    return tuple(each.strip(' "') for each in text.split(","))


def measured() -> Profile:
    """The profile."""
    return Profile(
        {
            name: TableProfile(name, 1000, tuple(_measured(column, values) for column, values in columns.items()))
            for table, columns in VALUES.items()
            for name in [TableName("public", table)]
        }
    )


def _measured(column: str, values: tuple[str, ...]) -> ColumnProfile:
    return ColumnProfile(column, distinct=len(values), top=tuple((value, 1) for value in values), complete=True)


def known(*more: DataPoint) -> Model:
    """The model of the example company, with further DataPoints."""
    written = read_folder(PACK / "datapoints").datapoints
    return Model.of(company(), measured(), (*written, *more))


Ask = Callable[..., Compiled | None]


def asker(model: Model, *, now: datetime = NOW, calendar: Calendar | None = None) -> Ask:
    """Asks one question, or one after another, and gives what was made of the last."""
    values = ValueIndex(values_of(model.profile, model.profile.tables))

    def ask(*questions: str) -> Compiled | None:
        previous, found = None, None
        for question in questions:
            found = answer_from_metrics(question, model, values, now=now, calendar=calendar, previous=previous)
            if found and found.status == "ready":
                previous = Remembered(question=question, source=found.source, plan=found.plan)
        return found

    return ask


@pytest.fixture(scope="session")
def model() -> Model:
    return known()


@pytest.fixture
def ask(model: Model) -> Ask:
    return asker(model)
