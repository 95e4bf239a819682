"""Where a statement calls something: every name before a parenthesis, found in the tokens rather than in the tree.

A tree hides calls: in FROM, in ROWS FROM, in defaults, behind names that sqlglot translates. In the text of every
dialect a call looks the same, so this reading cannot miss one, and the place for the message comes for free.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from sql.allowed import allowed_syntax
from sql.parse import Parsed

_NAME = re.compile(r"[^\W\d][\w$]*\Z")

_TEXT_TOKENS = frozenset({TokenType.STRING, TokenType.NATIONAL_STRING, TokenType.HEREDOC_STRING, TokenType.RAW_STRING})


class Call(NamedTuple):
    """A name before a parenthesis, in lower case, with the names before its dot; `start` and `end` are its place."""

    name: str
    path: tuple[str, ...]
    start: int
    end: int


def calls(statement: Parsed) -> Iterator[Call]:
    """Every call in the statement; names that only declare columns (`AS t(a, b)`, `WITH t(a) AS`) are none."""
    declared = _declared(statement)
    tokens = statement.tokens
    for place, token in enumerate(tokens):
        if token.token_type != TokenType.L_PAREN or not place:
            continue
        before = tokens[place - 1]
        if before.start in declared:
            continue
        if call := _call(tokens, place - 1):
            yield call


def _call(tokens: Sequence[Token], place: int) -> Call | None:
    token = tokens[place]
    path = _path(tokens, place)
    if token.token_type == TokenType.IDENTIFIER or token.token_type in _TEXT_TOKENS:
        return Call(token.text.lower(), path, token.start, token.end + 1)
    if not _NAME.match(token.text) or (not path and token.text.lower() in allowed_syntax().words):
        return None
    return Call(token.text.lower(), path, token.start, token.end + 1)


def _path(tokens: Sequence[Token], place: int) -> tuple[str, ...]:
    names: list[str] = []
    while place >= 2 and tokens[place - 1].token_type == TokenType.DOT:
        place -= 2
        names.insert(0, tokens[place].text.lower())
    return tuple(names)


def _declared(statement: Parsed) -> Collection[int]:
    """Offsets of the names that declare columns."""
    aliases = (node for node in statement.nodes if isinstance(node, exp.TableAlias) and node.args.get("columns"))
    places = (alias.this.meta.get("start") for alias in aliases if isinstance(alias.this, exp.Identifier))
    return {place for place in places if place is not None}
