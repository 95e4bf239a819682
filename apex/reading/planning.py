"""Makes a plan of a draft and a choice of what its names mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from apex.linking.link import Link
from apex.model import Entity, Model
from apex.model.words import name_words, phrases
from apex.reading.counting import by_links
from apex.reading.draft import Draft, Either, Exists, Extreme, OneOf, Ref, Term, Test, Wish
from apex.reading.follow_ups.showing import again
from apex.reading.parts import (
    UnreadableError,
    contradicting,
    has_measure,
    is_measured,
    number_of,
    pair_of,
    tables_in,
    telling,
    together,
    unique,
    within_years,
)
from apex.reading.resolving import Meaning, refs_of
from core.profile import Scalar
from core.values.plans import (
    ColumnOf,
    Combination,
    Combined,
    Comparison,
    Condition,
    Expression,
    Grained,
    Literally,
    Measure,
    Negation,
    Order,
    Output,
    Plan,
    Related,
    Within,
)
from core.values.plans import Scalar as ScalarPlan


@dataclass
class Planner:
    """Builds one plan; `notes` are the choices that make it less sure."""

    draft: Draft
    meaning: Meaning
    model: Model
    before: Plan | None = None
    """The plan that this question changes."""
    notes: list[str] = field(default_factory=list[str])

    def plan(self) -> Plan:
        """The plan; raises UnreadableError."""
        self.base = self._base()
        if self.draft.extreme and self.draft.groups:
            raise UnreadableError("the extreme of each group")
        if "two extremes" in self.draft.doubts:
            raise UnreadableError("two extremes at once")
        outputs = self._outputs()
        self.base = self._home(outputs)
        conditions = [self._condition(wish) for wish in self.draft.wishes]
        conditions += self._joined(outputs)
        groups = [each for each in conditions if is_measured(each)]
        if groups and all(map(has_measure, outputs)):
            raise UnreadableError("a measure over groups of which only some are meant")
        order, limit, inner = self._order(outputs)
        shown = [*outputs, *(each.by for each in order)]
        rows = telling([each for each in conditions if not is_measured(each)], self._joins(shown))
        rows += [inner] if inner else []
        grouped = bool(groups) or any(has_measure(each.by) for each in order)
        group = self._group(outputs, grouped)
        plan = Plan(
            table=self.base,
            outputs=[Output(value=value) for value in outputs],
            where=together(rows),
            having=together(groups),
            group=group,
            order=order,
            limit=limit,
            distinct=self.draft.distinct or any(term.distinct and not term.measured for term in self.draft.outputs),
        )
        return self._both(by_links(plan, self.model))

    def _base(self) -> str:
        """The table whose rows the question is about."""
        for term in self.draft.outputs:
            if term.rows and (link := self.meaning.of(term.rows)):
                return link.table
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
            measured = measured or (plain and self._multiplies(next(iter(tables))))
        return tables.pop() if measured and len(tables) == 1 else self.base

    def _entity(self, table: str) -> Entity:
        entity = self.model.entity(table)
        if entity is None:
            raise UnreadableError(f"there is no table {table}")
        return entity

    def _link(self, ref: Ref) -> Link:
        link = self.meaning.of(ref)
        if link is None:
            raise UnreadableError(f"{ref.piece.text} is not known")
        return link

    def column(self, ref: Ref) -> ColumnOf:
        """The column that a name means."""
        link = self._link(ref)
        return ColumnOf(table=link.table, column=link.column)

    # What is shown.

    def _outputs(self) -> list[Expression]:
        shown: list[Expression] = []
        for term in self.draft.outputs:
            shown += self._shown(term)
        if self.before and not shown and not self.draft.everything:
            shown = again(self.before, self.draft, self.display)
        if self.draft.everything and not shown:
            entity = self._entity(self.base)
            shown = [ColumnOf(table=self.base, column=column.name) for column in entity.table.columns]
        if any(has_measure(value) for value in shown):
            shown = [*(each for group in self.draft.groups for each in self._grouped_by(group, shown)), *shown]
        if not shown:
            raise UnreadableError("nothing is asked for")
        return unique(shown)

    def _grouped_by(self, group: Ref, shown: Sequence[Expression]) -> list[Expression]:
        """The dimension of a grouped measure is shown, unless something of it is already."""
        link = self._link(group)
        if link.column:
            return [ColumnOf(table=link.table, column=link.column)]
        plain = [value for value in shown if isinstance(value, ColumnOf)]
        # "Order ids, and the number of items in each order": the order is shown by its id.
        if any(value.table == link.table or self._refers(value, link.table) for value in plain):
            return []
        return self.display(link.table)

    def _refers(self, column: ColumnOf, table: str) -> bool:
        """Whether a column says which row of a table is meant."""
        edges = self.model.relations(self._entity(column.table).name)
        target = self._entity(table).name
        return any(
            edge.forward and edge.target == target and edge.relation.columns == (column.column,) for edge in edges
        )

    def _shown(self, term: Term) -> list[Expression]:
        if term.aggregate:
            return [self.measure(term)]
        if term.of is None:
            return self.display(self.base)
        link = self._link(term.of)
        if link.kind == "table":
            return self.display(link.table)
        if link.why == "display":
            return self.display(link.table)
        return [ColumnOf(table=link.table, column=link.column)]

    def display(self, table: str) -> list[Expression]:
        """The columns by which rows of a table are called: a name, first and last name, else the key."""
        entity = self._entity(table)
        names = list(entity.display[:1])
        if len(entity.display) > 1:
            pair = pair_of(*map(name_words, entity.display[:2]))
            pairs = map("".join, phrases("display pairs"))
            names = list(entity.display[:2]) if "".join(pair) in pairs else names
        if not names:
            about = name_words(entity.table.name)
            names = [name for name in entity.attributes if name_words(name) in (about, about[-1:])][:1]
        if not names:
            self.notes.append("no display")
            names = list(entity.key) or [entity.table.columns[0].name]
        return [ColumnOf(table=table, column=name) for name in names]

    def measure(self, term: Term) -> Measure:
        """An aggregate of a column, or a count of rows."""
        if term.of is None:
            table = self._link(term.rows).table if term.rows else self.base
            return Measure(aggregate="count", table=table, distinct=term.distinct)
        return Measure(aggregate=term.aggregate or "count", of=self.column(term.of), distinct=term.distinct)

    # Which rows.

    def _condition(self, wish: Wish | Either) -> Condition:
        if isinstance(wish, Either):
            return Combination(kind="any", of=[self._condition(each) for each in wish.of])
        if isinstance(wish, Exists):
            if self._link(wish.rows).table == self.base:
                raise UnreadableError("a table related to itself")
            where = together([self._condition(each) for each in wish.where])
            related = Related(table=self._link(wish.rows).table, where=where)
            return Negation(of=related) if wish.negated else related
        return self._test(wish) if isinstance(wish, Test) else self._one_of(wish)

    def _test(self, wish: Test) -> Condition:
        years = self._years(wish)
        if years:
            return self._placed(Negation(of=years) if wish.negated else years, self.column(self._column_of(wish.left)))
        left: Expression = self.measure(wish.left) if wish.left.aggregate else self.column(self._column_of(wish.left))
        right: list[Expression] = []
        for value in wish.right:
            if isinstance(value, Term) and value.aggregate is None and value.extreme is None:
                right.append(self.column(self._column_of(value)))
            elif isinstance(value, Term):
                right.append(ScalarPlan(plan=self._other(value)))
            elif isinstance(left, ColumnOf):
                left, constant = self._comparable(left, value, equal=wish.operator in ("=", "!=", "in"))
                right.append(constant)
            else:
                right.append(Literally(value=value))
        test = Comparison(left=left, operator=wish.operator, right=right, fold=wish.fold)
        return self._placed(Negation(of=test) if wish.negated else test, left)

    def _other(self, term: Term) -> Plan:
        """The plan of a single value over other rows than those that are asked for."""
        outer, self.base = self.base, self._table_of(term)
        try:
            value: Expression = self.measure(term) if term.aggregate else self.column(self._column_of(term))
            order = [Order(by=self._ordered(each.by), descending=each.descending) for each in [term.extreme] if each]
            where = together([self._condition(wish) for wish in term.where])
            outputs = [Output(value=value)]
            return Plan(table=self.base, outputs=outputs, where=where, order=order, limit=1 if order else None)
        finally:
            self.base = outer

    def _years(self, wish: Test) -> Condition | None:
        """Years against a moment, as the days on which they begin."""
        if wish.left.aggregate or wish.left.of is None or not all(type(value) is int for value in wish.right):
            return None
        column = self.column(wish.left.of)
        attribute = self.model.attribute(column)
        if attribute is None or not attribute.is_moment:
            return None
        return within_years(column, wish.operator, [value for value in wish.right if isinstance(value, int)])

    def _column_of(self, term: Term) -> Ref:
        if term.of is None:
            raise UnreadableError("a condition without a column")
        return term.of

    def _table_of(self, term: Term) -> str:
        return self.column(self._column_of(term)).table

    def _comparable(self, left: Expression, value: Scalar, *, equal: bool = False) -> tuple[Expression, Literally]:
        """A constant as the column's type has it; a year against a moment compares the moment's year."""
        attribute = self.model.attribute(left) if isinstance(left, ColumnOf) else None
        if attribute and isinstance(left, ColumnOf):
            if attribute.stored == "text" and isinstance(value, int | float) and (equal or not attribute.is_numeric):
                return left, Literally(value=str(value))
            if attribute.is_numeric and isinstance(value, str) and attribute.stored != "text":
                return left, Literally(value=number_of(value))
        return left, Literally(value=value)

    def _one_of(self, wish: OneOf) -> Condition:
        places: dict[tuple[str, str], list[Scalar]] = {}
        for ref in wish.values:
            link = self.meaning.of(ref) or (self.meaning.of(wish.column) if wish.column else None)
            if link is None:
                column = self._name_column()
                places.setdefault(column, []).append(ref.literal)
            else:
                places.setdefault(link.place, []).append(link.value if link.kind == "value" else ref.literal)
        tests = [self._equal(place, values, wish) for place, values in places.items()]
        if len(tests) == 1:
            return tests[0]
        return Combination(kind="all" if wish.all or len(places) > 1 else "any", of=tests)

    def _equal(self, place: tuple[str, str], values: list[Scalar], wish: OneOf) -> Condition:
        column = ColumnOf(table=place[0], column=place[1])
        constants = [self._comparable(column, value, equal=True)[1] for value in values]
        if wish.all and len(constants) > 1:
            each = [Comparison(left=column, operator="=", right=[one]) for one in constants]
            return Combination(kind="all", of=[self._placed(one, column, apart=True) for one in each])
        test = Comparison(left=column, operator="=" if len(constants) == 1 else "in", right=list(constants))
        return self._placed(Negation(of=test) if wish.negated else test, column)

    def _name_column(self) -> tuple[str, str]:
        entity = self._entity(self.base)
        if not entity.display:
            raise UnreadableError("a value without a column")
        self.notes.append("assumed column")
        return self.base, entity.display[0]

    def _placed(self, test: Condition, left: Expression, *, apart: bool = False) -> Condition:
        """A condition on related rows of which one row has many is that there is such a row."""
        table = left.table if isinstance(left, ColumnOf) else left.of.table if isinstance(left, Grained) else ""
        if not table or table == self.base or not self._multiplies(table):
            return test
        if isinstance(test, Negation):
            return Negation(of=Related(table=table, where=test.of))
        return Related(table=table, where=test) if apart or self._is_counted() else test

    def _is_counted(self) -> bool:
        return any(term.rows and term.measured for term in self.draft.outputs)

    def _multiplies(self, table: str) -> bool:
        start, end = self._entity(self.base).name, self._entity(table).name
        paths = self.model.paths(start, end)
        return bool(paths) and paths[0].multiplies

    def _joined(self, outputs: Sequence[Expression]) -> list[Condition]:
        """A table that is spoken of, of which nothing else is said, must at least have a row."""
        used = {*(table for value in outputs for table in tables_in(value))}
        used |= {link.table for ref in self._used_refs() if (link := self.meaning.of(ref))}
        spoken = [link.table for ref in self.draft.subjects if (link := self.meaning.of(ref))]
        used.add(self.base)
        return [Related(table=table) for table in dict.fromkeys(spoken) if table not in used]

    def _joins(self, shown: Sequence[Expression]) -> set[str]:
        """The tables whose rows are there anyway, because something of them or beyond them is shown or measured."""
        start = self._entity(self.base).name
        found: set[str] = set()
        for table in {table for value in shown for table in tables_in(value)} - {self.base}:
            paths = self.model.paths(start, self._entity(table).name)
            found |= {str(edge.target) for edge in paths[0].edges} if len(paths) == 1 else {table}
        return found

    def _used_refs(self) -> list[Ref]:

        subjects = {id(ref) for ref in self.draft.subjects}
        return [ref for ref in refs_of(self.draft) if id(ref) not in subjects]

    # In which order.

    def _order(self, outputs: Sequence[Expression]) -> tuple[list[Order], int | None, Condition | None]:
        order = [Order(by=self._ordered(term), descending=descending) for term, descending in self.draft.orders]
        limit, extreme = self.draft.limit, self.draft.extreme
        if extreme is None:
            return order, limit, None
        by = self._ordered(extreme.by)
        if all(has_measure(value) for value in outputs) or self._is_of_another(extreme, outputs):
            return order, limit, self._inner(extreme, by)
        first = Order(by=by, descending=extreme.descending)
        count = limit or extreme.limit
        return [first, *(each for each in order if each.by != by)], count, None

    def _ordered(self, term: Term) -> Expression:
        if term.aggregate:
            return self.measure(term)
        if term.of is None:
            return self.display(self.base)[0]
        link = self._link(term.of)
        return self.display(link.table)[0] if link.kind == "table" else ColumnOf(table=link.table, column=link.column)

    def _is_of_another(self, extreme: Extreme, outputs: Sequence[Expression]) -> bool:
        """Whether the extreme row belongs to a table each of whose rows has several of what is shown."""
        owner = self.meaning.of(extreme.of) if extreme.of else None
        if owner is None or extreme.by.rows or owner.table == self.base:
            return False
        shown = {table for value in outputs for table in tables_in(value)}
        start = self._entity(owner.table).name
        return any(
            (paths := self.model.paths(start, self._entity(table).name)) and paths[0].multiplies
            for table in shown
            if table != owner.table
        )

    def _inner(self, extreme: Extreme, by: Expression) -> Condition:
        """Rows of the one that has the extreme value."""
        owner = self.meaning.of(extreme.of) if extreme.of else None
        table = owner.table if owner else next(iter(tables_in(by)), self.base)
        key = self._entity(table).key
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
        )
        return Within(left=column, plan=plan)

    def _group(self, outputs: Sequence[Expression], grouped: bool) -> list[Expression]:
        """What is grouped by beside what is shown: the key, so that two of the same name are two."""
        plain = [value for value in outputs if isinstance(value, ColumnOf)]
        measured = any(has_measure(value) for value in outputs)
        if not plain or not (grouped or measured):
            return []
        if self.draft.groups and all(self._link(ref).column for ref in self.draft.groups):
            return []
        spoken = {
            link.table
            for ref in (*self.draft.subjects, *self.draft.groups)
            if (link := self.meaning.of(ref)) and not link.column
        }
        counted = set(self._counted_tables())
        keys: list[Expression] = []
        for table in dict.fromkeys(value.table for value in plain):
            entity = self._entity(table)
            names = {value.column for value in plain if value.table == table}
            named = bool(names & {*entity.display, *entity.key})
            if table not in counted and (table in spoken or named):
                keys += [ColumnOf(table=table, column=name) for name in entity.key if name not in names]
        return keys

    def _counted_tables(self) -> set[str]:
        terms = [*self.draft.outputs, *(term for term, _ in self.draft.orders)]
        terms += [self.draft.extreme.by] if self.draft.extreme else []
        terms += [wish.left for wish in self.draft.wishes if isinstance(wish, Test)]
        counted = {self._link(term.rows).table for term in terms if term.rows}
        if any(term.measured and term.rows is None and term.of is None for term in terms):
            counted.add(self.base)
        if self.draft.extreme and self.draft.extreme.by.measured and self.draft.extreme.by.rows is None:
            counted.add(self.base)
        return counted

    def _both(self, plan: Plan) -> Plan:
        """Two different values of one column hold for no row: what has rows of the one and of the other is meant."""
        tests = plan.where.of if isinstance(plan.where, Combination) and plan.where.kind == "all" else []
        apart = contradicting(tests)
        if not apart or any(has_measure(output.value) for output in plan.outputs):
            return plan
        others = [test for test in tests if test not in apart]
        first, second = (plan.model_copy(update={"where": together([*others, each])}) for each in apart)
        plain: dict[str, object] = {"order": list[Order](), "limit": None}
        return first.model_copy(update={"combined": Combined(kind="both", plan=second.model_copy(update=plain))})
