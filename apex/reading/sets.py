"""Sets of what is shown: what has rows of both kinds, of one but not of the other, or never any of a kind."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from apex.compile.walk import conjuncts, together
from apex.reading.conditions import Conditions
from apex.reading.draft import Draft, Either, OneOf, Ref, Test
from apex.reading.parts import (
    ContradictionError,
    UnreadableError,
    contradicting,
    excluding,
    has_measure,
    tables_in,
)
from apex.wording.describe import condition_words
from core.values.plans import ColumnOf, Combined, Comparison, Condition, Negation, Order, Output, Plan, Related


class Sets(Conditions):
    """Makes two plans of one where no row can be what is meant."""

    def alternatives(self) -> list[Draft]:
        """Two drafts where a condition on groups is an alternative to one on rows: `are red or have many orders`."""
        wishes = self.draft.wishes
        for place, wish in enumerate(wishes):
            sides = wish.of if isinstance(wish, Either) and len(wish.of) == 2 else []
            counted = [isinstance(each, Test) and each.left.measured for each in sides]
            if any(counted) and not all(counted):
                return [replace(self.draft, wishes=[*wishes[:place], each, *wishes[place + 1 :]]) for each in sides]
        return []

    def as_sets(self, plan: Plan) -> Plan:
        """The plan, with what conditions on several rows of what is shown come to."""
        if self.draft.also:
            return self._either(plan, self.draft.also)
        tests = conjuncts(plan.where)
        measured = any(has_measure(output.value) for output in plan.outputs)
        apart = contradicting(tests)
        compared = any(isinstance(test, Comparison) and test.operator != "=" for test in apart)
        of_both = measured and any(isinstance(wish, OneOf) and wish.all for wish in self.draft.wishes)
        if apart and (compared or of_both) and self._is_of_rows(plan, apart):
            words = " and ".join(condition_words(test, plan.table) for test in apart)
            raise ContradictionError(f"The conditions contradict each other: nothing has {words} at once.")
        if measured:
            return _for_each_of(plan, tests, apart) if apart else plan
        if apart:
            return _combined(plan, "both", [test for test in tests if test not in apart], *apart)
        return self._without(plan, tests)

    def _without(self, plan: Plan, tests: Sequence[Condition]) -> Plan:
        """Values of rows that never meet a condition; and rows that have one kind of related rows and not another."""
        values = self.shows_values([output.value for output in plan.outputs])
        never = [test for test in tests if test in self.left_out]
        if len(never) == 1 and values:
            # "That have red boats but no long ones": the long ones may have any color.
            kept = together([test for test in tests if test not in never])
            return _combined(plan, "without", [], kept, _met(never[0]))
        pair = excluding(tests)
        table = next(iter(tables_in(pair[0].left))) if pair else ""
        if not table or not (values or self.multiplies(table)):
            return plan
        others = [test for test in tests if test not in pair and test != Negation(of=_met(pair[1]))]
        if values:
            return _combined(plan, "without", others, pair[0], _met(pair[1]))
        absent = Negation(of=Related(table=table, where=_met(pair[1])))
        return plan.model_copy(update={"where": together([*others, pair[0], absent])})

    def _either(self, plan: Plan, also: Ref) -> Plan:
        """The same of the rows of another table, too."""
        table = also.links[0].table
        named = [[link for link in term.of.links if link.table == table] for term in self.draft.outputs if term.of]
        shown = [Output(value=ColumnOf(table=table, column=links[0].column)) for links in named if links]
        if len(shown) != len(plan.outputs):
            raise UnreadableError(f"{table} does not have the same")
        return plan.model_copy(update={"combined": Combined(kind="either", plan=Plan(table=table, outputs=shown))})

    def _is_of_rows(self, plan: Plan, tests: Sequence[Condition]) -> bool:
        """Whether what is shown is one row of the table that is compared, and not what several rows may share."""
        compared = {table for test in tests if isinstance(test, Comparison) for table in tables_in(test.left)}
        entity = self.entity(next(iter(compared)))
        own = [ColumnOf(table=table, column=name) for table in compared for name in (*entity.display, *entity.key)]
        return any(has_measure(each.value) or each.value in own for each in plan.outputs)


def _for_each_of(plan: Plan, tests: Sequence[Condition], apart: Sequence[Condition]) -> Plan:
    """`the average price of red and of blue chairs`: no row is both, so that it is asked of each."""
    column = next((test.left for test in apart if isinstance(test, Comparison)), None)
    own = [test for test in tests if isinstance(test, Comparison) and test.left == column and test.operator == "="]
    if not isinstance(column, ColumnOf) or len(own) < 2 or plan.limit or plan.having:
        return plan
    among = Comparison(left=column, operator="in", right=[value for test in own for value in test.right])
    others = [test for test in tests if test not in own]
    shown = [] if any(output.value == column for output in plan.outputs) else [Output(value=column)]
    return plan.model_copy(update={"where": together([*others, among]), "outputs": [*shown, *plan.outputs]})


def _combined(
    plan: Plan,
    kind: Literal["both", "without"],
    others: Sequence[Condition],
    one: Condition | None,
    other: Condition,
) -> Plan:
    """Two plans that are alike but for one condition each."""
    first = plan.model_copy(update={"where": together([*others, *([one] if one else [])])})
    plain: dict[str, object] = {"where": together([*others, other]), "order": list[Order](), "limit": None}
    return first.model_copy(update={"combined": Combined(kind=kind, plan=plan.model_copy(update=plain))})


def _met(test: Condition) -> Condition:
    """What a condition says that something is not."""
    if isinstance(test, Comparison):
        return test.model_copy(update={"operator": "="})
    return test.of if isinstance(test, Negation) else test
