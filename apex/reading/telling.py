"""Tells the numbers of a plan as the question wants them: rounded, in percent, or as a decimal."""

from collections.abc import Sequence
from dataclasses import replace

from apex.language.telling import Share, Telling, telling
from apex.model import Model
from apex.reading.candidate import Candidate
from apex.reading.parts import has_measure
from apex.reading.pieces import Piece
from core.values.plans import Arithmetic, ColumnOf, Elapsed, Expression, Literally, Measure, Output, Plan

HUNDRED = Literally(value=100)


def as_told(found: Sequence[Candidate], question: str, model: Model) -> list[Candidate]:
    """The readings, with their numbers as they are to be told."""
    _, said = telling(question)
    return [_told(each, said, model) for each in found] if said else list(found)


def _told(candidate: Candidate, said: Telling, model: Model) -> Candidate:
    if said.share and not any(_is_divided(output.value) for output in candidate.plan.outputs):
        # A share is asked for, and none was read.
        draft = replace(candidate.draft, skipped=[*candidate.draft.skipped, Piece("x", tuple(said.tokens))])
        return replace(candidate, draft=draft)
    return replace(candidate, plan=_with_numbers(candidate.plan, said, model))


def _with_numbers(plan: Plan, said: Telling, model: Model) -> Plan:
    outputs = [_as_share(output, said.share) for output in plan.outputs]
    calculated = [output for output in outputs if _is_calculated(output.value)]
    rounded = calculated or [output for output in outputs if _is_number(output.value, model)]
    told = [
        output.model_copy(update={"decimals": said.decimals}) if output in rounded else output for output in outputs
    ]
    return plan.model_copy(update={"outputs": told})


def _as_share(output: Output, share: Share) -> Output:
    """A quotient times hundred, or without."""
    value = output.value
    if not share or not isinstance(value, Arithmetic) or value.operator != "/":
        return output
    above = _without_hundred(value.left)
    if share == "percent":
        above = Arithmetic(operator="*", left=HUNDRED, right=above)
    called = {"percent": "percentage", "decimal": ""}[share]
    return output.model_copy(update={"value": value.model_copy(update={"left": above}), "name": called})


def _without_hundred(value: Expression) -> Expression:
    hundred = isinstance(value, Arithmetic) and value.operator == "*" and value.left == HUNDRED
    return value.right if hundred and isinstance(value, Arithmetic) else value


def _is_divided(value: Expression) -> bool:
    return isinstance(value, Arithmetic) and value.operator == "/"


def _is_number(value: Expression, model: Model) -> bool:
    attribute = model.attribute(value) if isinstance(value, ColumnOf) else None
    return attribute is not None and attribute.is_numeric and attribute.role == "measure"


def _is_calculated(value: Expression) -> bool:
    """Whether a number may have more decimals than anybody wants to see."""
    if isinstance(value, Measure):
        return value.aggregate != "count"
    return isinstance(value, Arithmetic | Elapsed) or has_measure(value)
