"""A guide whose tables declare no keys: what rows tell of others, counts that are kept, states in other words."""

from pathlib import Path

import pytest

from apex.reading.engine import read
from apex.reading.library import Library, library_of
from apex.reading.ways import way_of
from core.catalog import Catalog, Column, Table, TableName
from core.profile import ColumnProfile, Profile, Relation, TableProfile
from tests.apex.reading.conftest import blocks_of

PAIRS = blocks_of(Path(__file__).with_name("guide.txt"))

SHOPS = {"sid": "bigint", "shop_code": "text", "name": "text", "city": "text", "is_open": "bigint", "rating": "real"}
TABLES = {
    "shop": SHOPS,
    "label": {"id": "bigint", "shop_code": "text", "label_name": "text"},
    "checkin": {"cid": "bigint", "shop_code": "text", "count": "bigint", "day": "text"},
    "review": {"rid": "bigint", "shop_code": "text", "user_code": "text", "rating": "real", "result": "text"},
    "tip": {"tid": "bigint", "shop_code": "text", "user_code": "text", "day7_likes": "int", "day30_likes": "int"},
    "users": {"uid": "bigint", "user_code": "text", "name": "text"},
    "book": {"bid": "bigint", "book_code": "text", "title": "text"},
    "wrote": {"wid": "bigint", "book_code": "text", "user_code": "text"},
    "cite": {"qid": "bigint", "citing_book_code": "text", "cited_book_code": "text"},
}
VALUES = {
    "city": ("Oslo", "Bergen"),
    "label_name": ("Cafes", "Beauty"),
    "name": ("Blue Cafe", "Old Barber"),
    "day": ("Sunday", "Monday"),
    "result": ("approval", "refusal"),
}
REFERRING = {
    "shop_code": "shop",
    "user_code": "users",
    "book_code": "book",
    "citing_book_code": "book",
    "cited_book_code": "book",
}
ROWS = 20


def _profile(table: Table) -> TableProfile:
    def measured(place: int, name: str) -> ColumnProfile:
        hidden = table.name == "users" and name == "name"
        top = tuple((value, 5) for value in VALUES.get(name, ()) if not hidden)
        unique = place == 0 or name == "name" or name == f"{table.name.removesuffix('s')}_code"
        return ColumnProfile(name, distinct=ROWS if unique else len(top) or 5, top=top, complete=bool(top), pii=hidden)

    return TableProfile(table.full_name, ROWS, tuple(measured(*each) for each in enumerate(map(_name, table.columns))))


def _name(column: Column) -> str:
    return column.name


@pytest.fixture(scope="module")
def library() -> Library:
    tables = tuple(
        Table("public", name, tuple(Column(*each) for each in columns.items())) for name, columns in TABLES.items()
    )
    relations = tuple(
        Relation(
            table=table.full_name,
            columns=(code,),
            referenced=TableName("public", other),
            referenced_columns=("_".join(code.split("_")[-2:]),),
            cardinality="N:1",
            confidence=0.99,
            declared=False,
            evidence=(),
        )
        for table in tables
        for code, other in REFERRING.items()
        if table.column(code) and table.name != other
    )
    profile = Profile({table.full_name: _profile(table) for table in tables}, relations)
    return library_of(Catalog("postgres", tables, ("public",)), profile)


@pytest.mark.parametrize(("question", "sql"), PAIRS, ids=[question for question, _ in PAIRS])
def test_a_guide_is_asked(library: Library, question: str, sql: str) -> None:
    reading = read(question, library, dialect="postgres")
    assert reading.settled
    assert reading.settled.compilation.sql == sql


@pytest.mark.parametrize(
    ("said", "column"), [("the cited one", "cited_book_code"), ("the citing one", "citing_book_code")]
)
def test_references_are_told_apart_by_words_as_they_are_written(library: Library, said: str, column: str) -> None:
    ways = ["public.cite.citing_book_code", "public.cite.cited_book_code"]
    assert way_of(ways, said.split(), library.model) == (f"public.cite.{column}", True)
