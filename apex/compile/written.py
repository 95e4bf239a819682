"""SQL that an approved DataPoint says, over the columns of one table: read as a tree, its columns found like others."""

from functools import lru_cache

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from apex.compile.refusal import RefusalError
from core.values.plans import ColumnOf, Written

_NOT_OF_A_ROW = (exp.AggFunc, exp.Window, exp.Query, exp.Subquery, exp.Star, exp.Placeholder, exp.Parameter)


def written_columns(written: Written) -> tuple[ColumnOf, ...]:
    """The columns that it names, of its table."""
    names = dict.fromkeys(column.name for column in tree_of(written).find_all(exp.Column))
    return tuple(ColumnOf(table=written.table, column=name) for name in names)


def tree_of(written: Written) -> exp.Expr:
    """The tree, which belongs to everybody: copy it before you change it."""
    return _parsed(written.sql, written.dialect)


@lru_cache(maxsize=2_000)
def _parsed(sql: str, dialect: str) -> exp.Expr:
    try:
        tree = parse_one(sql, dialect=dialect or None)
    except SqlglotError as error:
        message = f"The SQL `{sql}` cannot be read."
        raise RefusalError("broken", message, hint="Check it with `datachat dp lint`.") from error
    odd = next(tree.find_all(*_NOT_OF_A_ROW), None)
    if odd is not None:
        raise RefusalError("broken", f"The SQL `{sql}` must speak of single rows, and holds `{odd.sql()}`.")
    return tree
