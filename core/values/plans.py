"""What a question asks of the data, before it is SQL in any dialect."""

from typing import Annotated, Literal

from pydantic import Field

from core.values.base import Value

Constant = str | int | float | bool | None
Grain = Literal["hour", "day", "week", "month", "quarter", "year"]
Part = Literal["hour of day", "weekday", "day of month", "month of year", "quarter of year"]
Span = Literal["second", "minute", "hour", "day"]
Operation = Literal["+", "-", "*", "/"]
Aggregate = Literal["count", "sum", "avg", "min", "max", "median", "stddev"]
Operator = Literal["=", "!=", "<", "<=", ">", ">=", "in", "between", "contains", "starts with", "ends with", "is null"]


class ColumnOf(Value):
    """A column. `table` is `schema.name`; `via` is the foreign key column (`schema.name.column`) by which the table is
    reached, where several lead there (source and destination airport); empty where one does."""

    kind: Literal["column"] = "column"
    table: str
    column: str
    via: str = ""


class Literally(Value):
    """A constant in an expression; `type` is `date` or `timestamp` for ISO 8601 text that is a moment."""

    kind: Literal["constant"] = "constant"
    value: Constant
    type: Literal["", "date", "timestamp"] = ""


class Grained(Value):
    """A moment cut to a grain, or a part of it."""

    kind: Literal["grained"] = "grained"
    of: ColumnOf
    grain: Grain | Part


class Elapsed(Value):
    """How long it was from one moment to another: days of the calendar as a whole number, anything smaller exactly."""

    kind: Literal["elapsed"] = "elapsed"
    start: ColumnOf
    end: ColumnOf
    unit: Span = "day"


class Arithmetic(Value):
    """Two expressions, calculated with; a division is exact and NULL where the divisor is 0."""

    kind: Literal["arithmetic"] = "arithmetic"
    operator: Operation
    left: "Expression"
    right: "Expression"


class Measure(Value):
    """An aggregate. `of` None counts rows of `table`; `where` restricts it to some rows (FILTER)."""

    kind: Literal["measure"] = "measure"
    aggregate: Aggregate
    of: "Expression | None" = None
    table: str = ""
    """What is counted where `of` is None, `schema.name`."""
    distinct: bool = False
    where: "Condition | None" = None
    metric: str = ""
    """The metric DataPoint that defines it, by id."""
    time: ColumnOf | None = None
    """The column that its time is told by, where the measures of a plan are told by several."""
    running: "Running | None" = None
    """Over which time before each moment it is taken, where that is more than the moment's own."""


class Running(Value):
    """Another time than the plan's own: `back` so many `unit`s earlier; or a measure that runs on, over the last
    `window` of `unit`s, from the start of a grain (`to_date`), or over all that came before."""

    window: int | None = None
    back: int = 0
    unit: Grain = "day"
    to_date: Grain | None = None


class Written(Value):
    """SQL over the columns of one table, as an approved DataPoint says it: an expression or a condition."""

    kind: Literal["written"] = "written"
    sql: str
    table: str
    dialect: str = ""
    """sqlglot's name of the dialect that it is written in."""
    words: str = ""
    """What it means, for people; empty where the SQL speaks for itself."""


class Scalar(Value):
    """The single value of another plan: "older than the average"."""

    kind: Literal["scalar"] = "scalar"
    plan: "Plan"


Expression = Annotated[
    ColumnOf | Literally | Grained | Elapsed | Arithmetic | Measure | Written | Scalar, Field(discriminator="kind")
]


class Comparison(Value):
    """One expression compared; on a measure it applies to groups (HAVING). Text is compared as written."""

    kind: Literal["comparison"] = "comparison"
    left: Expression
    operator: Operator
    right: list[Expression] = []
    """Nothing for `is null`, two for `between` (both included), any number for `in`, else one."""
    fold: bool = False
    """Whether letter case is ignored."""


class Within(Value):
    """Rows whose column is among what another plan of one column gives."""

    kind: Literal["within"] = "within"
    left: ColumnOf
    plan: "Plan"


class Related(Value):
    """Rows that have at least one related row in `table` (reached `via`), of those that satisfy `where`."""

    kind: Literal["related"] = "related"
    table: str
    via: str = ""
    where: "Condition | None" = None


class Negation(Value):
    """What does not hold; rows of unknown truth stay out, save for Related and Within, where absence is asked for."""

    kind: Literal["not"] = "not"
    of: "Condition"


class Combination(Value):
    """All of, or any of, several conditions."""

    kind: Literal["all", "any"]
    of: list["Condition"]


Condition = Annotated[Comparison | Within | Related | Written | Negation | Combination, Field(discriminator="kind")]


class TimeRange(Value):
    """From `start` up to, but without, `end`: ISO 8601, local to the setting's zone; None is open. `words` as asked."""

    column: ColumnOf
    start: str | None = None
    end: str | None = None
    words: str = ""


class Output(Value):
    """One column of the result, in the order asked for. A group is made of all outputs that are no measure."""

    value: Expression
    name: str = ""
    decimals: int | None = None
    """To how many decimals it is rounded; None as it is."""


class Order(Value):
    """What the rows are ordered by: any expression, shown or not."""

    by: Expression
    descending: bool = False


class Compared(Value):
    """The same measures over another period, beside the plan's own."""

    time: TimeRange
    words: str = ""


class Plan(Value):
    """What a question asks: which outputs, of which rows, in which order.

    Joins are not part of it: they follow from the tables that are named and from the relations of the model.
    """

    table: str
    """The table whose rows the question is about, `schema.name`."""
    outputs: list[Output]
    where: Condition | None = None
    time: TimeRange | None = None
    having: Condition | None = None
    group: list[Expression] = []
    """What is grouped by without being shown, beside the outputs that are no measure."""
    order: list[Order] = []
    limit: int | None = None
    ties: bool = False
    """Whether rows that equal the last one of `limit` are given too."""
    skip: int = 0
    """So many of the first rows are left out: the second highest."""
    firsts_of: list[Expression] = []
    """Groups of rows of which each has its own order and `limit`, with rows that equal the last one: the dearest
    product of each category."""
    distinct: bool = False
    zeros: bool = False
    """Whether groups without any row are given too: every customer, also those without an order."""
    compared: Compared | None = None
    combined: "Combined | None" = None
    """A set operation with a second plan of as many outputs; `order` and `limit` are those of the whole."""
    metrics: list[str] = []
    """The DataPoints whose definitions it uses, by id."""


class Combined(Value):
    """`both`: rows of both plans (INTERSECT); `either`: of one or the other (UNION); `without`: not of the second."""

    kind: Literal["both", "either", "without"]
    plan: Plan
