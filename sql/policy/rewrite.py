"""Puts a policy under a statement: every place that names a limited table reads a derived table instead.

The text is changed at those places and nowhere else, so that the statement means what it meant, over fewer rows and
masked values. Whatever is asked about a masked column (WHERE, JOIN, GROUP BY, ORDER BY, a cast, an error) is asked of
the mask. A derived table that is already there is left alone: to govern twice is to govern once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlglot import exp

from core.access import Access, Governed
from core.values import Violation
from sql.names import qualified
from sql.policy.expression import SOURCE
from sql.policy.masks import KEY
from sql.resolve import TableReference
from sql.statement import Statement
from sql.tree import has, span_of

_BEFORE = frozenset({"from", "join", "straight_join", ",", "(", "apply"})
"""What may stand before a table where a derived table may stand too."""

_PLAIN_ONLY = ("pivots", "hints", "ordinality", "only", "partition", "sample", "indexed")
"""Parts that only a stored table can have."""

_NOT_PLAIN = (exp.Final, exp.Pivot, exp.Summarize)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The statement under its policy, and what the policy hides of what it reads, by full names."""

    sql: str
    filtered: list[str]
    masked: list[str]


class Cut(NamedTuple):
    """A piece of the text, and what stands there instead."""

    start: int
    end: int
    text: str


def rewrite(statement: Statement, sql: str, access: Access) -> Rewritten | list[Violation]:
    """`sql`, the accepted text of `statement`, under the user's policy; or why the two do not go together."""
    if statement.parsed.kind != "query":
        message = "EXPLAIN, SHOW and DESCRIBE tell of rows that a policy may hide."
        return [Violation(rule="policy", message=message, hint="Ask with a SELECT.")]
    rewriter = _Rewriter(statement, access)
    cuts = [*rewriter.tables(), *rewriter.columns()]
    violations = [each for each in cuts if isinstance(each, Violation)]
    made = sorted(each for each in cuts if isinstance(each, Cut))
    text = statement.parsed.text
    if not violations and KEY in "".join(_between(text, made)):
        violations.append(Violation(rule="policy", message="The key of masks may not stand in a statement."))
    if violations:
        return violations
    lead = text.find(sql)
    governed = {str(each.table.full_name): access.governed[each.table.full_name] for each in rewriter.limited}
    return Rewritten(
        sql=_spliced(sql, [Cut(each.start - lead, each.end - lead, each.text) for each in made]),
        filtered=sorted(name for name, each in governed.items() if each.filtered),
        masked=sorted(set(rewriter.masked())),
    )


class _Rewriter:
    def __init__(self, statement: Statement, access: Access) -> None:
        self.statement = statement
        self.text = statement.parsed.text
        self.access = access
        references = {id(each.node): each for each in statement.names.tables}
        self.kept: list[TableReference] = []
        self.limited = [each for each in references.values() if each.table.full_name in access.governed]

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of every token by its offset."""
        return {token.start: place for place, token in enumerate(self.statement.parsed.tokens)}

    def tables(self) -> Iterator[Cut | Violation]:
        """One cut for each reference to a limited table."""
        for each in self.limited:
            yield self.table(each)

    def table(self, reference: TableReference) -> Cut | Violation:
        node, governed = reference.node, self.access.governed[reference.table.full_name]
        span = span_of(node.parts)
        place = self.places.get(span[0]) if span else None
        if span is None or place is None:
            return self.violation(node, "It is named in a way that the policy cannot follow.")
        start, end = span
        if (there := self.already(reference, governed, start)) is not None:
            self.kept.append(reference)
            return Cut(there, there + len(governed.query), governed.query)
        if reason := self.unfit(node, place):
            return self.violation(node, reason)
        alias = "" if has(node, "alias") else f" AS {self.text[node.this.meta['start'] : end]}"
        return Cut(start, end, f"{governed.query}{alias}")

    def already(self, reference: TableReference, governed: Governed, start: int) -> int | None:
        """Where the derived table begins, when it is there and this is its table; no quote or comment may hold it."""
        named = f" FROM {qualified(reference.table.full_name, self.statement.dialect)} AS {SOURCE}"
        begin = start - governed.query.find(named) - len(" FROM ")
        return begin if begin in self.places and self.text.startswith(governed.query, begin) else None

    def unfit(self, node: exp.Table, place: int) -> str:
        """Why a derived table cannot stand here; empty when it can."""
        odd = next((name for name in _PLAIN_ONLY if has(node, name)), "")
        tokens = self.statement.parsed.tokens
        before = tokens[place - 1].text.lower() if place else ""
        after = [each.text for each in tokens[place + 2 * len(node.parts) - 1 :][:1]]
        if odd or isinstance(node.parent, _NOT_PLAIN) or before not in _BEFORE or after == ["*"]:
            return "A table with limits can only be read plainly, as in FROM or JOIN."
        return ""

    def columns(self) -> Iterator[Cut | Violation]:
        """`schema.table.column` without its schema, which a derived table does not have."""
        names = {(each.table.schema.lower(), each.table.name.lower()) for each in self.limited}
        for node in self.statement.parsed.nodes if names else ():
            if not isinstance(node, exp.Column) or len(node.parts) < 3:
                continue
            schema, table = node.parts[-3:-1]
            if (schema.name.lower(), table.name.lower()) not in names:
                continue
            span = span_of(node.parts[:-1])
            if self.sources[table.name.lower()] > 1 or span is None:
                yield self.violation(node, "Its table is one of several that are called the same.")
            else:
                yield Cut(span[0], table.meta["start"], "")

    @cached_property
    def sources(self) -> Counter[str]:
        """How often each name stands for something to read from."""
        kinds = (exp.Table, exp.Subquery, exp.CTE, exp.UDTF)
        return Counter(each.alias_or_name.lower() for each in self.statement.parsed.nodes if isinstance(each, kinds))

    def masked(self) -> Iterator[str]:
        """The masked columns that the statement reads: by name, by `*`, with a whole row, or in what is kept."""
        governed = self.access.governed
        for origin in self.statement.names.columns:
            if origin.table in governed and origin.column in governed[origin.table].masked:
                yield str(origin)
        nodes = self.statement.parsed.nodes if self.limited else ()
        alone = {each.name.lower() for each in nodes if _is_bare(each)}
        rows = [each for each in self.limited if each.node.alias_or_name.lower() in alone]
        for name in (each.table.full_name for each in (*rows, *self.kept)):
            yield from (f"{name}.{column}" for column in sorted(governed[name].masked))

    def violation(self, node: exp.Expr, message: str) -> Violation:
        return self.statement.violation("policy", node, message, hint="Write FROM with the table and an alias.")


def _is_bare(node: exp.Expr) -> bool:
    return isinstance(node, exp.Column) and len(node.parts) == 1


def _between(text: str, cuts: Iterable[Cut]) -> Iterator[str]:
    """The text outside of the cuts, which are in order."""
    place = 0
    for cut in cuts:
        yield text[place : cut.start]
        place = cut.end
    yield text[place:]


def _spliced(text: str, cuts: Sequence[Cut]) -> str:
    """The text with every cut made."""
    kept = list(_between(text, cuts))
    return "".join(part for pair in zip(kept, (*(cut.text for cut in cuts), ""), strict=True) for part in pair)
