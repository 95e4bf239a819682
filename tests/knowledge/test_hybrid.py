from collections.abc import Sequence

from core.access import Access, Governed
from core.catalog import Catalog, Column, Table, TableName
from core.datapoint import DataPoint
from core.errors import UpstreamError
from core.ports import Knowledge
from core.values import FoundValue
from knowledge.embedding import LexicalEmbedding
from knowledge.hybrid import Hit, HybridKnowledge, fused
from knowledge.lexical import LexicalKnowledge

TABLES = tuple(Table("public", name, (Column("id", "int"), Column("name", "text"))) for name in ("one", "two", "three"))
CATALOG = Catalog("postgres", TABLES, ("public",))
PHRASE = FoundValue(table="public.two", column="name", value="Boeing", phrase="Boeing")


class Meaning:
    """An embedding of a model that knows that `ship` is near anything, or is down."""

    name = "model:1"

    def __init__(self, *, down: bool = False) -> None:
        self.down = down

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        if self.down:
            raise UpstreamError("The model is down.")
        return [[1.0] for _ in texts]

    async def close(self) -> None: ...


class Index:
    """An index that finds table three by its vector, and by words nothing."""

    def __init__(self, *, down: bool = False) -> None:
        self.down = down
        self.vectors: list[Sequence[float] | None] = []

    async def search(
        self,
        *,
        kinds: Sequence[str],
        words: Sequence[str],
        vector: Sequence[float] | None,
        embedded_by: str,
        limit: int,
    ) -> list[Hit]:
        self.vectors.append(vector)
        if self.down:
            raise UpstreamError("The index is down.")
        return [Hit("table", "public.three", None, 0.9)] if vector and "table" in kinds else []


async def boeing(question: str) -> Sequence[FoundValue]:
    return [PHRASE] if "Boeing" in question else []


def knowledge(index: Index, embedding: Meaning | LexicalEmbedding) -> HybridKnowledge:
    tables = LexicalKnowledge(CATALOG)
    return HybridKnowledge(catalog=CATALOG, tables=tables, search=index, values=boeing, embedding=embedding)


async def test_what_only_a_model_knows_to_be_near_is_found() -> None:
    found = await knowledge(Index(), Meaning()).ground("ship")
    assert found.tables[0].table == "public.three"
    assert found.notes == []


async def test_values_lead_to_their_tables() -> None:
    found = await knowledge(Index(), LexicalEmbedding()).ground("how many did Boeing build")
    assert (found.tables[0].table, found.tables[0].why) == ("public.two", "value")
    assert found.values == [PHRASE]


async def test_a_provider_that_is_down_is_said_and_the_other_half_answers() -> None:
    index = Index()
    found = await knowledge(index, Meaning(down=True)).ground("rows of one")
    assert found.tables[0].table == "public.one"
    assert index.vectors == [None]
    assert found.notes == ["The embedding provider did not answer; the words alone were searched."]


async def test_an_index_that_is_down_is_said() -> None:
    found = await knowledge(Index(down=True), Meaning()).ground("rows of one")
    assert found.tables[0].table == "public.one"
    assert len(found.notes) == 1


async def test_known_words_need_no_index() -> None:
    index = Index()
    await knowledge(index, LexicalEmbedding()).ground("rows of one")
    assert index.vectors == []


async def test_a_user_finds_only_what_is_seen() -> None:
    seen = Catalog("postgres", (TABLES[1], Table("public", "three", (Column("id", "int"),))), ("public",))
    masked = Governed(query="()", filtered=False, masked=frozenset({"name"}))
    access = Access(seen, {TableName("public", "two"): masked})
    own = knowledge(Index(), Meaning()).within(access, datapoints=(), relations=())
    found = await own.ground("Boeing ship one")
    assert {each.table for each in found.tables} == {"public.two", "public.three"}
    assert found.values == []
    assert [each.score for each in found.tables if each.table == "public.three"] == [0.0], "found by a hidden column"


async def test_datapoints_are_found_by_words() -> None:
    facts = (DataPoint(id="aov", kind="metric", name="Average order value", synonyms=["basket size"]),)
    own = HybridKnowledge(catalog=CATALOG, tables=LexicalKnowledge(CATALOG), datapoints=facts)
    assert [each.id for each in (await own.ground("what is the basket size")).datapoints] == ["aov"]
    assert (await own.ground("how warm is it")).datapoints == []
    assert isinstance(own, Knowledge)


def test_both_halves_count() -> None:
    scores = fused([Hit("t", "both", 1, 0.9), Hit("t", "word", 2, None), Hit("t", "near", None, 0.8)])
    assert scores["both"] == 1.0
    assert 0 < scores["near"] < scores["both"]
    assert scores["word"] == scores["near"]
