"""A generated harbour company of any number of tables, the same on every machine, and two questions to it."""

from collections.abc import Iterator

from store.system import dial

AREAS = ("pilot", "tug", "crane", "berth", "customs", "bunker", "reefer", "ferry", "dredging", "mooring")
THINGS = ("shift", "permit", "inspection", "invoice", "roster", "incident", "tariff", "survey", "booking", "meter")
COLUMNS = 10
"""Per table: with 5,000 tables there are 50,000."""

CATALOG_QUESTION = "Which columns does the table visits have?"
DATA_QUESTION = "How often did each flag call at a port?"
"""One for the model: no plan knows that to call is a visit."""
STATEMENT = (
    "SELECT ships.flag, count(*) AS visits FROM visits JOIN ships ON ships.id = visits.ship_id"
    " GROUP BY ships.flag ORDER BY ships.flag"
)
FLAGS = 12

_SHIPS = """
CREATE TABLE ships (id int PRIMARY KEY, flag text NOT NULL, name text, built date, tonnage numeric(12, 2),
    length_m numeric(6, 2), draught_m numeric(5, 2), owner text, active boolean, noted_at timestamptz)
"""
_VISITS = """
CREATE TABLE visits (id int PRIMARY KEY, ship_id int NOT NULL REFERENCES ships, arrived date, departed date,
    berth text, cargo text, tons numeric(12, 2), fee numeric(12, 2), cancelled boolean, noted_at timestamptz)
"""
_ROWS = f"""
INSERT INTO ships (id, flag, name) SELECT i, 'F' || i % {FLAGS}, 'Ship ' || i FROM generate_series(1, 200) i;
INSERT INTO visits (id, ship_id, arrived) SELECT i, 1 + i % 200, date '2026-01-01' + i % 300
    FROM generate_series(1, 2000) i;
ANALYZE
"""
_TOGETHER = 200
"""Tables per round trip; all of them in one transaction would need more locks than a server has."""


async def build(url: str, tables: int) -> None:
    """Make the tables and the rows of the two that are asked about."""
    statements = [_SHIPS, _VISITS, *_others(tables - 2)]
    async with await dial(url) as connection:
        for first in range(0, len(statements), _TOGETHER):
            await connection.execute(";".join(statements[first : first + _TOGETHER]).encode())
        await connection.execute(_ROWS.encode())


def _others(count: int) -> Iterator[str]:
    """Tables like `tug_permits_17`, each of which belongs to the one before it or to the ships."""
    earlier = "ships"
    for number in range(count):
        area, thing = AREAS[number % len(AREAS)], THINGS[number // len(AREAS) % len(THINGS)]
        name = f"{area}_{thing}s_{number // (len(AREAS) * len(THINGS))}"
        plain = (f"{thing}_{each} {('text', 'int', 'numeric(12, 2)')[each % 3]}" for each in range(COLUMNS - 3))
        yield (
            f"CREATE TABLE {name} (id int PRIMARY KEY, {earlier}_id int REFERENCES {earlier}, noted_at timestamptz,"
            f" {', '.join(plain)})"
        )
        earlier = name if number % 5 else "ships"
