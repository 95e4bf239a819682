"""A statement before its judges: the tree, and what its names mean in one catalog."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from sqlglot import exp

from core.catalog import Catalog
from core.values import Violation
from sql.parse import Parsed
from sql.resolve import Names, resolve


@dataclass(frozen=True)
class Statement:
    """What every rule sees."""

    parsed: Parsed
    catalog: Catalog

    @property
    def dialect(self) -> str:
        """sqlglot's name of the dialect."""
        return self.parsed.dialect

    @cached_property
    def names(self) -> Names:
        """The meaning of every table and column, resolved on first use."""
        return resolve(self.parsed, self.catalog)

    def violation(self, rule: str, node: exp.Expr, message: str, *, hint: str = "") -> Violation:
        """A violation that points at the node, or at the first of its parts that has a place in the text."""
        for part in node.walk(bfs=False) if self.parsed.kind in ("query", "explain") else ():
            start, end = part.meta.get("start"), part.meta.get("end")
            if start is not None and end is not None:
                return Violation(rule=rule, message=message, hint=hint, start=start, end=end + 1)
        return Violation(rule=rule, message=message, hint=hint)


Rule = Callable[[Statement], Iterable[Violation]]
