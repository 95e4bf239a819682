"""Text that contains, starts with or ends with something, where `%` and `_` in it are letters like others."""

from sqlglot import exp

from apex.compile.target import Target

_FOLDS_ALWAYS = frozenset({"sqlite"})
"""Here LIKE does not tell capitals from small letters; in MySQL that is up to the column's collation."""
_NO_ESCAPE_CLAUSE = frozenset({"clickhouse", "bigquery"})
_ESCAPE = "!"


def pattern(value: exp.Expr, operator: str, sought: str, *, fold: bool, target: Target) -> exp.Expr:
    """A LIKE; without folding where the dialect's LIKE folds, a search that does not."""
    if not fold and target.dialect == "sqlite":
        return _exact_in_sqlite(value, operator, sought)
    if fold and target.dialect not in _FOLDS_ALWAYS:
        value, sought = exp.Lower(this=value), sought.lower()
    escape = "\\" if target.dialect in _NO_ESCAPE_CLAUSE else _ESCAPE
    text, escaped = _escaped(sought, escape)
    before, after = operator != "starts with", operator != "ends with"
    like = exp.Like(this=value, expression=exp.Literal.string(f"{'%' * before}{text}{'%' * after}"))
    if not escaped or target.dialect in _NO_ESCAPE_CLAUSE:
        return like
    return exp.Escape(this=like, expression=exp.Literal.string(escape))


def _escaped(text: str, escape: str) -> tuple[str, bool]:
    """The text with its wildcards taken literally; a backslash is one wherever LIKE reads it so."""
    found = "".join(f"{escape}{each}" if each in f"%_{escape}" else each for each in text)
    return found, found != text or "\\" in text


def _exact_in_sqlite(value: exp.Expr, operator: str, sought: str) -> exp.Expr:
    literal = exp.Literal.string(sought)
    if operator == "contains":
        return exp.GT(this=exp.Anonymous(this="INSTR", expressions=[value, literal]), expression=exp.Literal.number(0))
    start = exp.Literal.number(1) if operator == "starts with" else exp.Neg(this=exp.Literal.number(len(sought)))
    cut = exp.Anonymous(this="SUBSTR", expressions=[value, start, exp.Literal.number(len(sought))])
    return exp.EQ(this=cut, expression=literal)
