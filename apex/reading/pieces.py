"""A question as a row of pieces, each with one sign for what it is; rules read the row of signs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from apex.language.moments_periods import Period
from apex.language.tokens import Token
from apex.language.vocabulary import Degree
from apex.linking.link import Link

SIGNS = {
    "drop": "", "all": "", "everything": "*", "ask": "Q", "who": "P", "where": "L", "when": "K", "how many": "#",
    "how much": "$", "total": "A", "average": "A", "minimum": "A", "maximum": "A", "median": "A", "percentage": "%",
    "most": "M", "least": "M", "popular": "U", "unpopular": "U", "compare": ">", "behind": "p",
    "between": "~", "like": "l", "each": "E", "order": "O", "ascending": "D",
    "descending": "D", "alphabetical": "D", "reversed": "D", "not": "!", "but": "k", "and": "&", "or": "|",
    "both": "2", "either": "e", "same": "=", "that": "r", "with": "w", "have": "h", "of": "o", "in": "i", "be": "b",
    "different": "d", "list": "t", "unit": "u", "average than": "X", "quantified": "a", "common": "c",
    "calculate": "m", "unread": "x", "missing": "0",
}  # fmt: skip
"""The sign of each mark. Others: T a table, C a column, B either, V a value, N a number, J a quoted text, S and G an
adjective that implies a column (superlative, comparative), H a plain one, v a verb that only relates, x a word that
nothing explains (or no rule, though it is a known word), Z a time, z a unit
that time is cut to, and `,` and `.` as they are."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One or more tokens with their sign; `value` is that of the mark, or its name."""

    sign: str
    tokens: tuple[Token, ...]
    value: str = ""
    links: tuple[Link, ...] = ()
    degree: Degree | None = None
    weight: float = 0.0
    nth: int = 1
    """Which one is meant, counted from the largest or smallest: 2 of `the second highest`."""
    period: Period | None = None
    """The time that it is, under the sign Z."""

    @property
    def text(self) -> str:
        """Its words as they are written."""
        if len(self.tokens) == 1:
            return self.tokens[0].text
        return " ".join(token.text for token in self.tokens)

    @property
    def number(self) -> float | None:
        """The number that it is."""
        return self.tokens[0].number if self.sign == "N" else None

    def only(self, *kinds: str) -> tuple[Link, ...]:
        """Its links of these kinds."""
        return tuple(link for link in self.links if link.kind in kinds)


@dataclass(frozen=True)
class Sentence:
    """One way to cut a question into pieces, with what speaks for it."""

    pieces: tuple[Piece, ...]
    weight: float

    @property
    def signs(self) -> str:
        """The signs of all pieces in a row."""
        return "".join(piece.sign for piece in self.pieces)


Neighbours = Callable[[Piece | None, Piece, Piece | None], bool]
"""Whether something is so of a piece between two others."""


def text_of(pieces: Sequence[Piece]) -> str:
    """Several pieces as they are written."""
    return " ".join(piece.text for piece in pieces)


def around(pieces: Sequence[Piece]) -> Iterator[tuple[Piece | None, Piece, Piece | None]]:
    """Each piece between the one before it and the one behind it."""
    return zip([None, *pieces], pieces, [*pieces[1:], None], strict=False)


def without(pieces: Sequence[Piece], is_so: Neighbours) -> list[Piece]:
    """The pieces of which something is not so."""
    return [piece for before, piece, after in around(pieces) if not is_so(before, piece, after)]


def with_sign(pieces: Sequence[Piece], sign: str, is_so: Neighbours) -> list[Piece]:
    """The pieces, with another sign where something is so."""
    return [
        replace(piece, sign=sign) if is_so(before, piece, after) else piece for before, piece, after in around(pieces)
    ]
