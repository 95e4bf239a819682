"""URLs are shown without their secrets, whatever characters a password holds."""

import pytest

from core.urls import label, scrub_url


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:secret@h:5432/db", "postgresql://u:***@h:5432/db"),
        ("postgresql://u:se/cr@e:t@h/db?sslmode=require", "postgresql://u:***@h/db?sslmode=require"),
        ("postgresql:///db?host=/tmp/x&user=u&password=secret", "postgresql:///db?host=/tmp/x&user=u&password=***"),
        ("clickhouse://h?access_token=secret;x=1", "clickhouse://h?access_token=***;x=1"),
        ("postgresql://u@h/db", "postgresql://u@h/db"),
        ("sqlite:////data/shop.sqlite", "sqlite:////data/shop.sqlite"),
        ("sales.csv", "sales.csv"),
    ],
)
def test_a_url_is_shown_without_secrets(url: str, shown: str) -> None:
    assert scrub_url(url) == shown


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://u:secret@h:5432/shop", "shop"),
        ("postgresql://h", "h"),
        ("postgresql://u:a/b@h", "h"),
        ("sqlite:////data/my%20shop.sqlite3", "my_shop"),
        ("/data/sales figures.csv", "sales_figures"),
        ("exports/", "exports"),
        ("chdb://", "database"),
    ],
)
def test_a_database_is_named_after_its_url(url: str, name: str) -> None:
    assert label(url) == name
