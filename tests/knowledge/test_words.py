import pytest

from knowledge.words import lexicon, name_terms, root, split, stem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("order_items", ["order", "items"]),
        ("OrderItems", ["order", "items"]),
        ("orderItemID", ["order", "item", "id"]),
        ("XMLHttpRequest2", ["xml", "http", "request", "2"]),
        ("Order Items (old)", ["order", "items", "old"]),
        ("ORDER_ITEMS", ["order", "items"]),
        ("Größe", ["große".replace("ß", "ss")]),
        ("naïve_Café", ["naive", "cafe"]),
        ("売上明細", ["売上", "上明", "明細"]),
        ("Заказы", ["заказы"]),
        ("", []),
        ("🙂 ; --", []),
    ],
)
def test_names_and_sentences_are_cut_alike(text: str, words: list[str]) -> None:
    assert list(split(text)) == words


@pytest.mark.parametrize(
    "words",
    [
        ("customer", "customers"),
        ("city", "cities"),
        ("category", "categories"),
        ("address", "addresses"),
        ("transaction", "transactions"),
        ("cancelled", "cancellation", "cancel"),
        ("refund", "refunds", "refunded"),
        ("price", "prices", "priced"),
        ("company", "companies"),
        ("box", "boxes"),
        ("try", "tries", "tried", "trying"),
        ("rate", "rates", "rated", "rating"),
        ("id", "ids"),
        ("plan", "planned", "planning"),
        ("status",),
    ],
)
def test_forms_of_a_word_share_a_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


def test_different_words_keep_different_stems() -> None:
    words = ["customer", "custom", "order", "product", "production", "status", "station", "payment", "pay", "price"]
    assert len({stem(word) for word in words}) >= len(words) - 1


@pytest.mark.parametrize(("one", "other"), [("county", "count"), ("station", "state"), ("string", "str")])
def test_words_that_only_begin_alike_are_told_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_the_plural_of_a_shortened_word_is_no_hump() -> None:
    assert list(split("IDs")) == ["id", "s"]
    assert list(split("CarIDs")) == ["car", "id", "s"]


@pytest.mark.parametrize(("one", "other"), [("performer", "performance"), ("manager", "management")])
def test_words_of_one_origin_share_a_root(one: str, other: str) -> None:
    assert root(stem(one)) == root(stem(other))


def test_abbreviations_stand_for_their_words() -> None:
    assert name_terms("cust_txn_amt") == name_terms("customer_transaction_amount")
    assert name_terms("qty") == name_terms("Quantity")


def test_every_entry_of_the_word_list_has_a_known_sign() -> None:
    words = lexicon()
    assert all((words.silent, words.weak, words.affixes, words.abbreviations, words.near))
    assert "customer" in words.near[stem("clients")]
