"""A whole plan as a query: its parts chosen, then written."""

from sqlglot import exp

from apex.compile import conditions, expressions
from apex.compile.aggregates import has_median
from apex.compile.apart import stacked
from apex.compile.beside import check_beside_groups
from apex.compile.facts import facts_of, is_proof
from apex.compile.once import each_once, with_medians
from apex.compile.ordering import limited, ordered
from apex.compile.outer import outer_join
from apex.compile.outputs import names_of
from apex.compile.periods import spread
from apex.compile.refusal import RefusalError
from apex.compile.rewriting import hoisted
from apex.compile.running import running
from apex.compile.scope import Scope
from apex.compile.select import group_keys, groups, is_grouped, rows
from apex.compile.sets import combined
from apex.compile.target import Target
from apex.compile.walk import columns_in, measures_in, measures_of
from core.catalog import TableName
from core.values.plans import Condition, Expression, Measure, Plan


class English:
    """The grammar of plans."""

    def expression(self, value: Expression, scope: Scope) -> exp.Expr:
        """One expression."""
        return expressions.expression(value, scope)

    def where(self, condition: Condition | None, scope: Scope) -> list[exp.Expr]:
        """Conditions on rows."""
        return conditions.where(condition, None, scope)

    def output_names(self, plan: Plan, target: Target) -> list[str]:
        """What the columns are called."""
        return names_of(plan.outputs, target)

    def query(self, plan: Plan, target: Target) -> exp.Query:
        """A whole plan."""
        _check(plan)
        plan = spread(plan, names_of(plan.outputs, target))
        if plan.combined is None:
            return self._alone(plan, target)
        return self._combined(plan, target)

    def _alone(self, plan: Plan, target: Target) -> exp.Query:
        about = target.model.table(plan.table)
        if about is None:
            raise RefusalError("unknown", f"There is no table {plan.table}.")
        if not is_grouped(plan):
            return rows(plan, about.full_name, target, self)
        plan = hoisted(plan)
        measures = measures_of(plan)
        homes = facts_of(measures, plan, target) or {about.full_name: list[Measure]()}
        check_beside_groups(plan, list(homes), target)
        if (len(homes) > 1 or plan.zeros) and any(each.running for each in measures):
            raise RefusalError("unsupported", "A measure that runs on stands alone, or with others of its table.")
        if plan.zeros and len(homes) == 1:
            joined = outer_join(plan, about.full_name, next(iter(homes)), target, self)
            if joined is not None:
                return joined
        if len(homes) > 1 or plan.zeros or any(each.time for each in measures):
            check_beside_groups(plan, (), target)
            return stacked(plan, homes, target, self)
        home = next(iter(homes))
        if any(each.running for each in measures):
            check_beside_groups(plan, (), target)
            return running(plan, home, target, self)
        twice = _shows_rows_twice(plan, home, measures, target, self)
        if not has_median(target.dialect) and any(each.aggregate == "median" for each in measures):
            return with_medians(plan, home, target, self, once=twice)
        if twice:
            return each_once(plan, home, target, self)
        return groups(plan, home, target, self)

    def _combined(self, plan: Plan, target: Target) -> exp.Query:
        assert plan.combined is not None
        if len(plan.outputs) != len(plan.combined.plan.outputs):
            raise RefusalError("bad_plan", "Two plans that are combined need as many columns.")
        first = plan.model_copy(update={"combined": None, "order": [], "limit": None, "skip": 0, "distinct": False})
        names = names_of(plan.outputs, target)
        left, right = self.query(first, target), self.query(plan.combined.plan, target)
        found = combined(left, right, plan.combined.kind, names, target)

        def key(value: Expression) -> exp.Expr:
            shown = [name for output, name in zip(plan.outputs, names, strict=True) if output.value == value]
            if not shown:
                raise RefusalError("bad_plan", "Combined rows can only be ordered by what they show.")
            return target.column(shown[0])

        return limited(found, list(ordered(plan.order, key, target)), plan.limit, plan.skip)


def _check(plan: Plan) -> None:
    if not plan.outputs:
        raise RefusalError("bad_plan", "A plan needs at least one output.")
    if any(True for _ in measures_in(plan.where)):
        raise RefusalError("bad_plan", "A condition on an aggregate is one on groups, which stands in `having`.")
    if plan.limit is not None and plan.limit < 0:
        raise RefusalError("bad_value", f"There are no {plan.limit} rows.", hint="A limit is 0 or more.")
    if (plan.skip or plan.firsts_of) and (plan.limit is None or not plan.order):
        raise RefusalError("bad_plan", "Which rows are the first needs an order and a limit.")
    if plan.firsts_of and (plan.combined or plan.distinct):
        raise RefusalError("bad_plan", "The first of each group are rows or groups of one plan.")


def _shows_rows_twice(plan: Plan, home: TableName, measures: list[Measure], target: Target, grammar: English) -> bool:
    """Whether a row may belong to several groups, and a measure would be changed by meeting it again in one."""
    counted_by_key = len(target.model.entity(home).key) == 1  # pyright: ignore[reportOptionalMemberAccess]
    sensitive = [each for each in measures if not is_proof(each) and not (each.of is None and counted_by_key)]
    if not sensitive:
        return False
    scope = Scope(target, grammar, home)
    columns = [column for key in group_keys(plan) for column in columns_in(key)]
    return any(edge.multiplies for column in columns for edge in scope.way(column))
