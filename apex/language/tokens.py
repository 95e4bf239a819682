"""Cuts a question into words, numbers, quoted texts and punctuation, each with its place."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from apex.language.vocabulary import vocabulary
from apex.names import common_form, is_plural, words_of

Kind = Literal["word", "number", "quoted", "point"]

_DOMAIN = re.compile(r"@|\w\.(?:com|org|net|edu|gov|io|info|co\.uk)$")
_TOKEN = re.compile(
    r"""
      "(?P<double>[^"]*)" | “(?P<curly>[^”]*)” | ``(?P<ticks>[^'`]*)''
    | (?<!\w)'(?P<single>[^']*(?:'(?=\w)[^']*)*)'(?!\w) | ‘(?P<bent>[^’]*)’(?!\w) | `(?P<tick>[^`]*)`
    | (?P<date>\d{4}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?
      | \d{1,2}/\d{1,2}/\d{2,4} | \d{1,2}:\d{2}(?::\d{2})?(?!\w))
    | [$€£]?(?P<number>(?<![\w.])-?\d+(?:,\d+)*(?:\.\d+)?)
      (?P<unit>%|[kK](?!\w)|[mM](?!\w)|bn(?!\w))?(?![A-Za-z_]*\d*[A-Za-z_])
    | (?P<possessive>['’]s(?!\w)) | (?P<word>(?:[^\W_]|_|\#|@)+(?:\.(?=\w)[\w]+|['’](?!s\b)\w+)*)
    | (?P<operator>(?<!-)(?:[<>!]=|=[<>]|<>|[<>≤≥≠])) | (?P<plural>(?<=s)['’](?!\w)) | (?P<point>[^\w\s])
    """,
    re.VERBOSE,
)
_CURRENCIES = ("$", "€", "£")
_QUOTES = ("double", "curly", "ticks", "single", "bent", "tick")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign. `folded` is without case and accents, `lemma` shared by singular and plural."""

    text: str
    folded: str
    lemma: str
    start: int
    end: int
    kind: Kind = "word"
    number: float | None = None
    percent: bool = False

    @property
    def capital(self) -> bool:
        """Whether it is written as a name."""
        return self.text[:1].isupper()

    @property
    def is_plural(self) -> bool:
        """Whether it speaks of several."""
        return self.kind == "word" and is_plural(self.folded)

    @property
    def is_money(self) -> bool:
        """Whether it is a number with the sign of a currency."""
        return self.kind == "number" and self.text[:1] in _CURRENCIES


def tokenize(question: str) -> list[Token]:
    """The question's tokens; a hyphened word gives several, spelled numbers become one."""
    tokens = [token for match in _TOKEN.finditer(question) for token in _token(match)]
    return _with_spelled_numbers(tokens)


def _token(match: re.Match[str]) -> list[Token]:
    kind, start, end = match.lastgroup or "", match.start(), match.end()
    for quote in _QUOTES:
        inner = match.group(quote)
        if inner is not None:
            # A sentence may end inside of its last quotation.
            inner = inner.rstrip(" .,") or inner
            return [Token(inner, inner.casefold().strip(), inner, start, end, "quoted")]
    if match.group("number") is not None:
        return [_number(match)]
    if kind == "date":
        return [Token(match.group(), match.group(), match.group(), start, end, "quoted")]
    if kind in ("possessive", "plural"):
        return [Token(match.group(), "'s", "'s", start, end)]
    if kind == "point":
        return [] if match.group() == "-" else [Token(match.group(), match.group(), match.group(), start, end, "point")]
    return _words(match.group(), start)


def _words(text: str, start: int) -> list[Token]:
    folded = text.casefold().replace("’", "'")
    if _DOMAIN.search(folded):
        return [Token(text, folded, text, start, start + len(text), "quoted")]
    plain = folded if folded.isascii() else "".join(words_of(folded)) or folded
    return [Token(text, plain, common_form(plain), start, start + len(text))]


def _number(match: re.Match[str]) -> Token:
    text, unit = match.group("number").replace(",", ""), (match.group("unit") or "").lower()
    scale = {"k": 1e3, "m": 1e6, "bn": 1e9}.get(unit, 1)
    if text.isdigit() and text[0] == "0" and len(text) > 1:
        # A telephone number or a code, which its zeros belong to.
        return Token(text, text, text, match.start(), match.end(), "quoted")
    value = float(text) * scale
    return Token(match.group(), text, text, match.start(), match.end(), "number", value, unit == "%")


def _with_spelled_numbers(tokens: list[Token]) -> list[Token]:
    """`two dozen` and `3 million` are one number each."""
    known, joined = vocabulary().numbers, list[Token]()
    for token in tokens:
        last = joined[-1] if joined else None
        meant = known.get(token.folded) if token.kind == "word" else None
        if meant is None or (meant[0] == "x" and len(token.folded) == 1):
            joined.append(token)
        elif meant[0] == "x":
            times = float(meant[1:])
            if last and last.number is not None:
                joined[-1] = _numeral(last, token, last.number * times)
            elif times >= 12 and last and last.folded in ("a", "an"):
                # It is the number that is read, and no article.
                joined[-1] = replace(_numeral(last, token, times), folded=token.folded, lemma=token.lemma)
            else:
                joined.append(token)
        elif last and last.number and last.kind == "number" and not last.text.isdigit() and _adds(last.number, meant):
            joined[-1] = _numeral(last, token, last.number + float(meant))
        else:
            joined.append(_numeral(token, token, float(meant)))
    return joined


def _adds(before: float, meant: str) -> bool:
    """Whether a spelled number goes on: twenty-one, one hundred five."""
    return (before % 10 == 0 and before >= 20 and float(meant) < 10) or before % 100 == 0


def _numeral(first: Token, last: Token, value: float) -> Token:
    text = f"{first.text} {last.text}" if first is not last else first.text
    return Token(text, first.folded, first.lemma, first.start, last.end, "number", value)
