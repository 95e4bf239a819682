"""The engine, to be used alone: a model in, plans and metrics as SQL out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from apex.compile import Compilation, Refusal, compile_plan
from apex.compile.refusal import RefusalError
from apex.compile.target import Target
from apex.metrics.declared import inputs_of, metric_named
from apex.metrics.executed import arguments_of, places_of, run_of
from apex.metrics.requests import Request, condition_of, plan_of, time_of
from apex.model import Model
from apex.rules import under_rules
from core.values.calendar import Calendar
from core.values.plans import Condition, Expression, Grain, Plan, TimeRange
from datapoints.kinds.metric import MetricDataPoint
from datapoints.parts.parameters import Argument, Template
from sql.dialects import known_dialect


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL, what it rests on, and what was assumed. `plan` is None where a template was run."""

    sql: str
    dialect: str
    plan: Plan | None = None
    assumptions: tuple[str, ...] = ()
    datapoints: tuple[tuple[str, int], ...] = ()
    """The DataPoints that it rests on: id and version."""
    verified: bool = False
    """Whether a written definition was run, and nothing guessed."""


@dataclass(frozen=True)
class Engine:
    """Compiles for one model; by default for its database's dialect. All refusals are values."""

    model: Model
    dialect: str = ""
    calendar: Calendar = field(default_factory=Calendar)

    def compile(self, plan: Plan) -> Statement | Refusal:
        """The SQL of a plan, under the rules of the business."""
        try:
            ruled = under_rules(plan, self.model)
        except RefusalError as error:
            return error.refusal
        done = compile_plan(ruled.plan, self.model, self._dialect, calendar=self.calendar)
        if not isinstance(done, Compilation):
            return done
        used = [*self._versions(ruled.plan.metrics), *((rule.id, rule.version) for rule in ruled.rules)]
        return Statement(
            done.sql, done.dialect, ruled.plan, ruled.assumptions, tuple(used), verified=bool(plan.metrics)
        )

    def metric(
        self,
        name: str,
        *,
        group_by: Sequence[str | Expression] = (),
        where: Sequence[Condition | str] = (),
        time: TimeRange | tuple[str | None, str | None] | None = None,
        grain: Grain | None = None,
        order: Sequence[str] = (),
        limit: int | None = None,
        parameters: Mapping[str, Argument] | None = None,
    ) -> Statement | Refusal:
        """The SQL of a metric, by its id, name or synonym; `parameters` are those of a template."""
        request = Request(
            metric=name, group_by=group_by, where=where, time=time, grain=grain, order=order, limit=limit
        )  # fmt: skip
        try:
            metric = metric_named(name, self.model)
            if metric.execution is None or metric.execution.type is not None:
                return self.compile(plan_of(request, self.model))
            return self._run(metric, metric.execution, request, parameters or {})
        except RefusalError as error:
            return error.refusal

    def query(
        self, name: str, *, where: Sequence[Condition] = (), parameters: Mapping[str, Argument] | None = None
    ) -> Statement | Refusal:
        """The SQL of a written query, by its id."""
        found = self.model.queries.get(name)
        if found is None:
            known = sorted(self.model.queries)
            hint = f"Known queries: {', '.join(known[:10]) or 'none'}."
            return Refusal(reason="unknown", message=f"There is no query {name!r}.", hint=hint, alternatives=known)
        try:
            sql = run_of(found.execution, parameters or {}, where, self._target, of=found.id)
        except RefusalError as error:
            return error.refusal
        return self._written(sql, [(found.id, found.version)])

    def _run(
        self, metric: MetricDataPoint, template: Template, request: Request, parameters: Mapping[str, Argument]
    ) -> Statement:
        _check_template(metric, template, request)
        time = time_of(request, metric) if request.time else None
        given = {**arguments_of(template, time, request.grain), **parameters}
        held = [condition_of(each, metric, self.model) for each in request.where]
        sql = run_of(template, given, held, self._target, of=metric.id)
        return self._written(sql, [(metric.id, metric.version)])

    def _written(self, sql: str, used: Iterable[tuple[str, int]]) -> Statement:
        return Statement(sql, self._dialect, datapoints=tuple(used), verified=True)

    def _versions(self, metrics: Iterable[str]) -> list[tuple[str, int]]:
        ids = dict.fromkeys(each for name in metrics for each in inputs_of(name, self.model))
        return [(name, self.model.metrics[name].version) for name in ids]

    @property
    def _dialect(self) -> str:
        return known_dialect(self.dialect or self.model.catalog.dialect)

    @property
    def _target(self) -> Target:
        return Target(self.model, self._dialect, self.calendar)


def _check_template(metric: MetricDataPoint, template: Template, request: Request) -> None:
    """A template gives what it gives: what has no place in it cannot be asked for."""
    taken = places_of(template)
    if request.group_by:
        raise RefusalError(
            "not_joined",
            f"The metric {metric.id} runs SQL of its own, which cannot be grouped by {request.group_by[0]}.",
            hint="Declare it by a `type` and a `measure`, or give its template a parameter for it.",
        )
    if request.grain and "grain" not in taken:
        raise RefusalError("not_joined", f"The metric {metric.id} takes no grain.")
    if request.time and "start" not in taken and "end" not in taken:
        raise RefusalError("not_joined", f"The metric {metric.id} takes no period.")
