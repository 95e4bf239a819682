"""One question behind another: the plan before, what was read anew, and its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from apex.language.tokens import Token
from apex.model import Model
from apex.reading.draft import Draft
from apex.reading.follow_ups.words import begins, says
from apex.reading.parts import has_measure
from core.values.plans import Output, Plan


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
        return says(self.tokens, "more") or (plain and self.begins("goes on") and not self.draft.wishes)

    @cached_property
    def replaces(self) -> bool:
        """`what about ...`, `... instead`: something stands in the place of something."""
        return self.begins("again") or says(self.tokens, "replaces")

    @cached_property
    def measures(self) -> bool:
        """Whether something is calculated that the question names."""
        return any(has_measure(each.value) for each in self.asked.outputs)

    @cached_property
    def of_two_before(self) -> bool:
        """`countries with both`: what two questions before had found."""
        return [token.folded for token in self.tokens if token.kind == "word"][-1:] == ["both"]
