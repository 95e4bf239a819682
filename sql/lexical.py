"""A second reader of SQL text, after each engine's own manual, to compare with sqlglot's tokens.

The text that the guard judges is the text that the engine runs. That is only safe while both read the same strings,
quoted names and comments: `'\\'` or a comment in a comment end elsewhere in another dialect, and what one reader
takes for a literal is a statement to the other. So the text is read twice, by two independent sets of rules, and
refused where they disagree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, cast

Kind = Literal["comment", "quoted", "word", "bracket", "sign", "odd", "open"]


class Piece(NamedTuple):
    """A stretch of text; `odd` is a character that belongs inside quotes, `open` a quote or comment without end."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Lexis:
    """What an engine's manual says about its quotes and comments."""

    quotes: tuple[str, ...]
    line_comments: tuple[str, ...]
    nested_comments: bool = False


_SINGLE = r"'(?:[^']|'')*'"
_SINGLE_ESCAPED = r"'(?:[^'\\]|''|\\.)*'"
_DOUBLE = r'"(?:[^"]|"")*"'
_DOUBLE_ESCAPED = r'"(?:[^"\\]|""|\\.)*"'
_BACKTICK = r"`(?:[^`]|``)*`"
_BACKTICK_ESCAPED = r"`(?:[^`\\]|``|\\.)*`"
_BRACKET = r"\[(?:[^\]]|\]\])*\]"
_DOLLAR = r"(?P<tag>\$(?:[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff]*)?\$).*?(?P=tag)"
_E_STRING = r"[eE]" + _SINGLE_ESCAPED
_PREFIXED = r"[bBxXnN]" + _SINGLE
_TRIPLE = r"(?:[rR]|[bB]|[rR][bB]|[bB][rR])?(?:'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\")"
_BIGQUERY = r"(?:[rR]|[bB]|[rR][bB]|[bB][rR])?(?:'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\")"
_DASHES = r"--[^\n]*"
_DASHES_TO_RETURN = r"--[^\r\n]*"

_LEXIS: dict[str, _Lexis] = {
    "postgres": _Lexis((_E_STRING, _PREFIXED, _SINGLE, _DOUBLE, _DOLLAR), (_DASHES_TO_RETURN,), nested_comments=True),
    "redshift": _Lexis((_SINGLE_ESCAPED, _DOUBLE, _DOLLAR), (_DASHES_TO_RETURN,), nested_comments=True),
    "duckdb": _Lexis((_E_STRING, _PREFIXED, _SINGLE, _DOUBLE, _DOLLAR), (_DASHES_TO_RETURN,), nested_comments=True),
    "sqlite": _Lexis((r"[xX]" + _SINGLE, _SINGLE, _DOUBLE, _BACKTICK, r"\[[^\]]*\]"), (_DASHES,)),
    "mysql": _Lexis(
        (r"[bBxXnN]?" + _SINGLE_ESCAPED, _DOUBLE_ESCAPED, _BACKTICK),
        (r"--(?=[\s\x00-\x1f]|\Z)[^\n]*", r"\#[^\n]*"),
    ),
    "clickhouse": _Lexis(
        (_SINGLE_ESCAPED, _DOUBLE_ESCAPED, _BACKTICK_ESCAPED, _DOLLAR),
        (_DASHES, r"\#(?=[ !])[^\n]*"),
        nested_comments=True,
    ),
    "bigquery": _Lexis((_TRIPLE, _BIGQUERY, r"`(?:[^`\\]|\\.)*`"), (_DASHES_TO_RETURN, r"\#[^\r\n]*")),
    "snowflake": _Lexis((r"[xX]?" + _SINGLE_ESCAPED, _DOUBLE, r"\$\$.*?\$\$"), (_DASHES_TO_RETURN, r"//[^\r\n]*")),
    "trino": _Lexis((r"[xX]?" + _SINGLE, _DOUBLE, _BACKTICK), (_DASHES_TO_RETURN,)),
    "tsql": _Lexis((r"[nN]?" + _SINGLE, _DOUBLE, _BRACKET), (_DASHES_TO_RETURN,), nested_comments=True),
}

_WORD = r"[^\W\d][\w$]*|\d[\w.]*|\$\d+"
_BRACKETS = r"[()\[\]{}]"
_SPACE = r"[ \t\r\n\f\v]+"
_SIGN = r"[!#%&*+,\-./:;<=>?@\\^|~$]"


@cache
def _reader(dialect: str) -> re.Pattern[str]:
    lexis = _LEXIS[dialect]
    return re.compile(
        f"(?P<comment>{'|'.join(lexis.line_comments)})|(?P<block>/\\*)|(?P<quoted>{'|'.join(lexis.quotes)})"
        f"|(?P<word>{_WORD})|(?P<bracket>{_BRACKETS})|(?P<space>{_SPACE})|(?P<sign>{_SIGN})|(?P<open>['\"`])|(?P<odd>.)",
        re.DOTALL,
    )


def pieces(text: str, dialect: str) -> Iterator[Piece]:
    """The pieces of `text` in order, without the spaces between them."""
    reader, nested, place = _reader(dialect), _LEXIS[dialect].nested_comments, 0
    while found := reader.match(text, place):
        kind, start, place = found.lastgroup, found.start(), found.end()
        if kind == "block":
            end = _end_of_comment(text, place, nested=nested)
            kind, place = ("comment", end) if end else ("open", len(text))
        if kind != "space":
            yield Piece(cast(Kind, kind), start, place)


_COMMENT_EDGE = re.compile(r"/\*|\*/")


def _end_of_comment(text: str, place: int, *, nested: bool) -> int:
    """Where the block comment that was opened before `place` ends; 0 when it does not."""
    depth = 1
    for edge in _COMMENT_EDGE.finditer(text, place):
        if edge[0] == "*/":
            depth -= 1
        elif nested:
            depth += 1
        if not depth:
            return edge.end()
    return 0
