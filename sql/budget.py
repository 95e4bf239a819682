"""Whether a statement fits into the budgets, and what would make it cheaper."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlglot import exp

from core.catalog import Catalog, Table
from core.values import Budgets, Estimate, Limits, Spent
from sql.parse import Parsed, parse

_BYTES_OF_A_ROW = 32
_TIMES = ("date", "time")
_CHOICES = ("where", "group", "order", "having", "distinct", "offset", "qualify", "with_", "sample")


class Weighed(NamedTuple):
    """Why a statement may not run, or why a person should look at it first; both empty when it fits."""

    refusal: str = ""
    doubt: str = ""


class _Bound(NamedTuple):
    """One amount against its two bounds; `words` say what it is, with a place for the number."""

    amount: float | None
    review: float | None
    most: float | None
    words: str


def known_rows(names: Iterable[str], catalog: Catalog) -> int | None:
    """How many rows the tables hold together, by the catalog's statistics; None where it does not know one of them."""
    sizes = [_rows(catalog.by_text.get(name)) for name in names]
    known = [size for size in sizes if size is not None]
    return sum(known) if len(known) == len(sizes) else None


def weigh(
    estimate: Estimate, *, limits: Limits, budgets: Budgets, spent: Spent | None, numbers: bool = True
) -> Weighed:
    """Hold an estimate, and what the user has spent today, against the budgets; the first that is too much is told.

    `numbers` is False for who must not learn the sizes of tables.
    """
    bounds = list(_bounds(estimate, limits, budgets, spent))
    refusal = next((_words(each, each.most, numbers) for each in bounds if _exceeds(each.amount, each.most)), "")
    doubt = next((_words(each, each.review, numbers) for each in bounds if _exceeds(each.amount, each.review)), "")
    return Weighed(refusal, "" if refusal else doubt)


def _bounds(estimate: Estimate, limits: Limits, budgets: Budgets, spent: Spent | None) -> Iterator[_Bound]:
    yield _Bound(estimate.rows, limits.scan_rows, budgets.rows, "it reads {} rows")
    yield _Bound(estimate.bytes, budgets.bytes_review, budgets.bytes, "it reads {} bytes")
    yield _Bound(estimate.cost, budgets.cost_review, budgets.cost, "it costs {} in the engine's unit")
    if spent:
        today = "with it you have {} today"
        rows, bytes_, cost = spent.rows + (estimate.rows or 0), spent.bytes + (estimate.bytes or 0), spent.cost
        yield _Bound(rows, budgets.day_rows_review, budgets.day_rows, today.format("read {} rows"))
        yield _Bound(bytes_, budgets.day_bytes_review, budgets.day_bytes, today.format("read {} bytes"))
        cost += estimate.cost or 0
        yield _Bound(cost, budgets.day_cost_review, budgets.day_cost, today.format("spent {} of cost"))
        yield _Bound(
            spent.seconds,
            budgets.day_seconds_review,
            budgets.day_seconds,
            "your statements have taken {} seconds today",
        )


def _exceeds(amount: float | None, bound: float | None) -> bool:
    return amount is not None and bound is not None and amount > bound


def _words(bound: _Bound, limit: float | None, numbers: bool) -> str:
    amount = f"about {bound.amount or 0:,.0f}" if numbers else "too many"
    return f"{bound.words.format(amount)} (the limit is {limit or 0:,.0f})"


def cheaper(sql: str, *, tables: Sequence[str], catalog: Catalog) -> str:
    """What would make the statement read less, as a hint; "" when nothing is plain."""
    parsed = parse(sql, dialect=catalog.dialect)
    if not isinstance(parsed, Parsed):
        return ""
    found = [table for name in tables if (table := catalog.by_text.get(name))]
    found.sort(key=lambda table: -(_rows(table) or 0))
    largest = found[0] if found else None
    if largest and _time_column(largest) and not _filters(parsed.tree, largest):
        return f"Ask for a shorter period: filter {largest.name} on {_time_column(largest)}."
    if _is_unlimited_list(parsed.tree):
        return "Ask for fewer rows, e.g. with LIMIT 100."
    if len(found) > 1 and largest:
        return f"Leave out a table, or count {largest.name} alone before joining it."
    key = ", ".join(largest.primary_key) if largest else ""
    return f"Filter {largest.name} on its key: {key}." if largest and key else ""


def first_rows(sql: str, *, catalog: Catalog) -> int | None:
    """How many rows it takes, if these are the first ones of one table as they come, so that it reads no more."""
    parsed = parse(sql, dialect=catalog.dialect)
    tree = parsed.tree if isinstance(parsed, Parsed) else None
    if not isinstance(tree, exp.Select) or len(list(tree.find_all(exp.Table, exp.Query))) != 2:
        return None
    limit, [table] = tree.args.get("limit"), tree.find_all(exp.Table)
    count = limit.expression if isinstance(limit, exp.Limit) else None
    chosen = any(tree.args.get(part) for part in _CHOICES) or tree.find(exp.AggFunc, exp.Window)
    stored = all(each.kind != "view" for each in catalog.candidates(table.name))
    return int(count.this) if isinstance(count, exp.Literal) and count.is_int and stored and not chosen else None


def _rows(table: Table | None) -> int | None:
    if table is None or (table.row_estimate is None and table.bytes is None):
        return None
    return table.row_estimate if table.row_estimate is not None else (table.bytes or 0) // _BYTES_OF_A_ROW


def _time_column(table: Table) -> str | None:
    return next((each.name for each in table.columns if any(word in each.type.lower() for word in _TIMES)), None)


def _filters(tree: exp.Expr, table: Table) -> bool:
    """Whether a time column of the table stands in a condition."""
    times = {each.name.lower() for each in table.columns if any(word in each.type.lower() for word in _TIMES)}
    conditions = (column for where in tree.find_all(exp.Where) for column in where.find_all(exp.Column))
    return any(column.name.lower() in times for column in conditions)


def _is_unlimited_list(tree: exp.Expr) -> bool:
    return isinstance(tree, exp.Select) and not any(
        (tree.args.get("limit"), tree.args.get("group"), tree.find(exp.AggFunc))
    )
