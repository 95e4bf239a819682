"""In which order rows are shown, how many of them, and which rows an extreme leaves."""

from collections.abc import Sequence

from apex.reading.draft import Extreme, Term
from apex.reading.parts import UnreadableError, has_measure, tables_in
from apex.reading.sets import Sets
from core.values.plans import (
    ColumnOf,
    Comparison,
    Condition,
    Expression,
    Measure,
    Negation,
    Order,
    Output,
    Plan,
    Within,
)


class Orders(Sets):
    """Orders the rows of a plan."""

    def order_of(self, outputs: Sequence[Expression]) -> tuple[list[Order], int | None, Condition | None]:
        """By what rows are ordered, how many are shown, and the condition that they are those of another's extreme."""
        order = [Order(by=self._ranked(term, outputs), descending=descending) for term, descending in self.draft.orders]
        limit, extreme = self.draft.limit, self.draft.extreme
        if extreme is None:
            return order, limit, None
        by = Measure(aggregate="count", table=self.deeds_of(outputs)) if extreme.done else self.ordered(extreme.by)
        counted = all(has_measure(value) for value in outputs)
        if counted and self.firsts:
            raise UnreadableError("what is measured of the extreme of each group")
        if counted or (self._is_of_another(extreme, outputs) and not self.firsts):
            return order, limit, self._inner(extreme, by)
        first = Order(by=by, descending=extreme.descending)
        count = limit or extreme.limit
        return [first, *(each for each in order if each.by != by)], count, None

    def told_only(self, outputs: Sequence[Expression], order: Sequence[Order], limit: int | None) -> list[Condition]:
        """`the most common reason`: one that is told, though most rows may tell none."""
        counted = limit is not None and bool(order) and has_measure(order[0].by)
        columns = [value for value in outputs if isinstance(value, ColumnOf)] if counted and len(outputs) == 1 else []
        lacking = [each for each in columns if (found := self.model.attribute(each)) and found.lacking]
        return [Negation(of=Comparison(left=each, operator="is null")) for each in lacking]

    def _ranked(self, term: Term, outputs: Sequence[Expression]) -> Expression:
        """What is ordered by; of the many rows of each one that is shown the sum, where only the first are."""
        by = self.ordered(term)
        if isinstance(by, Measure) and by.aggregate == "sum" and self._is_of_each(by, outputs):
            # "The titles of books, by the number of pages".
            return by.of or by
        several = isinstance(by, ColumnOf) and by.table != self.base and self.multiplies(by.table)
        return Measure(aggregate="sum", of=by) if several and self.draft.limit else by

    def _is_of_each(self, by: Measure, outputs: Sequence[Expression]) -> bool:
        """Whether the rows are shown by what they are called, and each holds the number itself."""
        entity = self.entity(self.base)
        shown = {value.column for value in outputs if isinstance(value, ColumnOf) and value.table == self.base}
        plain = not self.draft.groups and not any(map(has_measure, outputs))
        return (
            plain
            and isinstance(by.of, ColumnOf)
            and by.of.table == self.base
            and bool(shown & {*entity.display, *entity.key})
        )

    def deeds_of(self, outputs: Sequence[Expression]) -> str:
        """The rows that tell how often something was done with those that are shown: rentals of films."""
        entity = self.entity(self.base)
        names = {value.column for value in outputs if isinstance(value, ColumnOf) and value.table == self.base}
        if not names & {*entity.display, *entity.key}:
            return self.base
        spoken = (link.table for ref in self.draft.subjects if (link := self.meaning.of(ref)))
        many = [str(edge.target) for edge in self.model.relations(entity.name) if edge.multiplies]
        alone = many[0] if len(set(many)) == 1 else self.base
        found = next((table for table in spoken if table != self.base and self.multiplies(table)), alone)
        if found == self.base and any(name in entity.key or entity.attributes[name].unique for name in names):
            raise UnreadableError(f"nothing tells how often that was done with {self.base}")
        return found

    def _is_of_another(self, extreme: Extreme, outputs: Sequence[Expression]) -> bool:
        """Whether the extreme row belongs to a table each of whose rows has several of what is shown."""
        owner = self.meaning.of(extreme.of) if extreme.of else None
        if owner is None or owner.table == self.base or (extreme.by.rows and not extreme.attached):
            return False
        shown = {table for value in outputs for table in tables_in(value)}
        start = self.entity(owner.table).name
        return any(
            (paths := self.model.paths(start, self.entity(table).name)) and paths[0].multiplies
            for table in shown
            if table != owner.table
        )

    def _inner(self, extreme: Extreme, by: Expression) -> Condition:
        """Rows of the one that has the extreme value."""
        owner = self.meaning.of(extreme.of) if extreme.of else None
        table = owner.table if owner else next(iter(tables_in(by)), self.base)
        key = self.entity(table).key
        if len(key) != 1:
            raise UnreadableError("no key to compare by")
        column = ColumnOf(table=table, column=key[0])
        group: list[Expression] = []
        plan = Plan(
            table=table,
            outputs=[Output(value=column)],
            group=group,
            order=[Order(by=by, descending=extreme.descending)],
            limit=extreme.limit,
            skip=extreme.skip,
        )
        return Within(left=column, plan=plan)
