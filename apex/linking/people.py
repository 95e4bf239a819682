"""Which tables hold people, by their names or by what is told of people alone."""

from collections.abc import Iterable

from apex.linking.link import Link
from apex.model.words import ends_with, name_words, speaks_of
from core.catalog import Table

SURE = 0.7
"""How sure a table is that is called otherwise."""


def people_in(tables: Iterable[Table]) -> tuple[Link, ...]:
    """The tables of people among these."""
    return tuple(
        Link("table", str(table.full_name), score=SURE, why="people") for table in tables if is_of_people(table)
    )


def is_of_people(table: Table) -> bool:
    """Whether the rows of a table are people."""
    columns = (name_words(column.name) for column in table.columns)
    return ends_with(name_words(table.name), "people") or any(speaks_of(words, "of people") for words in columns)
