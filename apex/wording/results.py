"""The answer to a plan in words. Every number is a cell, or the difference of two that stand beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from apex.compile.walk import columns_in, conjuncts, together
from apex.wording.describe import bound_words, condition_words, expression_words, has_measure, order_words, time_words
from apex.wording.formats import Form, form_of
from apex.wording.quantities import difference, keyed, number_of, quantity
from apex.wording.units import SHARE, metric_format, metric_unit, unit_of
from core.datapoint import DataPoint
from core.values import Cell, Result, ResultColumn, Row
from core.values.plans import Arithmetic, Expression, Grained, Literally, Measure, Output, Plan

LISTED_ROWS = 10
_SAYING_NOTHING = frozenset({"ratio", "average", "value"})
WIDEST = 5
"""Rows with more columns are not put into words."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of the result: what it shows, of which period, in which unit."""

    column: ResultColumn
    value: Expression
    name: str
    unit: str = ""
    before: bool = False
    form: Form | None = None

    @property
    def is_measure(self) -> bool:
        """Whether it was calculated over rows."""
        return has_measure(self.value)


def words_of_plan(plan: Plan, result: Result, *, row_count: int, datapoints: Iterable[DataPoint] = ()) -> str | None:
    """One to three sentences; None where the result is not that of the plan."""
    shown = _columns(plan, result.columns, tuple(datapoints))
    if shown is None:
        return None
    if row_count == 0:
        return _nothing(plan)
    teller = _Teller(plan, shown)
    if row_count == 1:
        return teller.one(result.rows[0])
    return teller.many(result, row_count)


def _columns(plan: Plan, columns: Sequence[ResultColumn], datapoints: Sequence[DataPoint]) -> list[Shown] | None:
    wanted: list[tuple[Output, bool]] = []
    for output in plan.outputs:
        wanted.append((output, False))
        if plan.compared and has_measure(output.value):
            wanted.append((output, True))
    if len(wanted) != len(columns):
        return None
    return [
        Shown(
            column,
            output.value,
            _name(output, plan),
            _unit(output, plan, datapoints),
            before,
            _form(output, plan, datapoints),
        )
        for (output, before), column in zip(wanted, columns, strict=True)
    ]


def _name(output: Output, plan: Plan) -> str:
    if output.name and output.name not in _SAYING_NOTHING:
        name = output.name.replace("_", " ")
        shared = name.removesuffix(" percent") if is_percentage(output.value) else name
        told = shared == name or shared.endswith("change")
        return shared if told else f"share of {shared}{_part(output.value, plan)}"
    return expression_words(output.value, plan.table).replace("_", " ")


def _is_part(value: Expression) -> bool:
    """Whether it is a number of rows divided by that of all of them, of which 1 is the whole."""
    match value:
        case Arithmetic(
            operator="/", left=Measure(aggregate="count") as part, right=Measure(aggregate="count") as whole
        ):
            same = part.model_copy(update={"where": None}) == whole.model_copy(update={"where": None})
            return (
                same
                and part.where != whole.where
                and all(each in conjuncts(part.where) for each in conjuncts(whole.where))
            )
        case _:
            return False


def _part(value: Expression, plan: Plan) -> str:
    """Which part of the whole is told, where a condition makes it one."""
    assert isinstance(value, Arithmetic) and isinstance(value.right, Arithmetic)
    part, whole = value.right.left, value.right.right
    if not (isinstance(part, Measure) and isinstance(whole, Measure)):
        return ""
    kept = together([each for each in conjuncts(part.where) if each not in conjuncts(whole.where)])
    return f" where {condition_words(kept, plan.table)}" if kept else ""


def _unit(output: Output, plan: Plan, datapoints: Sequence[DataPoint]) -> str:
    """The unit of the value; a single metric's own, also where it is a ratio."""
    found = (
        "%" if is_percentage(output.value) else SHARE if _is_part(output.value) else unit_of(output.value, datapoints)
    )
    return found or metric_unit(_metric(output, plan), datapoints)


def _form(output: Output, plan: Plan, datapoints: Sequence[DataPoint]) -> Form | None:
    return form_of(metric_format(_metric(output, plan), datapoints))


def _metric(output: Output, plan: Plan) -> str:
    """The metric that an output shows; empty where it shows none."""
    return next((each for each in plan.metrics if each.rpartition(".")[2] == output.name), "")


def _nothing(plan: Plan) -> str:
    told = [condition_words(each, plan.table) for each in (plan.where, plan.having) if each]
    about = plan.table.rpartition(".")[2]
    period = f" in the period {time_words(plan.time)}" if plan.time else ""
    if not told:
        return f"No rows of {about} were found{period}."
    return f"No rows match {' and '.join(told)}{period}. {about} may hold other rows, which this leaves out."


class _Teller:
    """Puts rows into words, and remembers whether it rounded."""

    def __init__(self, plan: Plan, shown: Sequence[Shown]) -> None:
        self.plan = plan
        self.shown = shown
        self.rounded = False

    def one(self, row: Row) -> str:
        """A single row: each value under its name."""
        if not any(each.is_measure for each in self.shown):
            chosen = "".join(f", {order_words(each, self.plan)}" for each in self.plan.order)
            if len(self.shown) == 1:
                about = f"{_capital(self.shown[0].name)} ({self._about}{self._scope()}{chosen})"
                return self._ended(f"{about}: {self._cell(self.shown[0], row[0])}.")
            told = ", ".join(f"{each.name} {self._cell(each, cell)}" for each, cell in self._pairs(row))
            return self._ended(f"One row of {self._about}{self._scope()}{chosen}: {told}.")
        if len(self.shown) == 1:
            return self._ended(f"{_capital(self.shown[0].name)}{self._scope()}: {self._cell(self.shown[0], row[0])}.")
        told = "; ".join(self._told(row))
        return self._ended(f"{_capital(told)}{self._scope()}.")

    def many(self, result: Result, row_count: int) -> str:
        """A few rows all, of many the first and the last."""
        names = ", ".join(each.name for each in self.shown if not each.before)
        measured = any(each.is_measure for each in self.shown)
        heading = _capital(names if measured else f"{names} of {self._about}")
        more = f"the first {row_count:,} rows; there are more" if result.truncated else f"{row_count:,} rows"
        if len(self.shown) > WIDEST:
            return self._ended(f"{_capital(more)}{self._scope()}. The columns are {heading[:1].lower()}{heading[1:]}.")
        if row_count <= LISTED_ROWS and len(result.rows) == row_count and not result.truncated:
            rows = "; ".join(map(self._row, result.rows))
            return self._ended(f"{heading}{self._scope()}: {rows}.{self._together(result.rows)}")
        last = len(result.rows) == row_count and not result.truncated
        ends = f"first {self._row(result.rows[0])}{f'; last {self._row(result.rows[-1])}' if last else ''}"
        return self._ended(f"{heading}{self._scope()}: {more}; {ends}.")

    @property
    def _about(self) -> str:
        return self.plan.table.rpartition(".")[2].replace("_", " ")

    @property
    def _counts(self) -> bool:
        """Whether rows were grouped, so that numbers which are not calculated name the groups."""
        calculated = (*(output.value for output in self.plan.outputs), *(each.by for each in self.plan.order))
        return any(map(has_measure, calculated))

    def _told(self, row: Row, *, measures_only: bool = False) -> Iterator[str]:
        pairs = list(self._pairs(row))
        for place, (each, cell) in enumerate(pairs):
            if each.before or (measures_only and not each.is_measure):
                continue
            words = f"{each.name}: {self._cell(each, cell)}"
            then = pairs[place + 1] if place + 1 < len(pairs) and pairs[place + 1][0].before else None
            yield f"{words}{self._compared(each, cell, then[1])}" if then else words

    def _compared(self, each: Shown, now: Cell, before: Cell) -> str:
        compared = self.plan.compared
        assert compared
        period = compared.words or time_words(compared.time)
        spoken = f", against {self._cell(each, before)} in {period}"
        one, other = number_of(now), number_of(before)
        if one is None or other is None:
            return spoken
        return f"{spoken} ({difference(one, other, each.unit)})" if one != other else f"{spoken} (no change)"

    def _row(self, row: Row) -> str:
        """`US 524.00 USD, 3`: groups by name, measures behind them."""
        if self.plan.compared:
            keys = " ".join(self._cell(each, cell) for each, cell in self._pairs(row) if not each.is_measure)
            told = ", ".join(self._told(row, measures_only=True))
            return f"{keys} with {told}" if keys else told
        return ", ".join(self._cell(each, cell) for each, cell in self._pairs(row))

    def _pairs(self, row: Row) -> Iterator[tuple[Shown, Cell]]:
        return zip(self.shown, row, strict=True)

    def _cell(self, each: Shown, cell: Cell) -> str:
        if cell is None and each.is_measure:
            return "no value"
        if not each.is_measure and self._counts and isinstance(cell, int) and not isinstance(each.value, Grained):
            return keyed(str(cell), ResultColumn(name=each.column.name, type="text"), each.value)
        if not each.is_measure and not each.unit:
            return keyed(cell, each.column, each.value)
        spoken = quantity(cell, each.column, each.unit, each.form)
        self.rounded = self.rounded or spoken.rounded
        return spoken.words

    def _scope(self) -> str:
        """Of which rows: the conditions and the period."""
        told = [f" where {condition_words(self.plan.where, self.plan.table)}"] if self.plan.where else []
        if self.plan.having:
            told.append(f" with {bound_words(self.plan, self.plan.having)}")
        if self.plan.time:
            told.append(f" ({time_words(self.plan.time)})")
        return "".join(told)

    def _together(self, rows: Sequence[Row]) -> str:
        """The sum over all groups, where no row can lie in two of them and none is left out."""
        measures = [(place, each) for place, each in enumerate(self.shown) if each.is_measure]
        if len(measures) != 1 or not adds_up(self.plan, measures[0][1].value):
            return ""
        place, each = measures[0]
        numbers = [number for row in rows if (number := number_of(row[place])) is not None]
        column = each.column
        total = quantity(str(sum(numbers)), column, each.unit, each.form)
        self.rounded = self.rounded or total.rounded
        return f" Together {total.words}."

    def _ended(self, words: str) -> str:
        return f"{words} Numbers are rounded." if self.rounded else words


def is_percentage(value: Expression) -> bool:
    """Whether it is a hundred times one number divided by another."""
    match value:
        case Arithmetic(operator="*", left=Literally(value=100), right=Arithmetic(operator="/")):
            return True
        case _:
            return False


def adds_up(plan: Plan, value: Expression) -> bool:
    """Whether the groups' values sum to the whole: plain sums and counts, grouped by columns of their own table."""
    if not isinstance(value, Measure) or value.aggregate not in ("sum", "count") or value.distinct or value.running:
        return False
    if plan.having or plan.limit is not None or plan.combined or plan.compared:
        return False
    keys = [output.value for output in plan.outputs if not has_measure(output.value)]
    home = {column.table for column in columns_in(value.of)} or {value.table or plan.table}
    return len(home) == 1 and all({column.table for column in columns_in(key)} == home for key in keys)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
