"""What rules make of the pieces: outputs, conditions, groups and orders, whose names may still mean several columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from apex.language.moments_periods import Period
from apex.linking.link import Link
from apex.reading.pieces import Piece
from core.profile import Scalar
from core.values.plans import Aggregate, Grain, Operation, Operator, Part, Span

Meant = Literal["column", "table", "value"]


@dataclass(eq=False)
class Ref:
    """Words that name a column, a table or a value, with everything they may mean; `owner` is the table beside them."""

    piece: Piece
    meant: Meant
    links: tuple[Link, ...]
    owner: "Ref | None" = None
    near: "Ref | None" = None
    """What a clause speaks of in which it stands: of `a cat that is 3 years old` the cat."""
    literal: Scalar = None
    grain: Grain | Part | None = None
    """The unit that a moment is cut to."""
    """What a value is compared with where it is not among the stored ones."""


@dataclass(eq=False)
class Term:
    """One thing asked for: a column, an aggregate of one, or a count of rows."""

    of: Ref | None
    aggregate: Aggregate | None = None
    distinct: bool = False
    until: Ref | None = None
    """The moment up to which time goes by, from that of `of`."""
    unit: Span = "day"
    """What that time is told in."""
    rows: Ref | None = None
    """The table whose rows are counted, or which a value over other rows is about."""
    where: "list[Wish | Either]" = field(default_factory=list["Wish | Either"])
    """What is said of these other rows, or of those of one measure alone."""
    share: int = 0
    """Whether it is told by the same measure of all rows: times this, where it is not 0."""
    operation: Operation | None = None
    """How it is calculated with the `other`: a measure with a measure, or in the aggregate a column with a column."""
    other: "Term | None" = None
    extreme: "Extreme | None" = None
    """Which of the other rows has the value."""

    @property
    def measured(self) -> bool:
        """Whether it is calculated over several rows."""
        return self.aggregate is not None


@dataclass(eq=False)
class Test:
    """A column, or an aggregate, compared with constants or with a term over all rows."""

    left: Term
    operator: Operator
    right: Sequence[Scalar | Term] = ()
    negated: bool = False
    fold: bool = False
    apart: bool = False
    """Whether another related row may satisfy it than satisfies the other tests: `in both 2014 and 2015`."""


@dataclass(eq=False)
class OneOf:
    """Values: rows have one of them; `all` of them where each is in another related row."""

    values: list[Ref]
    negated: bool = False
    all: bool = False
    joined: bool = False
    """Whether "and" stands between them: `plays chess and football` asks for both where a row can have both."""
    column: Ref | None = None
    """The column that stands beside them."""
    direction: frozenset[str] = frozenset()
    """Words of the columns that say whether something comes from there, or goes there."""


HOW_MANY = "how many"
"""A doubt: several are asked for, and it is not said how many."""


@dataclass(eq=False)
class Exists:
    """At least one related row, or none."""

    rows: Ref
    negated: bool = False
    via: str = ""
    """The referring column that is spoken of, as plans name it."""
    where: "list[Wish | Either]" = field(default_factory=list["Wish | Either"])


@dataclass(eq=False)
class Extreme:
    """Rows whose term is the largest or smallest: the order and limit of the whole, or of a plan in a condition."""

    by: Term
    descending: bool
    limit: int = 1
    skip: int = 0
    """So many come before: one before the second highest."""
    of: Ref | None = None
    attached: bool = False
    """Whether it says of no others which are meant: `the products of the brand with the most orders`."""
    done: bool = False
    """Whether it is counted how often something was done with the rows, which another table tells."""


@dataclass(eq=False)
class During:
    """A moment lies in a time, or on one of some days of the week (1 is Monday)."""

    column: Ref
    period: Period | None = None
    weekdays: Sequence[int] = ()
    negated: bool = False


Wish = Test | OneOf | Exists | During


@dataclass(eq=False)
class Either:
    """Conditions of which one holds."""

    of: list["Wish | Either"]


@dataclass
class Draft:
    """The whole question, as far as it was read."""

    outputs: list[Term] = field(default_factory=list[Term])
    subjects: list[Ref] = field(default_factory=list[Ref])
    wishes: "list[Wish | Either]" = field(default_factory=list["Wish | Either"])
    groups: list[Ref] = field(default_factory=list[Ref])
    orders: list[tuple[Term, bool]] = field(default_factory=list[tuple[Term, bool]])
    extreme: Extreme | None = None
    limit: int | None = None
    lowest: bool = False
    """Whether the limit keeps the last ones."""
    also: Ref | None = None
    """Another table, of whose rows the same is shown."""
    distinct: bool = False
    zeros: bool = False
    """Whether groups without any row are shown, too."""
    everything: bool = False
    bounds: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    """Numbers, with how they compare, for what was compared in the question before."""
    again: list[Aggregate] = field(default_factory=list[Aggregate])
    """Aggregates of what was shown in the question before."""
    turned: bool | None = None
    """Whether what was shown in the question before is to come in descending order; None where nothing is said."""
    one_by_one: bool = False
    """Whether something is asked of each row that the question before had shown."""
    others: bool = False
    """Whether all rows are meant but those of the question before."""
    than_that: Operator | None = None
    """How what is meant compares with the answer before."""
    counts_them: bool = False
    """Whether it is asked how many of the rows of the question before are so and so."""
    which: bool = False
    """Whether it is asked which of the rows of the question before are meant."""
    groups_first: bool = False
    """Whether "for each" is said before what is asked."""
    never: bool = False
    """Whether a condition must hold of none of several rows: `that have never had rain`."""
    common: bool = False
    """Whether what is shown must belong to all rows of the other table that is spoken of."""
    each: bool = False
    """Whether the question says for each of what it asks."""
    rules: list[str] = field(default_factory=list[str])
    skipped: list[Piece] = field(default_factory=list[Piece])
    """Pieces that no rule read."""
    doubts: list[str] = field(default_factory=list[str])
    """What made a choice between two readings necessary."""
