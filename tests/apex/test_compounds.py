import pytest

from apex.compounds import parts_of


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("joindate", "join date"),
        ("authorname", "author name"),
        ("gizmoname", "gizmo name"),
        ("customerid", "customer id"),
        ("createdat", "created at"),
        ("citingpaperid", "citing paper id"),
        ("tbcustomer", "customer"),
        ("tblclients", "clients"),
        ("tbgizmos", "gizmos"),
        ("tbcustname", "cust name"),
        ("tbtxcustid", "cust id"),
        ("tbtxamount", "amount"),
        ("tbdphigh", "high"),
    ],
)
def test_what_is_written_as_one_word_is_cut(name: str, parts: str):
    assert parts_of(name) == tuple(parts.split())


@pytest.mark.parametrize(
    "word",
    [
        *("candidate", "capacity", "update", "mandate", "account", "country", "discount", "prototype", "android"),
        *("strength", "schedule", "physician", "psychology", "program", "surname", "lname", "drname", "mstatus", "été"),
    ],
)
def test_words_stay_whole(word: str):
    assert parts_of(word) == (word,)
