"""The statements by which the gate and a session are checked: lines of the files beside this one, `# ` is a comment.

hostile_*.txt    the gate must refuse them        benign_*.txt    the gate must let them pass
session_*.txt    a session must refuse them, or end them at its limit, even without the gate
"""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Literal

from core.catalog import Catalog, Table
from core.errors import UserError
from sql.ddl import catalog_of
from sql.dialects import known_dialect
from sql.names import qualified, quote

Kind = Literal["hostile", "benign"]


def statements(kind: Kind, catalog: Catalog) -> Sequence[str]:
    """The statements of one kind for the catalog's dialect, about one of its tables.

    Raises UserError when the catalog has no table with columns.
    """
    dialect = known_dialect(catalog.dialect)
    table = _subject(catalog)
    name, column = qualified(table.full_name, dialect), quote(table.columns[0].name, dialect)
    templates = (*_lines(f"{kind}_{dialect}.txt"), *_lines(f"{kind}_common.txt"))
    filled = (each.replace("<table>", name).replace("<column>", column).replace("⏎", "\n") for each in templates)
    return tuple(dict.fromkeys(filled))


def probes(dialect: str) -> Sequence[str]:
    """What a session of the dialect is tried with; nothing where DataChat has no sessions of it."""
    return tuple(_lines(f"session_{known_dialect(dialect)}.txt"))


def example(dialect: str) -> Catalog:
    """A small catalog of the dialect, to check the gate without a database."""
    text = files("sql").joinpath("suite", "schema.sql").read_text(encoding="utf8")
    return catalog_of(text, dialect="postgres", read_as=dialect)


def _subject(catalog: Catalog) -> Table:
    """The table with the fewest columns besides one, so that the choice does not depend on the order of reading."""
    known = [each for each in catalog.tables if each.columns]
    if not known:
        raise UserError("The database has no table with columns.", hint="May the login read any table?")
    return min(known, key=lambda each: (len(each.columns) < 2, len(each.columns), str(each.full_name)))


def _lines(name: str) -> Iterator[str]:
    path = files("sql").joinpath("suite", name)
    text = path.read_text(encoding="utf8") if path.is_file() else ""
    yield from (line for line in text.splitlines() if line and not line.startswith("# "))
