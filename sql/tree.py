"""Typed access to sqlglot's nodes, whose arguments have no declared types."""

from collections.abc import Iterator, Sequence

from sqlglot import exp


def part(node: exp.Expr, name: str) -> exp.Expr | None:
    """One argument of a node when it is a node itself."""
    value: object = node.args.get(name)
    return value if isinstance(value, exp.Expr) else None


def parts(node: exp.Expr, name: str) -> Sequence[exp.Expr]:
    """The nodes of an argument that holds a list; also of one that holds a single node."""
    return tuple(_nodes(node.args.get(name)))


def _nodes(value: object) -> Iterator[exp.Expr]:
    if isinstance(value, exp.Expr):
        yield value
    elif isinstance(value, list):
        for each in value:  # pyright: ignore[reportUnknownVariableType]
            if isinstance(each, exp.Expr):
                yield each


def has(node: exp.Expr, name: str) -> bool:
    """Whether the argument is there and neither false nor empty."""
    return bool(node.args.get(name))


def span_of(names: Sequence[exp.Expr]) -> tuple[int, int] | None:
    """Where a name of several parts stands in the text; None where its tree does not tell."""
    start, end = names[0].meta.get("start"), names[-1].meta.get("end")
    return None if start is None or end is None else (start, end + 1)
