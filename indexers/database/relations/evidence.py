"""Asks the engine how much of one column's values occur in another: exactly, or by sketches of large tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.catalog import Column, Table
from core.errors import LimitError, StatementError
from core.profile import Profile
from indexers.database.families import family
from indexers.database.gate import Gate
from indexers.database.relations.sketches import SIZE, Sketch, sketch
from indexers.database.statements import text, whole
from sql.names import quote

Columns = Sequence[Column]


@dataclass(frozen=True)
class Overlap:
    """How many different values the referring columns have (None where only estimated), and which share is known."""

    different: int | None
    contained: float


@dataclass
class Evidence:
    """Looks at values, each column of a large table once."""

    gate: Gate
    profile: Profile
    _sketches: dict[tuple[str, ...], Sketch] = field(default_factory=dict[tuple[str, ...], Sketch])

    async def overlap(self, table: Table, columns: Columns, other: Table, keys: Columns) -> Overlap | None:
        """Which share of the different values of `columns` occurs in `keys`; None where that cannot be told."""
        try:
            if self._is_large(table) or self._is_large(other):
                return await self._sketched(table, columns, other, keys)
            return await self._counted(table, columns, other, keys)
        except (LimitError, StatementError):
            return None

    def _is_large(self, table: Table) -> bool:
        measured = self.profile.tables.get(table.full_name)
        rows = measured.rows if measured else table.row_estimate or 0
        # SQLite has no hash; its files are at hand, so that they can be read whole.
        return rows > self.gate.budget.large and self.gate.dialect != "sqlite"

    async def _counted(self, table: Table, columns: Columns, other: Table, keys: Columns) -> Overlap | None:
        dialect = self.gate.dialect
        alike = all(family(a.type) == family(b.type) for a, b in zip(columns, keys, strict=True))
        own, theirs = self._value(columns, plain=alike), self._value(keys, plain=alike)
        sql = (
            f"SELECT COUNT(*), SUM(CASE WHEN a_value IN (SELECT {theirs} FROM {whole(other, dialect)}"
            f" WHERE {self._present(keys)}) THEN 1 ELSE 0 END)"
            f" FROM (SELECT DISTINCT {own} AS a_value FROM {whole(table, dialect)} WHERE {self._present(columns)})"
            " AS own"
        )
        [[different, known]] = await self.gate.rows(sql)
        total = int(str(different))
        return Overlap(total, int(str(known)) / total if total else 0.0)

    async def _sketched(self, table: Table, columns: Columns, other: Table, keys: Columns) -> Overlap | None:
        own, theirs = await self._sketch(table, columns), await self._sketch(other, keys)
        contained = own.contained_in(theirs)
        return None if contained is None else Overlap(len(own.hashes) if own.is_whole else None, contained)

    async def _sketch(self, table: Table, columns: Columns) -> Sketch:
        place = (table.schema, table.name, *(each.name for each in columns))
        if place not in self._sketches:
            value = self._value(columns, plain=False)
            digest = f"lower(hex(MD5({value})))" if self.gate.dialect == "clickhouse" else f"MD5({value})"
            rows = await self.gate.rows(
                f"SELECT DISTINCT {digest} AS a_hash FROM {whole(table, self.gate.dialect)}"
                f" WHERE {self._present(columns)} ORDER BY a_hash LIMIT {SIZE}"
            )
            self._sketches[place] = sketch(str(each) for [each] in rows)
        return self._sketches[place]

    def _value(self, columns: Columns, *, plain: bool) -> str:
        """The value as it is compared: as it is, or as text; several columns as one text."""
        dialect = self.gate.dialect
        names = [quote(each.name, dialect) for each in columns]
        if plain and len(names) == 1:
            return names[0]
        texts = [text(each, dialect) for each in names]
        if len(texts) == 1:
            return texts[0]
        parts = _separated(texts)
        return " || ".join(parts) if dialect == "sqlite" else f"CONCAT({', '.join(parts)})"

    def _present(self, columns: Columns) -> str:
        return " AND ".join(f"{quote(each.name, self.gate.dialect)} IS NOT NULL" for each in columns)


def _separated(texts: Sequence[str]) -> list[str]:
    return [part for place, each in enumerate(texts) for part in (("'|'", each) if place else (each,))]
