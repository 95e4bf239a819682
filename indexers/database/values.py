"""Lists the values of text columns by which questions name things: `Boeing` stands in `manufacturers.name`."""

from collections.abc import AsyncGenerator

from core.catalog import Catalog, Table
from core.errors import LimitError, StatementError
from core.ports import Connector
from core.profile import ColumnProfile, ColumnValues, Profile
from indexers.database.budget import Budget
from indexers.database.families import family
from indexers.database.gate import Gate
from indexers.database.personal import hides
from indexers.database.statements import different
from sql.names import quote

LONGEST = 199
"""Characters of a value that a question may hold."""
_NOT_NAMES = frozenset({"free_text", "json", "uuid", "url", "timestamp", "date", "time", "date_text", "number_text"})


async def values(
    connector: Connector, catalog: Catalog, profile: Profile, *, budget: Budget | None = None
) -> AsyncGenerator[ColumnValues]:
    """The different values of every measured column that holds names of things: never of a personal one.

    Short lists come from the profile; the others are asked for. A column that cannot be read in time is left out.
    Raises UpstreamError when the database is gone.
    """
    gate = Gate.open(connector, catalog, budget or Budget())
    for name, measured in profile.tables.items():
        table = catalog.by_name.get(name)
        for column in measured.columns if table else ():
            if table and _names_things(table, column):
                try:
                    yield await _values(gate, table, column)
                except (LimitError, StatementError):
                    continue


def _names_things(table: Table, column: ColumnProfile) -> bool:
    stored = table.column(column.name)
    if stored is None or column.pii or not column.distinct or family(stored.type) != "text":
        return False
    return not _NOT_NAMES & set(column.patterns)


async def _values(gate: Gate, table: Table, column: ColumnProfile) -> ColumnValues:
    if column.complete:
        found = [str(value) for value, _ in column.top]
    else:
        most = gate.budget.values + 1
        expression = quote(column.name, gate.dialect)
        rows = await gate.rows(different(expression, table, gate.dialect, most=most, longest=LONGEST), most=most)
        found = [str(value) for [value] in rows]
    shown = [value for value in found[: gate.budget.values] if value.strip() and not hides(value)]
    shown = [value for value in shown if len(value) <= LONGEST]
    return ColumnValues(table.full_name, column.name, tuple(shown), complete=len(shown) == len(found))
