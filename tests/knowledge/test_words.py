import pytest

from knowledge.words import lexicon, name_terms, split, stem


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
        ("status",),
    ],
)
def test_forms_of_a_word_share_a_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


def test_different_words_keep_different_stems() -> None:
    words = ["customer", "custom", "order", "product", "production", "status", "station", "payment", "pay", "price"]
    assert len({stem(word) for word in words}) >= len(words) - 1


def test_abbreviations_stand_for_their_words() -> None:
    assert name_terms("cust_txn_amt") == name_terms("customer_transaction_amount")
    assert name_terms("qty") == name_terms("Quantity")


def test_every_entry_of_the_word_list_has_a_known_sign() -> None:
    words = lexicon()
    assert all((words.silent, words.weak, words.affixes, words.abbreviations, words.near))
    assert "customer" in words.near[stem("clients")]
