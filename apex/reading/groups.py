"""By what rows are grouped, beside what is shown: of which each is one, and of which the first are asked for."""

from collections.abc import Sequence, Set

from apex.model.entities import Entity
from apex.reading.draft import Ref, Test
from apex.reading.orders import Orders
from apex.reading.parts import UnreadableError, has_measure
from core.values.plans import ColumnOf, Expression

REPEATED = 0.8
"""A name is told again and again where its table has so many different ones for each row."""


class Groups(Orders):
    """Groups the rows of a plan."""

    def group_of(self, outputs: Sequence[Expression], grouped: bool) -> list[Expression]:
        """What is grouped by beside what is shown: the key, so that two of the same name are two."""
        plain = [value for value in outputs if isinstance(value, ColumnOf)]
        measured = any(has_measure(value) for value in outputs)
        if not plain or not (grouped or measured):
            return []
        if self.draft.groups and not self.firsts and all(self.link(ref).column for ref in self.draft.groups):
            return []
        spoken = {
            link.table
            for ref in (*self.draft.subjects, *self.draft.groups)
            if (link := self.meaning.of(ref)) and not link.column
        }
        counted = self._counted_tables(outputs)
        keys: list[Expression] = []
        for table in dict.fromkeys(value.table for value in plain):
            entity = self.entity(table)
            names = {value.column for value in plain if value.table == table}
            named = bool(names & {*entity.display, *entity.key})
            told = table not in counted and (table in spoken or named)
            # What several columns identify is a relation: it is told by what is shown of it, and not row by row.
            if told and len(entity.key) == 1 and not self._is_repeated(entity, names):
                keys += [ColumnOf(table=table, column=name) for name in entity.key if name not in names]
        return keys

    def key_beside(self, outputs: Sequence[Expression]) -> list[Expression]:
        """The key of the rows, as far as it is not shown."""
        keys = [ColumnOf(table=self.base, column=name) for name in self.entity(self.base).key]
        return [key for key in keys if key not in outputs]

    def _is_repeated(self, entity: Entity, names: Set[str]) -> bool:
        """Whether the rows only tell something of others, many the same: the category of each of the shops."""
        measured = self.model.profile.columns.get((entity.name, next(iter(names)))) if len(names) == 1 else None
        if measured is None or measured.distinct is None or entity.rows is None or measured.pii:
            return False
        refers = any(edge.forward for edge in self.model.relations(entity.name))
        return refers and measured.distinct <= REPEATED * entity.rows

    def _counted_tables(self, outputs: Sequence[Expression]) -> set[str]:
        terms = [*self.draft.outputs, *(term for term, _ in self.draft.orders)]
        terms += [self.draft.extreme.by] if self.draft.extreme else []
        terms += [wish.left for wish in self.draft.wishes if isinstance(wish, Test)]
        counted = {self.link(term.rows).table for term in terms if term.rows}
        each = {link.table for ref in self.draft.groups if (link := self.meaning.of(ref)) and not link.column}
        counted |= {self.column(term.of).table for term in terms if term.measured and term.of} - each
        done = self.draft.extreme is not None and self.draft.extreme.done
        if not done and any(term.measured and term.rows is None and term.of is None for term in terms):
            counted.add(self.base)
        by = self.draft.extreme.by if self.draft.extreme else None
        if by and by.measured and by.rows is None and by.of is None:
            counted.add(self.deeds_of(outputs) if done else self.base)
        return counted

    def groups_of_firsts(self) -> list[Expression]:
        """What the rows are grouped by, of each of which the first are asked for."""
        return [self._group_of_firsts(ref) for ref in self.draft.groups] if self.firsts else []

    def _group_of_firsts(self, ref: Ref) -> Expression:
        link = self.link(ref)
        if link.column:
            return self.cut(ref, ColumnOf(table=link.table, column=link.column))
        target, key = self.entity(link.table).name, self.entity(link.table).key
        for edge in self.model.relations(self.entity(self.base).name):
            if edge.forward and edge.target == target and len(edge.relation.columns) == 1:
                return ColumnOf(table=self.base, column=edge.relation.columns[0])
        if len(key) != 1 or self.multiplies(link.table):
            raise UnreadableError("the extreme of each group")
        return ColumnOf(table=link.table, column=key[0])
