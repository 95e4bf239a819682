"""What the names of a draft mean in a plan: tables, columns, what rows are called by, and measures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from apex.linking.link import Link
from apex.model import Entity, Model
from apex.model.words import name_words
from apex.reading.draft import Draft, Ref, Term
from apex.reading.parts import UnreadableError
from apex.reading.resolving import Meaning
from core.values.plans import Arithmetic, ColumnOf, Condition, Elapsed, Expression, Grained, Measure, Plan

_DIGITS = "0123456789"


@dataclass
class Naming:
    """One choice of meanings; `notes` are what makes the plan less sure."""

    draft: Draft
    meaning: Meaning
    model: Model
    before: Plan | None = None
    """The plan that this question changes."""
    notes: list[str] = field(default_factory=list[str])
    today: date | None = None
    """The day on which the question is asked, where ages are told by it."""
    firsts: bool = False
    """Whether the first rows of each group are asked for."""
    base: str = ""
    """The table whose rows the plan is about."""
    left_out: list[Condition] = field(default_factory=list[Condition])
    """What never holds of what is shown, in none of its rows."""

    def entity(self, table: str) -> Entity:
        """What is known of a table."""
        entity = self.model.entity(table)
        if entity is None:
            raise UnreadableError(f"there is no table {table}")
        return entity

    def link(self, ref: Ref) -> Link:
        """What a name means; raises UnreadableError."""
        link = self.meaning.of(ref)
        if link is None:
            raise UnreadableError(f"{ref.piece.text} is not known")
        return link

    def column(self, ref: Ref) -> ColumnOf:
        """The column that a name means."""
        link = self.link(ref)
        return ColumnOf(table=link.table, column=link.column)

    def refers(self, column: ColumnOf, table: str) -> bool:
        """Whether a column says which row of a table is meant."""
        edges = self.model.relations(self.entity(column.table).name)
        target = self.entity(table).name
        return any(
            edge.forward and edge.target == target and edge.relation.columns == (column.column,) for edge in edges
        )

    def display(self, table: str) -> list[Expression]:
        """The columns by which rows of a table are called: a name, first and last name, else the key."""
        entity = self.entity(table)
        names = list(entity.called)
        if not names:
            about = name_words(entity.table.name)
            names = [name for name in entity.attributes if name_words(name) in (about, about[-1:])][:1]
        if not names:
            self.notes.append("no display")
            names = list(entity.key) or [entity.table.columns[0].name]
        return [ColumnOf(table=table, column=name) for name in names]

    def series(self, ref: Ref, link: Link) -> list[Expression]:
        """`the address lines`, where columns are numbered: all of them."""
        several, name = ref.piece.tokens[-1].is_plural, link.column.rstrip(_DIGITS)
        if not several or name == link.column:
            return []
        columns = self.entity(link.table).attributes
        return [ColumnOf(table=link.table, column=each) for each in columns if each.rstrip(_DIGITS) == name]

    def span(self, start: Ref, end: Ref, term: Term) -> Elapsed:
        """The time that goes by between two moments."""
        first, last = self.column(start), self.column(end)
        if first == last:
            raise UnreadableError("no time goes by from a moment to itself")
        return Elapsed(start=first, end=last, unit=term.unit)

    def measure(self, term: Term) -> Measure:
        """An aggregate of a column, or a count of rows."""
        if term.of is None:
            table = self.link(term.rows).table if term.rows else self.base
            return Measure(aggregate="count", table=table, distinct=term.distinct)
        column = self.column(term.of)
        attribute = self.model.attribute(column)
        if term.aggregate in ("sum", "avg") and attribute and attribute.is_moment and not term.until:
            raise UnreadableError(f"{column.column} holds no numbers")
        of = self.span(term.of, term.until, term) if term.until else self.calculated(term)
        return Measure(aggregate=term.aggregate or "count", of=of, distinct=term.distinct)

    def calculated(self, term: Term) -> Expression:
        """The column of a term, calculated with that of another."""
        if term.of is None:
            raise UnreadableError("nothing is calculated with")
        column = self.column(term.of)
        if not (term.operation and term.other and term.other.of):
            return column
        return Arithmetic(operator=term.operation, left=column, right=self.column(term.other.of))

    def shows_values(self, outputs: Sequence[Expression]) -> bool:
        """Whether values are shown that several rows may share, and nothing by which a row is called."""
        spoken = {link.table for ref in self.draft.subjects if (link := self.meaning.of(ref))}
        return bool(outputs) and all(self._is_shared(value, spoken) for value in outputs)

    def _is_shared(self, value: Expression, spoken: Collection[str]) -> bool:
        attribute = self.model.attribute(value) if isinstance(value, ColumnOf) else None
        if attribute is None or not isinstance(value, ColumnOf) or value.table in spoken or attribute.unique:
            return False
        entity = self.entity(value.table)
        return value.column not in (*entity.display, *entity.key) and attribute.role not in ("key", "reference")

    def multiplies(self, table: str) -> bool:
        """Whether one row of the plan's table has many of this one."""
        start, end = self.entity(self.base).name, self.entity(table).name
        paths = self.model.paths(start, end)
        return bool(paths) and paths[0].multiplies

    def column_of(self, term: Term) -> Ref:
        """The column that a term is about."""
        if term.of is None:
            raise UnreadableError("a condition without a column")
        return term.of

    def table_of(self, term: Term) -> str:
        """The table that a term is about."""
        return self.column(self.column_of(term)).table

    def ordered(self, term: Term) -> Expression:
        """What rows are ordered by."""
        if term.aggregate:
            return self.measure(term)
        if term.of is None:
            return self.display(self.base)[0]
        if term.until:
            return self.span(term.of, term.until, term)
        if term.operation:
            return self.calculated(term)
        link = self.link(term.of)
        if link.kind == "table":
            return self.display(link.table)[0]
        return self.cut(term.of, ColumnOf(table=link.table, column=link.column))

    def cut(self, ref: Ref, column: ColumnOf) -> Expression:
        """A moment cut to the unit that is said of it."""
        return Grained(of=column, grain=ref.grain) if ref.grain else column
