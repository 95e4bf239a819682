"""Measures one table: counts and extents of all its rows, everything else of all of them or of a sample."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import isfinite

from core.catalog import Column, Table
from core.errors import LimitError, StatementError
from core.profile import ColumnProfile, Scalar, TableProfile
from core.values import Cell, Row
from indexers.database.families import Family, family
from indexers.database.gate import Gate
from indexers.database.patterns import patterns_of, personal_share
from indexers.database.personal import hides, is_personal
from indexers.database.statements import (
    CHARACTERS,
    QUANTILES,
    aggregates,
    frequencies,
    quantiles,
    rank_at,
    sample,
    text,
    whole,
)
from sql.names import quote

_AT_ONCE = 16
"""Columns of one statement."""
_PERSONAL_SHARE = 0.2
_SAMPLES = 5
_LARGEST_EXACT = 2**53
_COMPARABLE: frozenset[Family] = frozenset({"integer", "number", "text", "time", "boolean", "uuid"})
_ORDERED: frozenset[Family] = frozenset({"integer", "number", "time"})
_NUMERIC: frozenset[Family] = frozenset({"integer", "number"})


@dataclass
class _Seen:
    """What was found of a column so far."""

    column: Column
    family: Family
    expression: str
    personal: bool
    most: int
    count: int = 0
    extent: tuple[Scalar, Scalar] = (None, None)
    mean: float | None = None
    frequent: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    different: int = 0
    single: int = 0
    present: int = 0
    quantiles: tuple[float, ...] = ()
    patterns: tuple[str, ...] = ()

    @property
    def shows_values(self) -> bool:
        """Whether values of this column may be kept at all."""
        return not self.personal and self.family in _COMPARABLE and not {"free_text", "json"} & set(self.patterns)


async def measure(gate: Gate, table: Table) -> TableProfile:
    """What a table holds; raises LimitError when time is up first, StatementError when the table cannot be read."""
    seen = [_begin(table, column, gate) for column in table.columns]
    rows, exact = await _count(gate, table, seen)
    wanted = gate.budget.sample_of(rows)
    measuring = _Measuring(gate, table, rows, wanted)
    looked_at = await measuring.all_of(seen) if rows else 0
    return TableProfile(
        table=table.full_name,
        rows=rows,
        columns=tuple(_finished(each, table, rows, looked_at) for each in seen),
        exact=exact,
        sampled=looked_at if wanted is not None and rows else None,
        fingerprint=table.fingerprint(),
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _begin(table: Table, column: Column, gate: Gate) -> _Seen:
    kind, name = family(column.type), quote(column.name, gate.dialect)
    plain = kind not in ("text", "uuid") or any(word in column.type.lower() for word in ("char", "text", "string"))
    expression = name if plain else text(name, gate.dialect)
    return _Seen(column, kind, expression, is_personal(table, column), gate.budget.top)


async def _count(gate: Gate, table: Table, seen: Sequence[_Seen]) -> tuple[int, bool]:
    """How many rows there are, and on the way the extents of numbers and times; an estimate where that takes long."""
    estimate = table.row_estimate
    if estimate is None or estimate <= gate.budget.scan_rows:
        try:
            return await _count_all(gate, table, seen), True
        except LimitError:
            if gate.is_over:
                raise
    return estimate or gate.budget.scan_rows, False


async def _count_all(gate: Gate, table: Table, seen: Sequence[_Seen]) -> int:
    ordered = [each for each in seen if each.family in _ORDERED]
    source = whole(table, gate.dialect)

    async def ask(some: Sequence[_Seen]) -> None:
        extents = [f"{function}({each.expression})" for each in some for function in ("MIN", "MAX")]
        [row] = await gate.rows(aggregates(extents, source))
        for place, each in enumerate(some):
            each.extent = (_scalar(row[2 * place]), _scalar(row[2 * place + 1]))

    [[rows]] = await gate.rows(aggregates(["COUNT(*)"], source))
    if int(str(rows)):
        await _in_parts(ordered, ask)
    return int(str(rows))


@dataclass(frozen=True)
class _Measuring:
    """The statements about one table's columns."""

    gate: Gate
    table: Table
    rows: int
    wanted: int | None

    async def all_of(self, seen: Sequence[_Seen]) -> int:
        """Ask for everything; returns how many rows were looked at."""
        [[looked_at]] = await self._sampled_rows()
        await _in_parts(seen, self._counts)
        await _in_parts([each for each in seen if each.family in _COMPARABLE], self._frequencies)
        for each in seen:
            _judge(each)
        numbers = [each for each in seen if each.family in _NUMERIC and each.shows_values and each.count]
        await _in_parts([each for each in numbers if self.table.primary_key != (each.column.name,)], self._quantiles)
        return int(str(looked_at))

    def _source(self, *columns: _Seen) -> str:
        names = [each.column.name for each in columns]
        if self.wanted is None:
            return whole(self.table, self.gate.dialect)
        return sample(self.table, names, self.gate.dialect, rows=self.rows, wanted=self.wanted)

    async def _sampled_rows(self) -> Sequence[Row]:
        if self.wanted is None:
            return [[self.rows]]
        return await self.gate.rows(aggregates(["COUNT(*)"], self._source()))

    async def _counts(self, some: Sequence[_Seen]) -> None:
        asked: list[str] = []
        for each in some:
            ranges = each.family == "text" or (each.family in _ORDERED and each.extent == (None, None))
            mean = f"AVG({each.expression})" if each.family in _NUMERIC else "NULL"
            extent = [f"MIN({each.expression})", f"MAX({each.expression})"] if ranges else ["NULL", "NULL"]
            asked += [f"COUNT({each.expression})", mean, *extent]
        [row] = await self.gate.rows(aggregates(asked, self._source(*some)))
        for place, each in enumerate(some):
            count, mean, low, high = row[4 * place : 4 * place + 4]
            each.count, each.mean = int(str(count)), _float(mean)
            if low is not None:
                each.extent = (_scalar(low), _scalar(high))

    async def _frequencies(self, some: Sequence[_Seen]) -> None:
        asked = [(place, each.expression, self._source(each)) for place, each in enumerate(some)]
        most = self.gate.budget.top + 1
        for place, value, count, different, single, present in await self.gate.rows(
            frequencies(asked, self.gate.dialect, most=most, sampled=self.wanted is not None)
        ):
            each = some[int(str(place))]
            each.frequent.append((str(value), int(str(count))))
            each.different, each.single, each.present = int(str(different)), int(str(single)), int(str(present))

    async def _quantiles(self, some: Sequence[_Seen]) -> None:
        asked = [(place, each.expression, self._source(each), each.count) for place, each in enumerate(some)]
        found: dict[int, dict[int, float | None]] = {}
        for place, rank, value in await self.gate.rows(quantiles(asked)):
            found.setdefault(int(str(place)), {})[int(str(rank))] = _float(value)
        for place, ranks in found.items():
            values = [ranks.get(rank_at(each, some[place].count)) for each in QUANTILES]
            shown = [value for value in values if value is not None and not hides(_whole(value))]
            # A sample that is drawn anew may be shorter; half of the quantiles would be taken for others.
            some[place].quantiles = tuple(shown) if len(shown) == len(QUANTILES) else ()


async def _in_parts(seen: Sequence[_Seen], ask: Callable[[Sequence[_Seen]], Awaitable[None]]) -> None:
    """Ask about some columns at once; those that the engine does not take together are asked about one by one."""
    for start in range(0, len(seen), _AT_ONCE):
        await _halving(seen[start : start + _AT_ONCE], ask)


async def _halving(some: Sequence[_Seen], ask: Callable[[Sequence[_Seen]], Awaitable[None]]) -> None:
    try:
        await ask(some)
    except StatementError:
        middle = len(some) // 2
        # A single column that the engine cannot compare or add up stays without that figure.
        for half in (some[:middle], some[middle:]) if middle else ():
            await _halving(half, ask)


def _judge(each: _Seen) -> None:
    """Tell from the values that were seen what the column holds, and whether that is personal."""
    values = [value for value, _ in each.frequent]
    if each.family == "text":
        each.patterns = patterns_of(each.column.name, values)
    elif each.family in ("uuid", "json"):
        each.patterns = (each.family,)
    if each.family in ("text", "integer") and personal_share(values) >= _PERSONAL_SHARE:
        each.personal = True
    if each.family in ("boolean", "uuid", "json"):
        each.personal = False


def _finished(each: _Seen, table: Table, rows: int, looked_at: int) -> ColumnProfile:
    whole = looked_at >= rows
    nulls = 1 - each.count / looked_at if looked_at else 0.0
    distinct, exact = _distinct(each, table, rows, looked_at)
    profile = ColumnProfile(
        name=each.column.name,
        nulls=round(nulls, 6),
        distinct=distinct,
        exact=exact,
        patterns=each.patterns,
        pii=each.personal,
    )
    return _with_values(profile, each, whole=whole) if each.shows_values and each.count else profile


def _distinct(each: _Seen, table: Table, rows: int, looked_at: int) -> tuple[int | None, bool]:
    """How many different values there are, and whether that is certain."""
    if each.family not in _COMPARABLE:
        return None, False
    whole = looked_at >= rows
    if whole or not each.count:
        return each.different, whole
    present = rows * each.count / looked_at
    if (each.column.name,) in (table.primary_key, *table.unique_keys):
        return round(present), not each.column.nullable
    if not each.different:
        return None, False
    # Haas and Stokes: values that the sample holds once stand for the many that it does not hold.
    # Each statement may see another sample, so that only figures of the same one are put together.
    seen, single = each.present, each.single
    return round(min(present, seen * each.different / (seen - single + single * seen / present))), False


def _with_values(profile: ColumnProfile, each: _Seen, *, whole: bool) -> ColumnProfile:
    values = [(_typed(value, each.family), count) for value, count in each.frequent]
    shown = [(value, count) for value, count in values if not hides(value)]
    listed = whole and len(shown) == each.different and each.different <= each.most
    low, high = (None if hides(value) else _short(value) for value in each.extent)
    repeated = bool(shown) and shown[0][1] > 1
    moments = each.family == "time" or bool({"date", "timestamp"} & set(each.patterns))
    return replace(
        profile,
        minimum=low,
        maximum=high,
        mean=each.mean,
        quantiles=each.quantiles,
        top=tuple(shown if listed else shown[: each.most // 2] if repeated else ()),
        samples=tuple(value for value, _ in shown[:_SAMPLES]),
        complete=listed,
        latest=high if moments and isinstance(high, str) else None,
    )


def _typed(value: str, kind: Family) -> Scalar:
    """The value as it was before the engine made text of it."""
    if kind == "boolean":
        # SQLite may hold a T where a boolean was declared.
        return {"true": True, "1": True, "false": False, "0": False}.get(value.lower(), value)
    if kind == "time":
        return value.replace(" ", "T", 1)
    if kind not in _NUMERIC:
        return value
    number = _float(value)
    if number is None:
        return value
    exact = value.lstrip("-").isdecimal()
    return value if exact and abs(number) > _LARGEST_EXACT else int(value) if exact else number


def _scalar(cell: Cell) -> Scalar:
    return cell if isinstance(cell, str | int | float | bool) else None


def _short(value: Scalar) -> Scalar:
    return value[:CHARACTERS] if isinstance(value, str) else value


def _float(cell: Cell) -> float | None:
    """The cell as a finite number; None for what is none, as SQLite may hold in any column."""
    try:
        number = float(str(cell))
    except ValueError:
        return None
    return number if isfinite(number) else None


def _whole(value: float) -> Scalar:
    return int(value) if value.is_integer() else value
