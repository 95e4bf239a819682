"""URLs are read as people write them."""

import pytest

from connectors.address import parse
from core.errors import UserError


def test_all_parts() -> None:
    address = parse("mysql://me:p%40ss@db.example.com:3307/sales?ssl=true&x=a%20b", default_port=3306)
    assert (address.scheme, address.host, address.port, address.database) == ("mysql", "db.example.com", 3307, "sales")
    assert (address.user, address.password) == ("me", "p@ss")
    assert address.options == {"ssl": "true", "x": "a b"}
    assert address.place == "db.example.com:3307"


def test_little_is_enough() -> None:
    address = parse("mysql://", default_port=3306)
    assert (address.host, address.port, address.database, address.user, address.password) == (
        "localhost",
        3306,
        "",
        None,
        None,
    )


def test_a_password_that_was_not_escaped() -> None:
    address = parse("mysql://me:p@s/s:w@host/db", default_port=3306)
    assert (address.user, address.password, address.host, address.database) == ("me", "p@s/s:w", "host", "db")


def test_ipv6() -> None:
    address = parse("mysql://[::1]:3307/x", default_port=3306)
    assert (address.host, address.port) == ("::1", 3307)


@pytest.mark.parametrize("place", ["host:port", "host:99999", "[::1"])
def test_malformed_places(place: str) -> None:
    with pytest.raises(UserError) as raised:
        parse(f"mysql://me:hunter2@{place}/x", default_port=3306)
    assert "hunter2" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_the_repr_holds_no_secret() -> None:
    assert "hunter2" not in repr(parse("mysql://me:hunter2@host/x?password=hunter2", default_port=3306))
