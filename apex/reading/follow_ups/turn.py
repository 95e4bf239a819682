"""One question behind another: the plan before, what was read anew, and its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from apex.compile.walk import conjuncts
from apex.language.tokens import Token
from apex.model import Model
from apex.reading.draft import Draft
from apex.reading.follow_ups.words import adds, begins, says
from apex.reading.parts import has_measure, tables_in
from core.values.plans import ColumnOf, Condition, Expression, Measure, Output, Plan, Within


@dataclass(frozen=True)
class Turn:
    """Everything that the change of a plan depends on."""

    before: Plan
    asked: Plan
    draft: Draft
    tokens: Sequence[Token]
    model: Model

    def begins(self, section: str) -> bool:
        """Whether it begins with words of a section."""
        return begins(self.tokens, section)

    @cached_property
    def plain(self) -> list[Output]:
        """What was shown before and not measured."""
        return [each for each in self.before.outputs if not has_measure(each.value)]

    @cached_property
    def adds(self) -> bool:
        """`also show ...`, `and their ages?`: more is to be shown, or more rows."""
        shown = [*self.before.outputs, *self.asked.outputs]
        plain = bool(self.draft.outputs) and not any(has_measure(each.value) for each in shown)
        more = adds(self.tokens) and not says(self.tokens, "fewer")
        return more or (plain and self.begins("goes on") and self._says_which and not self.draft.wishes)

    @cached_property
    def called(self) -> list[Output]:
        """What each of the rows is called: what was shown of them, unless only something about them was shown."""
        entity = self.model.entity(self.before.table)
        counted = {table for each in self.asked.outputs if has_measure(each.value) for table in tables_in(each.value)}
        rows = self.plain and not (self.before.distinct or self.before.group or self._says_which)
        if not rows or entity is None or not entity.display or self.before.table in counted:
            return self.plain
        return [Output(value=ColumnOf(table=self.before.table, column=entity.display[0]))]

    @property
    def _says_which(self) -> bool:
        """Whether it was shown which rows they are: behind `what is its price?` nobody wants the price again."""
        shown = [each.value for each in self.before.outputs if isinstance(each.value, ColumnOf)]
        entities = [(value, entity) for value in shown if (entity := self.model.entity(value.table))]
        return any(value.column in (*entity.display, *entity.key) for value, entity in entities)

    @cached_property
    def replaces(self) -> bool:
        """`what about ...`, `... instead`: something stands in the place of something."""
        return self.begins("again") or says(self.tokens, "replaces")

    @cached_property
    def cuts(self) -> bool:
        """`only the first two`: the same answer, not all of it."""
        draft = self.draft
        said = draft.outputs or draft.bounds or draft.extreme or draft.turned is not None
        return draft.limit is not None and not said and not self.begins("chooses")

    @cached_property
    def other_end(self) -> list[Output]:
        """`and the highest?`, `how about the latest?`: of what was measured then, the largest or the smallest."""
        shown = [each.value for each in self.before.outputs]
        other = self.before.group or self.draft.outputs or self.draft.subjects or self.begins("asks which")
        only = shown[0] if len(shown) == 1 and not other else None
        if not isinstance(only, Measure) or only.of is None or only.aggregate == "count":
            return []
        turned = self.draft.turned if self.draft.limit == 1 else None
        if self.draft.extreme and any(_is_first_by(each, only.of) for each in conjuncts(self.asked.where)):
            turned = self.draft.extreme.descending
        if turned is None:
            return []
        return [Output(value=only.model_copy(update={"aggregate": "max" if turned else "min"}))]

    @cached_property
    def measures(self) -> bool:
        """Whether something is calculated that the question names."""
        return any(has_measure(each.value) for each in self.asked.outputs)

    @cached_property
    def of_two_before(self) -> bool:
        """`countries with both`: what two questions before had found."""
        return [token.folded for token in self.tokens if token.kind == "word"][-1:] == ["both"]


def _is_first_by(condition: Condition, value: Expression) -> bool:
    """Whether only the first row in the order of a value is left."""
    if not isinstance(condition, Within) or condition.plan.limit != 1:
        return False
    return [each.by for each in condition.plan.order] == [value]
