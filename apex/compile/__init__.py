"""From a plan to SQL in one dialect; what cannot be said exactly is refused, with words."""

from dataclasses import dataclass
from functools import cached_property

from sqlglot import exp

from apex.compile.plans import English
from apex.compile.refusal import Refusal, RefusalError
from apex.compile.target import Target
from apex.model import Model
from core.values.calendar import Calendar
from core.values.plans import Plan
from sql.dialects import known_dialect


@dataclass(frozen=True)
class Compilation:
    """A statement: its tree, and its text, which is written when it is asked for."""

    tree: exp.Query
    dialect: str

    @cached_property
    def sql(self) -> str:
        """The text; readings that nobody follows need none."""
        return self.tree.sql(dialect=self.dialect, copy=False)


def compile_plan(
    plan: Plan, model: Model, dialect: str | None = None, *, calendar: Calendar | None = None
) -> Compilation | Refusal:
    """The statement of a plan in a dialect (by default that of the model's database), or why there is none."""
    target = Target(model, known_dialect(dialect or model.catalog.dialect), calendar or Calendar())
    try:
        tree = English().query(plan, target)
    except RefusalError as refused:
        return refused.refusal
    return Compilation(tree, target.dialect)


__all__ = ["Calendar", "Compilation", "Refusal", "compile_plan"]
