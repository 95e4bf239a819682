"""Makes a plan of a draft and a choice of what its names mean."""

from collections.abc import Sequence, Set
from dataclasses import replace

from apex.compile.walk import measures_of, together
from apex.reading.counting import by_links, over_days
from apex.reading.draft import Either, Ref, Term, Wish
from apex.reading.follow_ups.showing import again
from apex.reading.groups import Groups
from apex.reading.others import by_names
from apex.reading.parts import UnreadableError, has_measure, is_measured, tables_in, telling, unique
from apex.reading.resolving import KEYS, refs_of
from core.values.plans import (
    Aggregate,
    ColumnOf,
    Combined,
    Comparison,
    Condition,
    Expression,
    Measure,
    Order,
    Output,
    Plan,
    Related,
    Scalar,
    Within,
)


class Planner(Groups):
    """Builds one plan."""

    def plan(self) -> Plan:
        """The plan; raises UnreadableError."""
        parts = self.alternatives()
        if not parts:
            return self._plan()
        first, second = (Planner(part, self.meaning, self.model, self.before, self.notes).plan() for part in parts)
        plain: dict[str, object] = {"order": list[Order](), "limit": None}
        return first.model_copy(update={"combined": Combined(kind="either", plan=second.model_copy(update=plain))})

    def _plan(self) -> Plan:
        self._of_each_group()
        self.base = self._base()
        if "two extremes" in self.draft.doubts:
            raise UnreadableError("two extremes at once")
        outputs = self._outputs()
        self.base = self._home(outputs)
        time, wishes = self.time()
        conditions = self._conditions(wishes, outputs)
        order, limit, inner = self.order_of(outputs)
        spoken = {*tables_in(inner.left)} if isinstance(inner, Within) else set[str]()
        there = self._joins([*outputs, *(each.by for each in order)]) | spoken
        rows, having = self._apart(conditions, outputs, there)
        grouped = bool(having) or any(has_measure(each.by) for each in order)
        plan = Plan(
            table=self.base,
            outputs=[Output(value=value) for value in outputs],
            where=together([*rows, *([inner] if inner else []), *self.told_only(outputs, order, limit)]),
            time=time,
            having=together(having),
            group=self.key_beside(outputs) if self.draft.common else self.group_of(outputs, grouped),
            order=order,
            limit=limit,
            skip=self.draft.extreme.skip if self.draft.extreme and order and not inner else 0,
            firsts_of=self.groups_of_firsts(),
            distinct=self.draft.distinct or any(term.distinct and not term.measured for term in self.draft.outputs),
        )
        return self._finished(plan)

    def _conditions(self, wishes: Sequence[Wish | Either], outputs: Sequence[Expression]) -> list[Condition]:
        conditions = [self.condition(wish) for wish in wishes if not self.is_itself(wish)]
        joined = self._joined(outputs)
        return [*conditions, *(self._belonging_to_all(joined) if self.draft.common else joined)]

    def _apart(
        self, conditions: Sequence[Condition], outputs: Sequence[Expression], there: Set[str]
    ) -> tuple[list[Condition], list[Condition]]:
        """The conditions on rows and those on groups; of the tables that are `there` anyway none must be."""
        groups = [each for each in conditions if is_measured(each)]
        rows = telling([each for each in conditions if not is_measured(each)], there)
        if groups and all(map(has_measure, outputs)):
            return [self._among_groups(outputs, rows, groups)], []
        return rows, groups

    def _finished(self, plan: Plan) -> Plan:
        """The plan, as the rows that are meant make it."""
        plan = by_names(over_days(plan, self.model), self.display, self._as_keys(), self.model)
        plan = self.as_sets(plan if self.draft.also else by_links(plan, self.model))
        self._refuse_idle_counts(plan)
        return self._with_zeros(plan) if self.draft.zeros else plan

    def _refuse_idle_counts(self, plan: Plan) -> None:
        """Raise UnreadableError where rows are counted for each of themselves, or truths: one each, and two."""
        measures = measures_of(plan)
        counted = {each.table for each in measures if each.aggregate == "count" and each.of is None}
        for value in (*(output.value for output in plan.outputs), *plan.group) if counted else ():
            if isinstance(value, ColumnOf) and value.table in counted and not value.via and self._is_one_row(value):
                raise UnreadableError(f"a row of {value.table} is counted by itself")
        for each in measures:
            kept = self.model.attribute(each.of) if isinstance(each.of, ColumnOf) and each.distinct else None
            if kept and kept.stored == "boolean":
                raise UnreadableError(f"{kept.name} is true or false, which nobody counts")

    def _is_one_row(self, column: ColumnOf) -> bool:
        entity = self.entity(column.table)
        named = column.column in entity.display and entity.attributes[column.column].unique
        return named or entity.key == (column.column,)

    def _as_keys(self) -> set[tuple[str, str]]:
        """The columns that are asked for by a word for keys: `the id of the manager`."""
        refs = [term.of for term in self.draft.outputs if term.of]
        links = [self.meaning.of(ref) for ref in refs if not KEYS.isdisjoint(each.folded for each in ref.piece.tokens)]
        return {link.place for link in links if link}

    def _with_zeros(self, plan: Plan) -> Plan:
        """The plan of the rows that are grouped by, of which some may have nothing that is measured."""
        keys = [output.value for output in plan.outputs if not has_measure(output.value)]
        tables = list(dict.fromkeys(table for value in keys for table in tables_in(value)))
        if len(tables) != 1 or plan.limit:
            raise UnreadableError("groups of several tables, of which some may have no row")
        return plan.model_copy(update={"table": tables[0], "zeros": True})

    def _of_each_group(self) -> None:
        """`the age of the youngest student in each country`: the smallest age of each, where nothing else is asked."""
        extreme, shown = self.draft.extreme, self.draft.outputs
        if not extreme or not self.draft.groups:
            return
        by = self.meaning.of(extreme.by.of) if extreme.by.of and not extreme.by.measured else None
        links = [self.meaning.of(term.of) if term.of and not term.measured else None for term in shown]
        told = [link is not None and by is not None and link.place == by.place for link in links]
        groups = {link.table for ref in self.draft.groups if (link := self.meaning.of(ref))}
        others = all(one or (link is not None and link.table in groups) for one, link in zip(told, links, strict=True))
        plain = extreme.limit == 1 and not extreme.skip
        if sum(told) != 1 or not others or not plain or (by and by.table in groups and len(shown) > 1):
            self.firsts = True
            return
        how: Aggregate = "max" if extreme.descending else "min"
        outputs = [Term(term.of, how) if one else term for term, one in zip(shown, told, strict=True)]
        self.draft = replace(self.draft, outputs=outputs, extreme=None)

    def _base(self) -> str:
        """The table whose rows the question is about."""
        by = self.draft.extreme.by if self.firsts and self.draft.extreme else None
        if by and by.of and not by.measured:
            return self.link(by.of).table
        if self.draft.common and self.draft.outputs and (first := self.draft.outputs[0].of):
            return self.link(first).table
        for term in self.draft.outputs:
            if term.rows and (link := self.meaning.of(term.rows)):
                return link.table
        unsaid = any(term.aggregate == "count" and not (term.of or term.rows) for term in self.draft.outputs)
        if self.before and (self.draft.counts_them or (unsaid and not self.draft.subjects)):
            # "How many for each customer?": of what was counted before.
            return self.before.table
        for ref in (*self.draft.subjects, *(term.of for term in self.draft.outputs), *self.draft.groups):
            if ref and (link := self.meaning.of(ref)):
                return link.table
        if self.before:
            return self.before.table
        for link in self.meaning.links.values():
            return link.table
        raise UnreadableError("no table or column was named")

    def _home(self, outputs: Sequence[Expression]) -> str:
        """Where all that is measured stands, if that is one table and nothing else is shown."""
        tables = {table for value in outputs for table in tables_in(value)}
        measured = all(isinstance(value, Measure) for value in outputs)
        if len(tables) == 1 and not (self.draft.extreme or self.draft.orders or self.draft.groups):
            plain = not any(isinstance(value, Measure) for value in outputs)
            # Rows of which one row that is spoken of has many are shown once each.
            measured = measured or (plain and self.multiplies(next(iter(tables))))
        return tables.pop() if measured and len(tables) == 1 else self.base

    # What is shown.

    def _outputs(self) -> list[Expression]:
        shown: list[Expression] = []
        for term in self.draft.outputs:
            shown += self._shown(term)
        if self.before and not shown and not self.draft.everything:
            shown = again(self.before, self.draft, self.display)
        if self.draft.everything and not shown:
            entity = self.entity(self.base)
            shown = [ColumnOf(table=self.base, column=column.name) for column in entity.table.columns]
        if shown and (self.draft.groups_first or self.firsts or any(has_measure(value) for value in shown)):
            shown = [*(each for group in self.draft.groups for each in self._grouped_by(group, shown)), *shown]
        if not shown and (self.draft.wishes or self.draft.extreme):
            # "Which university is in Los Angeles?": what has no name here is what the conditions are about.
            self.notes += ["assumed column", "nothing asked"]
            shown = self.display(self.base)
        if not shown:
            raise UnreadableError("nothing is asked for")
        return unique(shown)

    def _grouped_by(self, group: Ref, shown: Sequence[Expression]) -> list[Expression]:
        """The dimension of a grouped measure is shown, unless something of it is already."""
        link = self.link(group)
        if link.column:
            return [self.cut(group, ColumnOf(table=link.table, column=link.column))]
        plain = [value for value in shown if isinstance(value, ColumnOf)]
        # "Order ids, and the number of items in each order": the order is shown by its id.
        if any(value.table == link.table or self.refers(value, link.table) for value in plain):
            return []
        return self._named_here(link.table) or self.display(link.table)

    def _named_here(self, table: str) -> list[Expression]:
        """The name of another table's row as the rows themselves hold it, where nothing makes it be there."""
        name, shown = self.entity(table).name, self.display(table)
        for edge in self.model.relations(self.entity(self.base).name):
            found = edge.relation
            named = [ColumnOf(table=table, column=each) for each in found.referenced_columns]
            if edge.forward and edge.target == name and not found.declared and named == shown:
                return [ColumnOf(table=self.base, column=each) for each in found.columns]
        return []

    def _shown(self, term: Term) -> list[Expression]:
        if term.aggregate:
            return [self.of_own_rows(term)]
        if term.of is None:
            return self.display(self.base)
        link = self.link(term.of)
        if term.until:
            return [self.span(term.of, term.until, term)]
        if term.operation:
            return [self.calculated(term)]
        if link.kind == "table":
            return self.display(link.table)
        if link.why == "display":
            return self.display(link.table)
        return self.series(term.of, link) or [self.cut(term.of, ColumnOf(table=link.table, column=link.column))]

    # What holds of it.

    def _joined(self, outputs: Sequence[Expression]) -> list[Condition]:
        """A table that is spoken of, of which nothing else is said, must at least have a row."""
        shown = {self.base, *(table for value in outputs for table in tables_in(value))}
        spoken = dict.fromkeys(link.table for ref in self.draft.subjects if (link := self.meaning.of(ref)))
        if shown.issuperset(spoken):
            return []
        used = shown | {link.table for ref in self._used_refs() if (link := self.meaning.of(ref))}
        return [Related(table=table) for table in spoken if table not in used]

    def _belonging_to_all(self, joined: Sequence[Condition]) -> list[Condition]:
        """Rows that are related to every row of the one table of which nothing else is said."""
        others = [each for each in joined if isinstance(each, Related)]
        key = self.entity(others[0].table).key if len(others) == 1 else ()
        if len(key) != 1:
            raise UnreadableError("it is not said what has it in common")
        table = others[0].table
        found = Measure(aggregate="count", of=ColumnOf(table=table, column=key[0]), distinct=True)
        every = Plan(table=table, outputs=[Output(value=Measure(aggregate="count", table=table))])
        return [Comparison(left=found, operator="=", right=[Scalar(plan=every)])]

    def _among_groups(
        self, outputs: Sequence[Expression], rows: Sequence[Condition], groups: Sequence[Condition]
    ) -> Condition:
        """What is measured are the rows of some groups: how many students have more than one pet."""
        counted = outputs[0].of if isinstance(outputs[0], Measure) and outputs[0].distinct else None
        keys = [counted] if isinstance(counted, ColumnOf) else self.key_beside(())
        if len(keys) != 1 or not isinstance(keys[0], ColumnOf):
            raise UnreadableError("a measure over groups of which only some are meant")
        found = Plan(table=self.base, outputs=[Output(value=keys[0])], where=together(rows), having=together(groups))
        return Within(left=keys[0], plan=by_links(found, self.model))

    def _joins(self, shown: Sequence[Expression]) -> set[str]:
        """The tables whose rows are there anyway, because something of them or beyond them is shown or measured."""
        start = self.entity(self.base).name
        found: set[str] = set()
        for table in {table for value in shown for table in tables_in(value)} - {self.base}:
            paths = self.model.paths(start, self.entity(table).name)
            found |= {str(edge.target) for edge in paths[0].edges} if len(paths) == 1 else {table}
        return found

    def _used_refs(self) -> list[Ref]:
        subjects = {id(ref) for ref in self.draft.subjects}
        return [ref for ref in refs_of(self.draft) if id(ref) not in subjects]
