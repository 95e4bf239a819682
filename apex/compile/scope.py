"""The tables of one SELECT: a tree of relations that grows as columns are named, and becomes FROM and JOIN."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Protocol

from sqlglot import exp

from apex.compile.refusal import RefusalError
from apex.compile.target import Target
from apex.model import Attribute, Edge, Path
from apex.model.names import via_word
from core.catalog import TableName
from core.values.plans import ColumnOf, Condition, Expression, Plan

Way = tuple[Edge, ...]
"""How a table is reached from the first of the SELECT; empty for that itself."""

_SCOPE = "scope"
DEEPEST = 8
"""So many sub-selects stand inside one another."""


@dataclass(frozen=True, slots=True)
class Node:
    """A table in FROM."""

    table: TableName
    alias: str


class Grammar(Protocol):
    """How the parts of a plan are written; plans nest, so every part may need every other."""

    def expression(self, value: Expression, scope: "Scope") -> exp.Expr:
        """One expression."""
        ...

    def where(self, condition: Condition | None, scope: "Scope") -> list[exp.Expr]:
        """Conditions on rows, all of which must hold."""
        ...

    def query(self, plan: Plan, target: Target) -> exp.Query:
        """A whole plan."""
        ...

    def output_names(self, plan: Plan, target: Target) -> list[str]:
        """What its columns are called."""
        ...


class Scope:
    """One SELECT's tables; `mentioned` are the tables that the plan names, which settle between equally short ways."""

    def __init__(
        self,
        target: Target,
        grammar: Grammar,
        root: TableName,
        *,
        mentioned: Iterable[TableName] = (),
        taken: Iterable[str] = (),
        entered: Edge | None = None,
        depth: int = 0,
    ) -> None:
        self.target = target
        self.grammar = grammar
        self.root = root
        self.mentioned = frozenset(mentioned)
        self.entered = entered
        self.depth = depth
        self.mark = next(target.marks)
        """What tells its columns from those of sub-selects."""
        self.taken = set(taken)
        self.nodes: dict[Way, Node] = {}
        self.places: dict[tuple[str, str, str], tuple[Way, str]] = {}
        """Where each column was found first, for it must be written alike everywhere."""
        self.opened: set[Way] = set()
        """Ways that multiply rows and are meant to."""
        self.anchor: Way = ()
        """The way to the table that the plan is about."""
        self.known: list[tuple[Expression, exp.Expr]] = []
        """What a sub-select has calculated already."""
        self.optional: dict[Way, list[exp.Expr]] = {}
        """Ways whose rows need not be there, each with what a row must meet to be joined."""
        self.correlated = False
        self.node(())

    def inner(self, root: TableName, *, entered: Edge | None = None) -> "Scope":
        """A sub-select that may name what stands here, so that its own names differ."""
        if self.depth == DEEPEST:
            raise RefusalError("unsupported", f"The conditions on {root} go too far from what is asked for.")
        return Scope(
            self.target,
            self.grammar,
            root,
            mentioned=self.mentioned,
            taken=self.taken,
            entered=entered,
            depth=self.depth + 1,
        )

    # --- ways

    def way(self, column: ColumnOf) -> Way:
        """How the column's table is reached; refuses what cannot be reached, or only in several ways."""
        return self.way_to(self._name(column.table), column.via)

    def way_to(self, table: TableName, via: str = "", *, backward: bool = False) -> Way:
        """The same for a table; a relation to itself is taken forward, unless `backward`."""
        if self.entered and via and via in _vias(self.entered):
            via = ""
        paths = self.target.model.paths(self.root, table, via=via)
        if not paths:
            raise RefusalError(
                "not_joined",
                f"There is no known relation between {self.root} and {table}.",
                hint="Add a foreign key, or a table DataPoint with `joins`.",
            )
        best = _best(paths, self.mentioned, backward=backward)
        if len(best) > 1:
            vias = _parting(best)
            raise RefusalError(
                "ambiguous",
                f"{table} can be reached from {self.root} in {len(best)} ways: {', '.join(vias)}.",
                hint="Say by which relation.",
                alternatives=vias,
            )
        return best[0].edges

    def open(self, way: Way) -> None:
        """Let this way multiply rows: what it leads to is shown or grouped by."""
        for length in range(1, len(way) + 1):
            self.opened.add(way[:length])

    def closed_step(self, way: Way) -> int | None:
        """The place of the first step that would multiply rows without being meant to."""
        for place, edge in enumerate(way):
            if edge.multiplies and way[: place + 1] not in self.opened:
                return place
        return None

    # --- columns

    def attribute(self, column: ColumnOf) -> Attribute:
        """What the column means."""
        found = self.target.model.attribute(column)
        if found is None:
            raise RefusalError("unknown", f"There is no column {column.table}.{column.column}.")
        return found

    def column(self, column: ColumnOf) -> exp.Expr:
        """The column, its table joined; the key of another table is taken from the column that refers to it."""
        found = self.places.get((column.table, column.column, column.via))
        if found is None:
            found = self.places[column.table, column.column, column.via] = self._place(column)
        return self.at(*found)

    def _place(self, column: ColumnOf) -> tuple[Way, str]:
        name = self.attribute(column).name
        way = self.way(column)
        while way and way not in self.nodes:
            referring = self._referring(way[-1], name)
            if referring is None:
                break
            name, way = referring, way[:-1]
        return way, name

    def at(self, way: Way, name: str) -> exp.Column:
        """A column of a table in this SELECT, by its stored name."""
        column = self.target.column(name, self.node(way).alias)
        column.meta[_SCOPE] = self.mark
        return column

    def _referring(self, edge: Edge, name: str) -> str | None:
        """The column on the near side that always equals this one on the far side."""
        if not edge.forward or len(edge.source_columns) != 1 or edge.target_columns != (name,):
            return None
        near = self.target.model.attribute(ColumnOf(table=str(edge.source), column=edge.source_columns[0]))
        far = self.target.model.attribute(ColumnOf(table=str(edge.target), column=name))
        alike = near is not None and far is not None and near.stored == far.stored
        return near.name if alike and near and not near.nullable and edge.relation.declared else None

    # --- FROM and JOIN

    def node(self, way: Way) -> Node:
        """The table at the end of a way, joined with all that leads there."""
        found = self.nodes.get(way)
        if found:
            return found
        if way:
            self.node(way[:-1])
        table = way[-1].target if way else self.root
        node = self.nodes[way] = Node(table, self._alias(table, way))
        self.taken.add(node.alias.lower())
        return node

    def finish(self, select: exp.Select) -> exp.Select:
        """Give the SELECT its FROM and JOINs; with one table, columns need no qualifier."""
        first, *others = self.nodes.items()
        select.set("from_", exp.From(this=self.target.table(first[1].table, first[1].alias)))
        for way, node in others:
            condition = exp.and_(*self._on(way), *self.optional.get(way, ()), copy=False)
            side = "LEFT" if way in self.optional else None
            select.append("joins", exp.Join(this=self.target.table(node.table, node.alias), on=condition, side=side))
        if not others and not self.correlated:
            for column in select.find_all(exp.Column):
                if column.meta.get(_SCOPE) == self.mark:
                    column.set("table", None)
        return select

    def _on(self, way: Way) -> Iterable[exp.Expr]:
        edge = way[-1]
        for near, far in zip(edge.source_columns, edge.target_columns, strict=True):
            yield exp.EQ(this=self.at(way[:-1], near), expression=self.at(way, far))

    def _alias(self, table: TableName, way: Way) -> str:
        """The table's own name, else with the relation's, else with a number."""
        tried = [table.name, *(f"{table.name}_{via_word(edge.relation.columns[0])}" for edge in way[-1:])]
        numbered = (f"{table.name}_{number}" for number in count(2))
        return next(name for name in chain(tried, numbered) if name.lower() not in self.taken)

    def _name(self, text: str) -> TableName:
        table = self.target.model.table(text)
        if table is None:
            raise RefusalError("unknown", f"There is no table {text}.")
        return table.full_name


def _parting(paths: Sequence[Path]) -> list[str]:
    """The relations in which ways differ: the first of them, or else the last."""
    ends = ([path.vias[place] if path.vias else "" for path in paths] for place in (0, -1))
    return next((vias for vias in ends if len(set(vias)) > 1), [next(iter(path.vias), "") for path in paths])


def _best(paths: Iterable[Path], mentioned: frozenset[TableName], *, backward: bool) -> list[Path]:
    """Those over tables that link others first, then mentioned ones, straight ways, least multiplying, the surest."""

    def rank(path: Path) -> tuple[int, int, int, int, float]:
        over = -sum(edge.target in mentioned for edge in path.edges[:-1])
        many = sum(edge.multiplies for edge in path.edges)
        turned = -many if backward and len(path.edges) == 1 else many
        return path.meetings, over, path.bends, turned, -round(path.confidence, 2)

    ranked = sorted((rank(path), place, path) for place, path in enumerate(paths))
    return [path for each, _, path in ranked if each == ranked[0][0]]


def _vias(edge: Edge) -> set[str]:
    return {f"{edge.relation.table}.{column}" for column in edge.relation.columns}
