"""The operators of questions about metrics, one small rule per form; each reads the words from a place on.

A rule gives the place behind what it read, or None; the first to read something decides.
"""

from collections.abc import Callable

from apex.metric_questions.rules.changes import change, compared, from_to, percent
from apex.metric_questions.rules.fillers import backward, counting, filler, sign, told_anyway
from apex.metric_questions.rules.filters import column_filter, value_filter
from apex.metric_questions.rules.grains import each_of, grain, over_time
from apex.metric_questions.rules.groups import group, standing, which
from apex.metric_questions.rules.metrics import metric
from apex.metric_questions.rules.orders import first_rows, ordered, superlative, top
from apex.metric_questions.rules.parameters import parameter
from apex.metric_questions.rules.periods import period, weekdays
from apex.metric_questions.rules.shares import share
from apex.metric_questions.rules.thresholds import threshold
from apex.metric_questions.scan import Scan

Rule = Callable[[Scan, int], int | None]

RULES: tuple[Rule, ...] = (
    parameter,
    ordered,
    from_to,
    compared,
    each_of,
    over_time,
    first_rows,
    top,
    share,
    threshold,
    which,
    superlative,
    grain,
    group,
    period,
    weekdays,
    change,
    percent,
    metric,
    counting,
    column_filter,
    value_filter,
    standing,
    sign,
    filler,
    backward,
    told_anyway,
)
"""Order is design: what binds several words comes before what reads one."""
