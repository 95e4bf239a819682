from core.catalog import Column, Table
from core.datapoint import DataPoint
from knowledge.documents import keep, of_datapoint, of_table
from knowledge.embedding import LexicalEmbedding, lexical_vector
from store.documents import Documents
from store.system import System

TABLES = [of_table(Table("public", name, (Column("id", "int"),))) for name in ("orders", "it's \\odd", "customers")]
FACT = of_datapoint(DataPoint(id="revenue", kind="metric", name="Revenue", definition="Paid orders."))


async def test_documents_are_found_by_words_and_by_vectors(system: System) -> None:
    documents = Documents(system)
    await keep(documents, "one", [*TABLES, FACT], LexicalEmbedding(), mark="m")
    await keep(documents, "two", TABLES[:1], LexicalEmbedding(), mark="m")
    assert await documents.mark("one") == "m"
    vector = lexical_vector("custmers")
    by = LexicalEmbedding.name
    hits = await documents.search(
        "one", kinds=["table"], words=["order", "it's"], vector=vector, embedded_by=by, limit=9
    )
    said = {hit.id for hit in hits if hit.place}
    assert said == {"public.orders"}
    nearest = max(hits, key=lambda hit: hit.likeness or 0.0)
    assert nearest.id == "public.customers"
    facts = await documents.search("one", kinds=["datapoint"], words=["order"], vector=None, embedded_by=by, limit=9)
    assert [(hit.id, hit.likeness) for hit in facts] == [("revenue", None)]


async def test_databases_are_kept_apart(system: System) -> None:
    documents = Documents(system)
    await keep(documents, "one", TABLES, LexicalEmbedding(), mark="m")
    await keep(documents, "two", TABLES[:1], LexicalEmbedding(), mark="m")
    await documents.remove("one")
    assert await documents.checksums("one") == {}
    assert len(await documents.checksums("two")) == 1
    assert (await documents.mark("one"), await documents.mark("two")) == ("", "m")
