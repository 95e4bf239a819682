"""Text to exactly one syntax tree, or the reasons why not; never an exception."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ErrorLevel, ParseError, SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from core.values import Violation
from sql.dialects import known_dialect
from sql.lexical import Piece, pieces
from sql.openings import Opening, OpeningKind, opening

MAX_CHARACTERS = 100_000
MAX_DEPTH = 64
MAX_WORDS = 8_000
SHORT = 2_000
"""Statements of so few characters are remembered."""

_QUERY_WORDS = frozenset({"select", "with", "values", "table"})
_DUCKDB_WORDS = frozenset({"from", "pivot", "unpivot", "summarize"})

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UNICODE_ESCAPES = re.compile(r"\b[uU]&['\"]")
_EXECUTED = ("/*!", "/*M!", "/*+")


@dataclass(frozen=True)
class Parsed:
    """One statement: its text, sqlglot's tokens and tree, and what is asked of it (`tree` reads what is described)."""

    text: str
    dialect: str
    kind: OpeningKind
    tokens: Sequence[Token]
    tree: exp.Expr

    @cached_property
    def nodes(self) -> tuple[exp.Expr, ...]:
        """Every node of the tree, parents first."""
        return tuple(self.tree.walk(bfs=False))


@dataclass(frozen=True)
class _Refused(Exception):  # noqa: N818
    """Leaves the reading at the first reason, which says everything."""

    violation: Violation


def parse(text: str, *, dialect: str) -> Parsed | list[Violation]:
    """The one statement in `text`, or why it cannot be read with certainty."""
    dialect = known_dialect(dialect)
    try:
        return _again(text, dialect) if len(text) <= SHORT else _parsed(text, dialect)
    except _Refused as refused:
        return [refused.violation]
    except ParseError as error:
        return [_syntax_violation(error)]
    except (SqlglotError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        # sqlglot trips over some malformed text with plain Python errors; to the guard that is text it cannot read.
        return [_violation("syntax", f"The statement cannot be read as SQL ({type(error).__name__}).")]
    except RecursionError:
        return [_too_deep()]


@lru_cache(maxsize=64)
def _again(text: str, dialect: str) -> Parsed:
    """The same, remembered: a statement is judged, weighed and worded, and people ask the same again.

    One tree then serves them all, whoever asks: it is only read, and a policy cuts the text.
    """
    return _parsed(text, dialect)


def _parsed(text: str, dialect: str) -> Parsed:
    _check_characters(text)
    read = _read(text, dialect)
    start = opening(_without_comments(text, read), dialect)
    _check_first_word(text, read, start, dialect)
    source = start.stands_for(text)
    tokens = Dialect.get_or_raise(dialect).tokenize(source)
    if start.kind in ("query", "explain"):
        _check_same_reading(source, [piece for piece in read if piece.start >= start.length], tokens)
    tokens = _without_ends(tokens)
    return Parsed(text=text, dialect=dialect, kind=start.kind, tokens=tokens, tree=_tree(source, tokens, dialect))


def _check_characters(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise _Refused(_violation("size", f"The statement has {len(text)} characters; {MAX_CHARACTERS} are allowed."))
    if found := _CONTROL.search(text):
        raise _refused("characters", "The statement holds a control character.", found.start(), found.end())


def _read(text: str, dialect: str) -> list[Piece]:
    """The pieces of the text, once they are known to be few, shallow, closed and free of odd characters."""
    read: list[Piece] = []
    depth = 0
    for piece in pieces(text, dialect):
        if piece.kind == "bracket":
            depth += 1 if text[piece.start] in "([{" else -1
        elif piece.kind in ("odd", "open"):
            raise _odd_character(text, piece)
        elif piece.kind == "comment" and text.startswith(_EXECUTED, piece.start):
            message = "Comments that the database executes or takes as a hint (/*! */, /*+ */) are not allowed."
            raise _refused("hints", message, piece.start, piece.end, hint="Leave the comment out.")
        if depth > MAX_DEPTH:
            raise _Refused(_too_deep())
        read.append(piece)
        if len(read) > MAX_WORDS:
            raise _Refused(_violation("size", f"The statement has more than {MAX_WORDS} words and signs."))
    return read


def _odd_character(text: str, piece: Piece) -> _Refused:
    if piece.kind == "open":
        return _refused("syntax", "A quote or comment is never closed.", piece.start, piece.start + 1)
    return _refused(
        "characters",
        f"The character U+{ord(text[piece.start]):04X} may only stand inside quotes.",
        piece.start,
        piece.end,
        hint="Use plain spaces and straight quotes.",
    )


def _without_comments(text: str, read: Iterable[Piece]) -> str:
    """The same text, as long as before, with blanks for comments."""
    parts: list[str] = []
    place = 0
    for piece in read:
        if piece.kind == "comment":
            parts += [text[place : piece.start], " " * (piece.end - piece.start)]
            place = piece.end
    return "".join(parts) + text[place:]


def _check_first_word(text: str, read: Iterable[Piece], start: Opening, dialect: str) -> None:
    """Only what begins as a query gets to the parser, which would otherwise take any text for some command."""
    first = next((piece for piece in read if piece.kind in ("word", "quoted") and piece.start >= start.length), None)
    if first is None:
        raise _Refused(_violation("single_query", "There is no statement.", hint="Write one SELECT."))
    word = text[first.start : first.end].lower()
    words = _QUERY_WORDS | _DUCKDB_WORDS if dialect == "duckdb" else _QUERY_WORDS
    if start.kind in ("query", "explain") and word not in words:
        raise _refused(
            "single_query",
            f"A statement may not begin with {word.upper()[:40]}.",
            first.start,
            first.end,
            hint="Only queries are allowed: write one SELECT.",
        )


def _check_same_reading(text: str, read: Iterable[Piece], tokens: Sequence[Token]) -> None:
    """Refuses text whose strings, names or comments sqlglot reads otherwise than the engine (see `sql.lexical`)."""
    starts = [token.start for token in tokens]
    quoted = 0
    for piece in read:
        if piece.kind == "sign":
            continue
        place = bisect_right(starts, piece.end - 1) - 1
        last = tokens[place] if place >= 0 else None
        if piece.kind == "quoted":
            quoted += 1
            same = last is not None and last.end + 1 == piece.end and piece.start <= last.start <= piece.start + 2
        elif piece.kind == "comment":
            same = last is None or last.end < piece.start
        else:
            same = last is not None and last.end + 1 >= piece.end
        if not same:
            raise _ambiguous(piece)
    if quoted != sum(1 for token in tokens if token.token_type in QUOTED_TOKENS and text[token.end] in "'\"`]$"):
        raise _Refused(_violation("characters", "The statement's quotes can be read in two ways."))
    if found := _UNICODE_ESCAPES.search(text):
        hint = "Write the characters themselves."
        raise _refused("characters", "Texts with U& escapes are not allowed.", found.start(), found.end(), hint=hint)


QUOTED_TOKENS = frozenset(
    {
        TokenType.STRING,
        TokenType.IDENTIFIER,
        TokenType.BIT_STRING,
        TokenType.BYTE_STRING,
        TokenType.HEX_STRING,
        TokenType.HEREDOC_STRING,
        TokenType.NATIONAL_STRING,
        TokenType.RAW_STRING,
        TokenType.UNICODE_STRING,
    }
)


def _without_ends(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without closing semicolons and a leading one (`;WITH` of T-SQL); one between is refused."""
    kept = list(tokens)
    if kept and kept[0].token_type == TokenType.SEMICOLON:
        kept.pop(0)
    while kept and kept[-1].token_type == TokenType.SEMICOLON:
        kept.pop()
    for token in kept:
        if token.token_type == TokenType.SEMICOLON:
            raise _refused(
                "single_query",
                "Only one statement is allowed.",
                token.start,
                token.end + 1,
                hint="Remove what follows.",
            )
    return kept


def _tree(text: str, tokens: list[Token], dialect: str) -> exp.Expr:
    parser = Dialect.get_or_raise(dialect).parser(error_level=ErrorLevel.IMMEDIATE)
    trees = [tree for tree in parser.parse(tokens, text) if tree is not None]
    if len(trees) != 1:
        raise _Refused(_violation("single_query", "Only one statement is allowed."))
    return trees[0]


def _violation(rule: str, message: str, *, hint: str = "") -> Violation:
    return Violation(rule=rule, message=message, hint=hint)


def _refused(rule: str, message: str, start: int, end: int, *, hint: str = "") -> _Refused:
    return _Refused(Violation(rule=rule, message=message, hint=hint, start=start, end=end))


def _ambiguous(piece: Piece) -> _Refused:
    return _refused(
        "characters",
        "This can be read in two ways, depending on how escapes and comments are understood.",
        piece.start,
        piece.end,
        hint="Avoid backslashes before quotes, and comments inside comments.",
    )


def _too_deep() -> Violation:
    return _violation("size", f"The statement is nested more than {MAX_DEPTH} deep.")


def _syntax_violation(error: ParseError) -> Violation:
    first = error.errors[0] if error.errors else {}
    said = str(first.get("description") or "The statement cannot be read as SQL.").split("\n")[0]
    near = str(first.get("highlight") or "")[:60]
    where = f" (line {first['line']}, near {near!r})" if near and first.get("line") else ""
    return _violation("syntax", f"{said.rstrip('.')}{where}.")
