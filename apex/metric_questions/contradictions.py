"""Conditions that nothing can satisfy: two values of one column at once, or one that the metric leaves out."""

from collections.abc import Iterator, Sequence

from apex.compile.walk import conjuncts, measures_in
from apex.metric_questions.ask import Ask
from apex.metric_questions.scan import CannotError
from apex.model import Model
from core.values.plans import (
    ColumnOf,
    Combination,
    Comparison,
    Condition,
    Constant,
    Expression,
    Literally,
    Negation,
    Written,
)

Values = frozenset[Constant]
Place = tuple[str, str]


def check(ask: Ask, values: Sequence[Expression], model: Model) -> None:
    """Refuse a question whose conditions leave nothing, and say which."""
    asked: dict[Place, Values] = {}
    for place, found in _asked(ask.held):
        known = asked.get(place)
        if known is not None and not known & found:
            raise CannotError(
                f"The conditions contradict each other: {place[1]} cannot be {_said(known)} and {_said(found)} at once."
            )
        asked[place] = found if known is None else known & found
    needed = [*asked.items(), *((place, own) for _, place, own in _own(values, model))]
    for place, left_out in _excluded(ask.held):
        if any(place == kept and found <= left_out for kept, found in needed):
            raise CannotError(f"The conditions contradict each other: {_said(left_out)} is asked for and left out.")
    for name, place, own in _own(values, model):
        if place in asked and not asked[place] & own:
            raise CannotError(
                f"{model.metrics[name].name if name in model.metrics else 'It'} counts only rows with {place[1]} "
                f"{_said(own)}, so there are none with {_said(asked[place])}."
            )


def _asked(held: Sequence[Condition]) -> Iterator[tuple[Place, Values]]:
    for each in held:
        if isinstance(each, Comparison) and isinstance(each.left, ColumnOf) and each.operator in ("=", "in"):
            yield (each.left.table, each.left.column), _constants(each)


def _excluded(held: Sequence[Condition]) -> Iterator[tuple[Place, Values]]:
    for each in held:
        inner = each.of[0] if isinstance(each, Combination) else each
        if isinstance(inner, Negation) and isinstance(inner.of, Comparison) and isinstance(inner.of.left, ColumnOf):
            yield (inner.of.left.table, inner.of.left.column), _constants(inner.of)


def _constants(each: Comparison) -> Values:
    return frozenset(right.value for right in each.right if isinstance(right, Literally))


def _own(values: Sequence[Expression], model: Model) -> Iterator[tuple[str, Place, Values]]:
    """The plain conditions of the metrics themselves: a column that equals a text."""
    from sqlglot import exp, parse_one
    from sqlglot.errors import SqlglotError

    for measure in (each for value in values for each in measures_in(value)):
        for each in conjuncts(measure.where):
            if not isinstance(each, Written):
                continue
            try:
                tree = parse_one(each.sql, dialect=each.dialect or model.catalog.dialect)
            except SqlglotError:
                continue
            if isinstance(tree, exp.EQ) and isinstance(tree.left, exp.Column) and tree.right.is_string:
                yield measure.metric, (each.table, tree.left.name), frozenset({tree.right.name})


def _said(values: Values) -> str:
    return " or ".join(sorted(map(str, values)))
