"""Which rows a plan is about: the conditions of a draft."""

from collections.abc import Sequence
from dataclasses import replace

from apex.compile.walk import together
from apex.model.words import name_words, speaks_of
from apex.names import words_of
from apex.reading.draft import During, Either, Exists, OneOf, Ref, Term, Test, Wish
from apex.reading.naming import Naming
from apex.reading.parts import UnreadableError, is_year, number_of, within_age, within_years
from apex.reading.spans import span_of, within_time
from core.profile import Scalar
from core.values.plans import (
    Arithmetic,
    ColumnOf,
    Combination,
    Comparison,
    Condition,
    Expression,
    Grained,
    Literally,
    Negation,
    Order,
    Output,
    Plan,
    Related,
    TimeRange,
    Within,
)
from core.values.plans import Scalar as ScalarPlan

OLDEST = 150
"""No age of a person, in years, is above it."""


class Conditions(Naming):
    """Makes conditions of what a draft says of rows."""

    def condition(self, wish: Wish | Either) -> Condition:
        """The condition that a wish is."""
        found = self._condition(wish)
        if not isinstance(wish, Either) and wish.negated and (self.draft.never or isinstance(wish, Exists)):
            self.left_out.append(found)
        return found

    def _condition(self, wish: Wish | Either) -> Condition:
        if isinstance(wish, Either):
            return Combination(kind="any", of=[self.condition(each) for each in wish.of])
        if isinstance(wish, During):
            return self._during(wish)
        if isinstance(wish, Exists):
            where = together([self.condition(each) for each in wish.where])
            if self.link(wish.rows).table == self.base:
                if not (where and wish.negated):
                    raise UnreadableError("a table related to itself")
                return Negation(of=where)
            related = Related(table=self.link(wish.rows).table, via=wish.via, where=where)
            return Negation(of=related) if wish.negated else related
        return self._test(wish) if isinstance(wish, Test) else self._one_of(wish)

    def of_own_rows(self, term: Term) -> Expression:
        """A measure, with what is said of its rows alone; as a share of the same over all rows, or with another."""
        if term.operation and term.other and term.other.measured:
            left = self.of_own_rows(replace(term, operation=None, other=None))
            return Arithmetic(operator=term.operation, left=left, right=self.of_own_rows(term.other))
        whole = self.measure(term)
        if not term.where:
            return whole
        part: Expression = whole.model_copy(update={"where": together([self.condition(each) for each in term.where])})
        if not term.share:
            return part
        above = Arithmetic(operator="*", left=Literally(value=100), right=part) if term.share == 100 else part
        return Arithmetic(operator="/", left=above, right=whole)

    def ordered(self, term: Term) -> Expression:
        """What rows are ordered by."""
        return self.of_own_rows(term) if term.aggregate else super().ordered(term)

    def time(self) -> tuple[TimeRange | None, Sequence[Wish | Either]]:
        """The time of the whole plan, where one is said of its rows; and what else is said of them."""
        wishes = self.draft.wishes
        spans = [wish for wish in wishes if isinstance(wish, During) and wish.period and not wish.negated]
        column = self.column(spans[0].column) if len(spans) == 1 else None
        if column is None or (column.table != self.base and self.multiplies(column.table)):
            return None, wishes
        return span_of(spans[0], column), [wish for wish in wishes if wish is not spans[0]]

    def _during(self, wish: During) -> Condition:
        column = self.column(wish.column)
        test = within_time(wish, column)
        if test is None:
            raise UnreadableError("a time without bounds")
        return self._placed(Negation(of=test) if wish.negated else test, column)

    def is_itself(self, wish: Wish | Either) -> bool:
        """`states that have a college`, of colleges: that there is the row that is spoken of."""
        if not isinstance(wish, Exists) or wish.negated or wish.where:
            return False
        return self.link(wish.rows).table == self.base

    def _test(self, wish: Test) -> Condition:
        left: Expression
        years = self._years(wish)
        if years:
            left = self.column(self.column_of(wish.left))
            return self._placed(Negation(of=years) if wish.negated else years, left, apart=wish.apart)
        left = self._compared(wish.left)
        shared = next((each for each in wish.right if isinstance(each, Term) and each.rows and not each.measured), None)
        if shared and not shared.extreme and isinstance(left, ColumnOf):
            return self._placed(Within(left=left, plan=self._other(shared)), left)
        right: list[Expression] = []
        for value in wish.right:
            if isinstance(value, Term) and value.aggregate is None and value.extreme is None:
                right.append(self._compared(value))
            elif isinstance(value, Term):
                right.append(ScalarPlan(plan=self._other(value)))
            elif isinstance(left, ColumnOf):
                left, constant = self._comparable(left, value, equal=wish.operator in ("=", "!=", "in"))
                right.append(constant)
            else:
                right.append(Literally(value=value))
        if left in right:
            raise UnreadableError("something is compared with itself")
        test = Comparison(left=left, operator=wish.operator, right=right, fold=wish.fold)
        return self._placed(Negation(of=test) if wish.negated else test, left, apart=wish.apart)

    def _compared(self, term: Term) -> Expression:
        if term.aggregate:
            return self.measure(term)
        column = self.column_of(term)
        return self.span(column, term.until, term) if term.until else self.cut(column, self.column(column))

    def _other(self, term: Term) -> Plan:
        """The plan of a single value over other rows than those that are asked for."""
        outer, self.base = self.base, self.table_of(term)
        try:
            value: Expression = self.measure(term) if term.aggregate else self.column(self.column_of(term))
            order = [Order(by=self.ordered(each.by), descending=each.descending) for each in [term.extreme] if each]
            where = together([self.condition(wish) for wish in term.where])
            outputs = [Output(value=value)]
            return Plan(table=self.base, outputs=outputs, where=where, order=order, limit=1 if order else None)
        finally:
            self.base = outer

    def _years(self, wish: Test) -> Condition | None:
        """Years against a moment, as the days on which they begin."""
        if (
            wish.left.measured
            or wish.left.until
            or not (wish.left.of and wish.right and all(type(value) is int for value in wish.right))
        ):
            return None
        column = self.column(wish.left.of)
        attribute = self.model.attribute(column)
        years = [value for value in wish.right if isinstance(value, int)]
        if attribute is None or not attribute.is_moment:
            return self._ago(wish, column, years)
        if all(map(is_year, years)):
            return within_years(column, wish.operator, years)
        return self._aged(wish, column, years[0])

    def _ago(self, wish: Test, column: ColumnOf, years: Sequence[int]) -> Condition | None:
        """`older than 30`, where a year is kept, as that of a birth: the year that was so long ago."""
        said = wish.left.of.piece.sign if wish.left.of else ""
        if said != "G" or name_words(column.column)[-1] != "year" or any(map(is_year, years)):
            return None
        if not (self.today and all(0 < each <= OLDEST for each in years)):
            raise UnreadableError(f"{years[0]} is no year")
        then: list[Expression] = [Literally(value=self.today.year - each) for each in years]
        return Comparison(left=column, operator=wish.operator, right=then)

    def _aged(self, wish: Test, column: ColumnOf, years: int) -> Condition:
        """`older than 30`, where a day of birth is kept."""
        one = len(wish.right) == 1 and wish.operator in ("<", "<=", ">", ">=")
        if not (one and self.today and 0 < years <= OLDEST and speaks_of(name_words(column.column), "days of birth")):
            raise UnreadableError(f"{years} is no year")
        return within_age(column, wish.operator, years, self.today)

    def _comparable(self, left: Expression, value: Scalar, *, equal: bool = False) -> tuple[Expression, Literally]:
        """A constant as the column's type has it; a year against a moment compares the moment's year."""
        attribute = self.model.attribute(left) if isinstance(left, ColumnOf) else None
        if attribute and isinstance(left, ColumnOf):
            if attribute.stored == "text" and isinstance(value, int | float) and (equal or not attribute.is_numeric):
                if equal and attribute.values and is_year(value) and str(value) not in map(str, attribute.values):
                    raise UnreadableError(f"{attribute.name} holds no {value}")
                if not equal and (attribute.values or attribute.meanings) and not attribute.is_unsorted:
                    raise UnreadableError(f"{attribute.name} holds no numbers")
                return left, Literally(value=str(value))
            if attribute.stored == "text" and isinstance(value, str) and equal and "code" in attribute.patterns:
                # Where all values are told in capitals, one that is not known is, too.
                return left, Literally(value=value if value in (attribute.values or ()) else value.upper())
            if attribute.is_numeric and isinstance(value, str) and attribute.stored != "text":
                return left, Literally(value=number_of(value))
        return left, Literally(value=value)

    def _one_of(self, wish: OneOf) -> Condition:
        places: dict[tuple[str, str], list[Scalar]] = {}
        for ref in wish.values:
            link = self.meaning.of(ref) or (self.meaning.of(wish.column) if wish.column else None)
            names = self._two_names(ref) if link is None else {}
            if names:
                places.update({place: [name] for place, name in names.items()})
            elif link is None:
                column = self._name_column(ref)
                places.setdefault(column, []).append(ref.literal)
            else:
                places.setdefault(link.place, []).append(link.value if link.kind == "value" else ref.literal)
        tests = [self._equal(place, values, wish) for place, values in places.items()]
        if len(tests) == 1:
            return tests[0]
        return Combination(kind="all" if wish.all or len(places) > 1 else "any", of=tests)

    def _two_names(self, ref: Ref) -> dict[tuple[str, str], str]:
        """`Linda Smith`, where rows are called by a first and a last name."""
        table = self._named_by(ref)
        columns, words = self.display(table), ref.piece.text.split()
        if len(columns) != 2 or len(words) != 2 or ref.links:
            return {}
        return {
            (table, each.column): word for each, word in zip(columns, words, strict=True) if isinstance(each, ColumnOf)
        }

    def _equal(self, place: tuple[str, str], values: list[Scalar], wish: OneOf) -> Condition:
        column = ColumnOf(table=place[0], column=place[1], via=self._way(place[0], wish.direction))
        # "France (FR)" says one value twice.
        constants = [self._comparable(column, value, equal=True)[1] for value in dict.fromkeys(values)]
        if len(constants) > 1 and (wish.all or (wish.joined and self.multiplies(column.table))):
            each = [Comparison(left=column, operator="=", right=[one]) for one in constants]
            return Combination(kind="all", of=[self._placed(one, column, apart=True) for one in each])
        test = Comparison(left=column, operator="=" if len(constants) == 1 else "in", right=list(constants))
        return self._placed(Negation(of=test) if wish.negated else test, column)

    def _way(self, table: str, direction: frozenset[str]) -> str:
        """By which of several columns rows refer to where they come from, or go to."""
        if not direction or table == self.base:
            return ""
        paths = self.model.paths(self.entity(self.base).name, self.entity(table).name)
        surest = max((path.confidence for path in paths), default=0.0)
        ways = [path.vias[-1] for path in paths if path.edges[-1].forward and path.confidence == surest]
        told = [via for via in ways if direction & set(words_of(via.rsplit(".", 1)[1]))]
        return told[0] if len(ways) > 1 and len(told) == 1 else ""

    def _named_by(self, ref: Ref) -> str:
        """The table of which a row is called so: the one before it, as in `the harbor Dover`, else the plan's."""
        link = self.meaning.of(ref.near) if ref.near and ref.piece.sign == "J" else None
        table = link.table if link else self.base
        return self._person_of(ref, table) or table

    def _person_of(self, ref: Ref, table: str) -> str:
        """The table of the only persons to whom rows refer: names that are no known values are those of persons."""
        if ref.piece.value != "name" or self._hides_names(table):
            return ""
        edges = self.model.relations(self.entity(table).name)
        people = {str(edge.target) for edge in edges if edge.forward and self._hides_names(str(edge.target))}
        return next(iter(people)) if len(people) == 1 else ""

    def _hides_names(self, table: str) -> bool:
        """Whether rows are called by personal data, of which no value is known."""
        entity = self.entity(table)
        measured = self.model.profile.columns.get((entity.name, entity.display[0])) if entity.display else None
        return bool(measured and measured.pii)

    def _name_column(self, ref: Ref) -> tuple[str, str]:
        table = self._named_by(ref)
        entity = self.entity(table)
        if not entity.display:
            raise UnreadableError("a value without a column")
        self.notes.append("assumed column")
        return table, entity.display[0]

    def _placed(self, test: Condition, left: Expression, *, apart: bool = False) -> Condition:
        """A condition on related rows of which one row has many is that there is such a row."""
        table = left.table if isinstance(left, ColumnOf) else left.of.table if isinstance(left, Grained) else ""
        if not table or table == self.base or not self.multiplies(table):
            return test
        inner = test.of if isinstance(test, Negation) else test
        if isinstance(inner, Comparison) and inner.operator == "is null":
            # "Not refunded" has no refund that was paid, be there none or one that was not.
            told = Related(table=table, where=Negation(of=inner))
            return told if isinstance(test, Negation) else Negation(of=told)
        if isinstance(test, Negation):
            return Negation(of=Related(table=table, where=test.of))
        return Related(table=table, where=test) if apart or self._is_counted() else test

    def _is_counted(self) -> bool:
        return any(term.rows and term.measured for term in self.draft.outputs)
