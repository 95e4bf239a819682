"""What one user may see of one database, as values: made by `sql.policy`, kept by whoever hands SQL to the gate."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.catalog import Catalog, TableName


@dataclass(frozen=True, slots=True)
class Governed:
    """What a user reads instead of a table: `query` is a derived table, in parentheses, in the database's own SQL."""

    query: str
    filtered: bool
    masked: frozenset[str]
    """Names of the columns whose values are replaced."""


@dataclass(frozen=True)
class Access:
    """What one user may see of one database.

    `catalog` holds nothing else than what the user may know of. Of its tables, those in `governed` are never read as
    they are; the others have neither hidden rows nor hidden values.
    """

    catalog: Catalog
    governed: Mapping[TableName, Governed]
