"""Turns a day into the statements that build the example company for it."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from datapoints.packs.payments.days import days

STAMP_QUERY = "SELECT obj_description('public'::regnamespace, 'pg_namespace')"
"""Gives what `loaded_stamp` returned when the database was loaded; something else, or NULL, where it was not."""

_MARK = "DataChat example company"

_FILES = (
    ("tables", "schema.sql"),
    ("gateways and prices", "rows/gateways.sql"),
    ("customers, accounts and cards", "rows/customers.sql"),
    ("merchants", "rows/merchants.sql"),
    ("transactions", "rows/transactions.sql"),
    ("fees, refunds and payouts", "rows/money.sql"),
    ("loans and repayments", "rows/loans.sql"),
    ("support tickets", "rows/support.sql"),
    ("keys and indexes", "keys.sql"),
    ("views", "views.sql"),
)


def statements(today: date) -> Iterator[tuple[str, str]]:
    """Title and SQL of every step, to be run in this order within one transaction.

    They replace an earlier load of the pack and refuse (SQLSTATE 42P07) a database whose schema `public` holds other
    tables. The last step writes the stamp, so that a database is either loaded for a day or as it was before.
    """
    yield from _steps(today)
    yield "stamp", _finish(loaded_stamp(today))


def loaded_stamp(today: date) -> str:
    """What a database loaded by this very pack for this day says of itself; another day or another pack differs."""
    digest = hashlib.blake2b(digest_size=6)
    for _, sql in _steps(today):
        digest.update(sql.encode())
    return f"{_MARK} payments, loaded for {today.isoformat()}, edition {digest.hexdigest()}"


def _steps(today: date) -> Iterator[tuple[str, str]]:
    yield "calendar", _prelude(today)
    folder = Path(__file__).parent
    for title, name in _FILES:
        yield title, (folder / name).read_text(encoding="utf-8")


def _prelude(today: date) -> str:
    """Session settings, the source of chance and the calendar; all of it is gone when the transaction ends."""
    begun = 0
    rows: list[str] = []
    for day in days(today):
        rows.append(f"('{day.date}',{begun},{day.transactions},{day.basket},{day.customers},{day.merchants})")
        begun += day.transactions
    text = (Path(__file__).parent / "prelude.sql").read_text(encoding="utf-8")
    return text.replace("{mark}", _MARK).replace("{today}", today.isoformat()).replace("{days}", ",".join(rows))


def _finish(stamp: str) -> str:
    drops = "DROP FUNCTION pg_temp.today(), pg_temp.pick(bigint, bigint, bigint), pg_temp.spread(bigint, bigint);"
    return f"{drops}\nCOMMENT ON SCHEMA public IS '{stamp}';"
