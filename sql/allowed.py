"""What may be used in a statement of a dialect: the lists under `sql/allow`, read once and never changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Allowed:
    """The lists of one dialect; every name is in lower case."""

    functions: frozenset[str]
    table_functions: Mapping[str, tuple[str, ...]]
    """A function that stands for a table, and the columns it yields; none where the alias names them."""
    types: frozenset[str]
    columns: frozenset[str]
    """Columns that every table has without naming them, such as SQLite's `rowid`."""
    makers: frozenset[str]
    """Functions that make as many rows or characters as a number among their arguments says."""


@dataclass(frozen=True, slots=True)
class AllowedSyntax:
    """Kinds of syntax: class names of sqlglot, and for some of them the only parts they may have."""

    kinds: frozenset[str]
    parts: Mapping[str, frozenset[str]]
    words: frozenset[str]
    """Words that may stand before a parenthesis without calling anything."""
    starts: frozenset[str]
    """Words that begin a statement of T-SQL, where no semicolon needs to stand before them."""
    units: frozenset[str]
    """Words that tell a function which part of a date is meant."""


@cache
def allowed(dialect: str) -> Allowed:
    """The lists that every dialect shares, and those of `dialect`."""
    rows = [*_entries("base"), *_entries(dialect)]
    tables = {words[0]: tuple(words[1:]) for section, words in rows if section == "table functions"}
    return Allowed(
        functions=_words(rows, "functions") | frozenset(tables),
        table_functions=tables,
        types=_words(rows, "types"),
        columns=_words(rows, "columns"),
        makers=_words(rows, "makers"),
    )


@cache
def allowed_syntax() -> AllowedSyntax:
    """The kinds of syntax that may appear in a statement, whatever its dialect."""
    rows = list(_entries("syntax"))
    parts = {words[0]: frozenset(words[1:]) for section, words in rows if section == "parts"}
    return AllowedSyntax(
        kinds=_words(rows, "kinds") | frozenset(parts),
        parts=parts,
        words=_words(rows, "words"),
        starts=_words(rows, "starts"),
        units=_words(rows, "units"),
    )


def _words(rows: list[tuple[str, list[str]]], wanted: str) -> frozenset[str]:
    return frozenset(word for section, words in rows if section == wanted for word in words)


def _entries(name: str) -> Iterator[tuple[str, list[str]]]:
    """Each line of a list with its section; lines that include another list are followed, section by section."""
    section = ""
    for line in files("sql").joinpath("allow", f"{name}.txt").read_text(encoding="utf8").splitlines():
        words = line.partition("#")[0].split()
        if line.startswith("["):
            section = line.strip("[] ")
        elif words[:1] == ["include"]:
            yield from (entry for entry in _entries(words[1]) if entry[0] == section)
        elif words:
            yield section, words
