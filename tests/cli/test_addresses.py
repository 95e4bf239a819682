"""Addresses mean the same in every folder."""

from pathlib import Path

import pytest

from cli.addresses import has_password, lasting
from core.errors import UserError


def test_a_relative_file_becomes_an_absolute_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sales 1.csv").touch()
    assert lasting(" sales 1.csv\n") == f"file://{tmp_path}/sales%201.csv"
    assert lasting("sqlite:///shop.db") == f"sqlite:///{tmp_path}/shop.db"
    assert lasting("duckdb:///a/b.duckdb?x=1") == f"duckdb:///{tmp_path}/a/b.duckdb?x=1"


@pytest.mark.parametrize("url", ["sqlite:////data/shop.db", "chdb://", "postgresql://u:p@h/d", "sqlite:///:memory:"])
def test_others_stay_as_they_are(url: str) -> None:
    assert lasting(url) == url


@pytest.mark.parametrize("address", ["", "  ", "nowhere.csv", "postgresql:/one-slash"])
def test_what_leads_nowhere_is_refused(address: str) -> None:
    with pytest.raises(UserError) as error:
        lasting(address)
    assert "://" in error.value.hint


def test_passwords_are_noticed() -> None:
    assert has_password("postgresql://u:p@h/d")
    assert not has_password("postgresql://u@h/d")
