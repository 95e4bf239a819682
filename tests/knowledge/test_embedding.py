from math import isclose

from knowledge.embedding import DIMENSIONS, Embedding, LexicalEmbedding, lexical_vector


def likeness(one: str, other: str) -> float:
    return sum(a * b for a, b in zip(lexical_vector(one), lexical_vector(other), strict=True))


def test_alike_texts_are_near() -> None:
    assert likeness("customer orders", "orders of customers") > 0.95
    assert likeness("customers", "custmers") > likeness("customers", "weather") + 0.2
    assert likeness("customers", "clients") > likeness("customers", "weather") + 0.2


async def test_vectors_are_the_same_always_and_of_length_one() -> None:
    [vector] = await LexicalEmbedding().embed(["Which customers bought 12 left-handed screws?"])
    assert len(vector) == DIMENSIONS
    assert isclose(sum(each * each for each in vector), 1.0)
    assert vector == lexical_vector("Which customers bought 12 left-handed screws?")
    assert isinstance(LexicalEmbedding(), Embedding)


def test_nothing_is_nowhere() -> None:
    assert not any(lexical_vector("of the and ?"))
