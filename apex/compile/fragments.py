"""Written SQL with its columns bound to the tables of a SELECT."""

from sqlglot import exp

from apex.compile.scope import Scope
from apex.compile.written import tree_of
from core.values.plans import ColumnOf, Written


def fragment(written: Written, scope: Scope) -> exp.Expr:
    """The tree, each column read where it stands in this SELECT; in parentheses where it joins conditions by OR."""

    def bound(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Column):
            return node
        return scope.grammar.expression(ColumnOf(table=written.table, column=node.name), scope)

    tree = tree_of(written).transform(bound)
    return exp.Paren(this=tree) if isinstance(tree, exp.Or) else tree
