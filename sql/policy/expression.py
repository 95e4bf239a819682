"""An expression of a policy over the columns of one table: judged like any statement, kept in its own words.

Every column gets the name of the derived table before it, so that nothing outside (an alias, a WITH of ClickHouse) can
take its place; every `{user.x}` becomes a literal of the user's attribute when the user is known.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue
from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from core.catalog import Catalog, Table
from core.values import Violation
from sql.allowed import allowed
from sql.calls import calls
from sql.dialects import alias_key, column_key
from sql.names import qualified
from sql.parse import Parsed, parse
from sql.policy.literals import literals
from sql.rules.constructs import constructs
from sql.rules.functions import functions
from sql.rules.known_columns import known_columns
from sql.rules.known_tables import known_tables
from sql.rules.nodes import nodes
from sql.rules.one_batch import one_batch
from sql.rules.resources import resources
from sql.rules.types import types
from sql.statement import Rule, Statement
from sql.tables import similar_names
from sql.tree import has, span_of

SOURCE = "governed"
"""The name by which a governed table is known where it is read."""

MAX_CHARACTERS = 4_000

_ATTRIBUTE = re.compile(r"\{user\.([A-Za-z_]\w*)\}")
_RULES: tuple[Rule, ...] = (
    one_batch,
    nodes,
    constructs,
    functions,
    types,
    resources,
    known_tables,
    known_columns,
)
_UNFIT: tuple[type[exp.Expr], ...] = (exp.Query, exp.AggFunc, exp.Window, exp.Alias, exp.Star, exp.Explode)
_CONDITIONS = (exp.Predicate, exp.Connector, exp.Not, exp.Paren, exp.Boolean, exp.Column, exp.Func, exp.Case)


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a user's attribute; only inside `IN (...)` may it take several values."""

    attribute: str
    several: bool


@dataclass(frozen=True, slots=True)
class Template:
    """An expression with places for what is known of a user; `columns` are those that it reads."""

    pieces: tuple[str | Slot, ...]
    columns: frozenset[str]
    dialect: str

    @property
    def attributes(self) -> Iterator[str]:
        """What it must know of the user."""
        return (piece.attribute for piece in self.pieces if isinstance(piece, Slot))

    def text(self, attributes: Mapping[str, JsonValue]) -> str | None:
        """The expression for one user; None where an attribute is missing, or is no value that can be written."""
        written: list[str] = []
        for piece in self.pieces:
            if isinstance(piece, Slot):
                known = attributes.get(piece.attribute)
                filled = literals(known, several=piece.several, dialect=self.dialect)
                if filled is None:
                    return None
                written.append(filled)
            else:
                written.append(piece)
        return "".join(written)


def template(expression: str, *, table: Table, catalog: Catalog, condition: bool) -> Template | Violation:
    """The expression over the columns of `table`, or why it is none; a `condition` must be true or false."""
    if len(expression) > MAX_CHARACTERS:
        return _violation(f"The expression is longer than {MAX_CHARACTERS} characters.")
    opening = f"SELECT 1 FROM {qualified(table.full_name, catalog.dialect)} WHERE (\n"
    inner = _ATTRIBUTE.sub(lambda found: f"'{found[0]}'", expression.strip())
    parsed = parse(f"{opening}{inner}\n)", dialect=catalog.dialect)
    if not isinstance(parsed, Parsed):
        return _moved(parsed[0])
    alone = Catalog(catalog.dialect, (table,), catalog.search_path, extra=catalog.extra)
    statement = Statement(parsed, alone)
    found = next((each for rule in _RULES for each in rule(statement)), None)
    if found or (found := _unfit(statement, condition=condition)):
        return _moved(found)
    return _Cutter(statement, table).template(len(opening), len(opening) + len(inner))


def _unfit(statement: Statement, *, condition: bool) -> Violation | None:
    """Why it is not one plain expression."""
    select = statement.parsed.tree
    where = select.args.get("where")
    whole = {name for name in select.args if has(select, name)} == {"expressions", "from_", "where"}
    if not whole or not isinstance(where, exp.Where) or not isinstance(where.this, exp.Paren):
        return _violation("It must be one expression.")
    inner = where.this.this
    if any(token.comments for token in statement.parsed.tokens):
        return _violation("It may not hold a comment.", hint="YAML has comments of its own: `# ...`.")
    if inner.find(*_UNFIT):
        return _violation("It may not hold a query, an aggregate, a window, an alias or `*`.")
    makers = allowed(statement.dialect).table_functions
    if any(call.name in makers for call in calls(statement.parsed)):
        return _violation("It may not call a function that makes rows.")
    if condition and not isinstance(inner, _CONDITIONS):
        return _violation("It must be a condition, which is true or false for a row.")
    return None


class _Cutter:
    """Cuts the text at its columns and attributes."""

    def __init__(self, statement: Statement, table: Table) -> None:
        self.parsed = statement.parsed
        self.dialect = statement.dialect
        self.table = table
        self.known = {column_key(each.name, quoted=True, dialect=self.dialect): each.name for each in table.columns}
        self.read: set[str] = set()

    def template(self, start: int, end: int) -> Template | Violation:
        cuts: list[tuple[int, int, str | Slot]] = []
        for node in self.parsed.nodes:
            if isinstance(node, exp.Column):
                cut = self.column(node)
                if isinstance(cut, Violation):
                    return cut
                cuts.append(cut)
        slots = list(self.slots())
        if len(slots) != len(_ATTRIBUTE.findall(self.parsed.text)):
            return _violation("Write {user.x} without quotes: it becomes a whole value.")
        cuts += slots
        pieces: list[str | Slot] = []
        for first, behind, piece in sorted(cuts, key=lambda cut: cut[0]):
            pieces += [self.parsed.text[start:first], piece]
            start = behind
        pieces.append(self.parsed.text[start:end])
        return Template(tuple(pieces), frozenset(self.read), self.dialect)

    def column(self, node: exp.Column) -> tuple[int, int, str] | Violation:
        names = [each for each in node.parts if isinstance(each, exp.Identifier)]
        first, last = names[0], names[-1]
        key = column_key(last.name, quoted=bool(last.args.get("quoted")), dialect=self.dialect)
        if len(names) > 2 or (len(names) == 2 and not self.is_table(first)):
            return _violation(f"Name the column alone, instead of {node.sql(self.dialect)}.")
        if key not in self.known:
            similar = similar_names(last.name, self.known.values(), limit=1)
            hint = f"Did you mean {similar[0]}?" if similar else ""
            return _violation(f"The column {last.name} does not exist.", hint=hint)
        span = span_of(names)
        if span is None or "start" not in last.meta:
            return _violation(f"The column {last.name} is named in a way that cannot be followed.")
        self.read.add(self.known[key])
        start, end = span
        return start, end, f"{SOURCE}.{self.parsed.text[last.meta['start'] : end]}"

    def is_table(self, name: exp.Identifier) -> bool:
        own = alias_key(self.table.name, quoted=True, dialect=self.dialect)
        return alias_key(name.name, quoted=bool(name.args.get("quoted")), dialect=self.dialect) == own

    def slots(self) -> Iterator[tuple[int, int, Slot]]:
        tokens = self.parsed.tokens
        for place, token in enumerate(tokens):
            found = _ATTRIBUTE.fullmatch(token.text) if token.token_type == TokenType.STRING else None
            if found:
                yield token.start, token.end + 1, Slot(found[1], several=_is_listed(tokens[place - 2 : place + 2]))


def _is_listed(around: Sequence[Token]) -> bool:
    """Whether the tokens are `IN ( slot )`."""
    return [each.token_type for each in around] == [
        TokenType.IN,
        TokenType.L_PAREN,
        TokenType.STRING,
        TokenType.R_PAREN,
    ]


def _moved(violation: Violation) -> Violation:
    """Without its place, which is one in a text of ours."""
    if violation.rule == "syntax":
        return _violation("It cannot be read as an expression.")
    return violation.model_copy(update={"start": -1, "end": -1})


def _violation(message: str, *, hint: str = "") -> Violation:
    return Violation(rule="policy", message=message, hint=hint)
