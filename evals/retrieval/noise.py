"""Plausible tables that no question is about: the same at every run, in the words that companies use."""

from collections.abc import Iterator
from importlib.resources import files
from random import Random

from core.catalog import Column, ForeignKey, Table, TableName

SIZE = 12
"""Tables of one schema."""


def noise(tables: int, *, seed: int = 7) -> Iterator[Table]:
    """So many tables in schemas of a dozen, with columns, keys and names that questions use as well."""
    random, words = Random(seed), _words()  # noqa: S311
    for number in range(-(-tables // SIZE)):
        schema = f"{random.choice(words['areas'])}_{number}"
        yield from _schema(schema, min(SIZE, tables - number * SIZE), random, words)


def _schema(schema: str, tables: int, random: Random, words: dict[str, list[str]]) -> Iterator[Table]:
    earlier: list[str] = []
    for number in range(tables):
        things = random.sample(words["things"], random.choice((1, 2)))
        name = "_".join([*things, random.choice(words["kinds"]), str(number)])
        columns = ["id", *random.sample(words["columns"], random.randint(3, 12))]
        keys = random.sample(earlier, min(len(earlier), random.choice((0, 1, 2))))
        yield Table(
            schema,
            name,
            tuple(Column(each, "text") for each in (*columns, *(f"{key}_id" for key in keys))),
            primary_key=("id",),
            foreign_keys=tuple(ForeignKey((f"{key}_id",), TableName(schema, key), ("id",)) for key in keys),
        )
        earlier.append(name)


def _words() -> dict[str, list[str]]:
    """The words of noise.txt, by what they are for."""
    text = files("evals.retrieval").joinpath("noise.txt").read_text(encoding="utf8")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, *words = line.split()
        found.setdefault(name, []).extend(words)
    return found
