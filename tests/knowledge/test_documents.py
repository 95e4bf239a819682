from collections.abc import Iterable, Mapping, Sequence

import pytest

from core.catalog import Column, Table
from core.datapoint import DataPoint
from core.errors import UpstreamError
from knowledge.documents import BATCH, Row, keep, of_datapoint, of_table
from knowledge.embedding import LexicalEmbedding


class Kept:
    """The store of documents as a mapping, which may break after some writes."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], tuple[bytes, str]] = {}
        self.marked = ""
        self.writes_left = 1_000
        self.written = 0

    async def checksums(self, key: str) -> Mapping[tuple[str, str], tuple[bytes, str]]:
        return dict(self.rows)

    async def write(self, key: str, rows: Sequence[Row]) -> None:
        if self.writes_left == 0:
            raise ConnectionError
        self.writes_left -= 1
        self.written += len(rows)
        self.rows |= {row[:2]: (row.checksum, row.embedded_by) for row in rows}

    async def remove(self, key: str, gone: Iterable[tuple[str, str]] | None = None) -> None:
        for name in gone or list(self.rows):
            self.rows.pop(name, None)

    async def mark(self, key: str) -> str:
        return self.marked

    async def set_mark(self, key: str, mark: str) -> None:
        self.marked = mark


class Down(LexicalEmbedding):
    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        raise UpstreamError("down")


TABLES = [of_table(Table("public", f"t{each}", (Column("id", "int"),))) for each in range(3 * BATCH)]


async def test_only_what_changed_is_written_again() -> None:
    store = Kept()
    assert await keep(store, "k", TABLES, LexicalEmbedding(), mark="1") == (len(TABLES), 0, True)
    changed = of_table(Table("public", "t0", (Column("id", "int"), Column("x", "int"))))
    assert await keep(store, "k", [changed, *TABLES[1:-2]], LexicalEmbedding(), mark="2") == (1, 2, True)
    assert await keep(store, "k", [changed, *TABLES[1:-2]], LexicalEmbedding(), mark="2") == (0, 0, True)
    assert store.marked == "2"


async def test_the_next_run_finishes_what_broke_off() -> None:
    store = Kept()
    store.writes_left = 2
    with pytest.raises(ConnectionError):
        await keep(store, "k", TABLES, LexicalEmbedding(), mark="1")
    assert (store.marked, store.written) == ("", 2 * BATCH)
    store.writes_left = 5
    await keep(store, "k", TABLES, LexicalEmbedding(), mark="1")
    assert (store.marked, store.written) == ("1", len(TABLES))


async def test_vectors_follow_when_the_provider_is_back() -> None:
    store, some = Kept(), TABLES[:5]
    assert not (await keep(store, "k", some, Down(), mark="1")).embedded
    assert store.written == 5
    assert store.marked == ""
    await keep(store, "k", some, Down(), mark="1")
    assert store.written == 5, "what only lacks its vector is not written again"
    assert (await keep(store, "k", some, LexicalEmbedding(), mark="1")).embedded
    assert {by for _, by in store.rows.values()} == {LexicalEmbedding.name}


def test_names_weigh_more_than_other_words() -> None:
    words = of_datapoint(
        DataPoint(id="a", kind="metric", name="Net revenue", definition="All revenue but taxes")
    ).words()
    assert (words["revenu"], words["tax"]) == ("A", "C")
