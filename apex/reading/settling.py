"""Compiles a reading; of several relations to a table, that is taken for which words or names speak."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from pydantic import BaseModel

from apex.compile import Calendar, Compilation, Refusal, compile_plan
from apex.compile.refusal import RefusalError
from apex.model import Model
from apex.reading.parts import has_measure
from apex.reading.ways import way_of
from apex.rules import Ruled, under_rules
from core.values.plans import ColumnOf, Expression, Grained, Order, Plan, Related

TRIES = 3


@dataclass(frozen=True)
class Settled:
    """A plan that compiles, with what was assumed about the way between its tables."""

    plan: Plan
    compilation: Compilation
    guessed: int = 0
    """How many ways were taken by names alone."""
    told: int = 0
    """How many ways the words of the question speak for."""
    ruled: Ruled | None = None
    """The plan under the rules of the business, with what is told of them."""

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the answer has to say of the rules that apply."""
        return self.ruled.assumptions if self.ruled else ()


def settle(
    plan: Plan, words: Sequence[str], model: Model, *, dialect: str | None = None, calendar: Calendar | None = None
) -> Settled | Refusal:
    """The statement of a plan, with ways chosen where they are to choose; or why there is none."""
    guessed = told = 0
    ruled, found = _ruled(plan, model, dialect, calendar)
    for _ in range(TRIES):
        if isinstance(found, Compilation):
            return Settled(plan, found, guessed, told, ruled)
        if found.reason != "ambiguous":
            return found
        via, spoken = way_of(found.alternatives, words, model)
        changed = _through(plan, via, model) if via else plan
        if changed == plan and via:
            changed = _through(plan, via, model, everywhere=True)
        if changed == plan:
            return found
        plan, guessed, told = changed, guessed + (not spoken), told + spoken
        ruled, found = _ruled(plan, model, dialect, calendar)
    return Settled(plan, found, guessed, told, ruled) if isinstance(found, Compilation) else found


def _ruled(
    plan: Plan, model: Model, dialect: str | None, calendar: Calendar | None
) -> tuple[Ruled, Compilation | Refusal]:
    """The statement of a plan, under the rules of the business; the plan itself stays as it was asked."""
    try:
        ruled = under_rules(plan, model)
    except RefusalError as error:
        return Ruled(plan), error.refusal
    return ruled, compile_plan(in_order(ruled.plan, model), model, dialect, calendar=calendar)


def in_order(plan: Plan, model: Model) -> Plan:
    """Groups that nobody wants in an order come as people read them: time and numbers rising, others largest first."""
    groups = [output.value for output in plan.outputs if not has_measure(output.value)]
    measured = len(groups) < len(plan.outputs)
    if (
        plan.combined
        or plan.firsts_of
        or not (measured or plan.group or any(has_measure(each.by) for each in plan.order))
    ):
        return plan
    if plan.order and plan.limit is not None:
        return plan.model_copy(update={"order": [*plan.order, *_among_equals(plan, groups, model)]})
    if plan.order or plan.limit is not None or not (groups and measured):
        return plan
    rising = [Order(by=value) for value in groups]
    if any(_is_scale(value, model) for value in groups):
        return plan.model_copy(update={"order": rising})
    largest = next(output.value for output in plan.outputs if has_measure(output.value))
    return plan.model_copy(update={"order": [Order(by=largest, descending=True), *rising]})


def _is_scale(value: Expression, model: Model) -> bool:
    """Whether the values of a group have an order of their own."""
    attribute = model.attribute(value) if isinstance(value, ColumnOf) else None
    return isinstance(value, Grained) or bool(attribute and (attribute.is_moment or attribute.is_numeric))


def _among_equals(plan: Plan, groups: Sequence[Expression], model: Model) -> Iterator[Order]:
    """Which of several that are alike is the first: always the same, told by the key where there is one."""
    known = [*plan.group, *groups]
    keys = [value for value in known if _is_key(value, model)] or known
    ordered = [each.by for each in plan.order]
    yield from (Order(by=value, descending=plan.order[-1].descending) for value in keys if value not in ordered)


def _is_key(value: Expression, model: Model) -> bool:
    attribute = model.attribute(value) if isinstance(value, ColumnOf) else None
    return attribute is not None and attribute.role in ("key", "reference")


def _through(plan: Plan, via: str, model: Model, *, everywhere: bool = False) -> Plan:
    """The plan with this way taken between two tables; `everywhere` also for the plan's own table."""
    referring, name = via.rsplit(".", 1)
    entity = model.entity(referring)
    edges = [each for each in model.relations(entity.name) if each.source_columns == (name,)] if entity else []
    referred = next((str(each.target) for each in edges if each.forward and str(each.target) != referring), "")

    def changed(value: object, about: str) -> object:
        if isinstance(value, ColumnOf):
            own = value.table == referring and about != referred
            kept = value.via or own or (value.table == about and not everywhere)
            return value if kept else value.model_copy(update={"via": via})
        if isinstance(value, Related) and everywhere and value.table not in (referring, referred, about):
            # Rows beyond the table that refers to both.
            return value if value.via else value.model_copy(update={"via": via})
        if isinstance(value, Related):
            where = changed(value.where, value.table)
            way = via if value.table == referring and not value.via else value.via
            return value.model_copy(update={"where": where, "via": way})
        if isinstance(value, Plan):
            about = value.table
        if isinstance(value, BaseModel):
            return value.model_copy(
                update={name: changed(getattr(value, name), about) for name in type(value).model_fields}
            )
        if isinstance(value, list):
            return [changed(each, about) for each in cast(list[object], value)]
        return value

    return cast(Plan, changed(plan, ""))
