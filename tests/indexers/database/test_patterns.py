import pytest

from indexers.database.patterns import patterns_of


@pytest.mark.parametrize(
    ("name", "values", "patterns"),
    [
        ("a", ["123e4567-e89b-12d3-a456-426614174000"], ("uuid",)),
        ("a", ["https://example.com/a", "http://example.com"], ("url",)),
        ("a", ["2026-01-01", "2026-02-03"], ("date",)),
        ("a", ["2026-01-01 10:00:00", "2026-02-03T10:00:00Z"], ("timestamp",)),
        ("a", ["1/2/2026", "28.02.2026", "3 March 2026"], ("date_text",)),
        ("a", ['{"a": 1}', "[1, 2]"], ("json",)),
        ("currency", ["EUR"], ("currency", "code")),
        ("country_code", ["DE", "FR"], ("country", "code")),
        ("a", ["DE", "FR", "IT", "ES", "GB"], ("country", "code")),
        ("state", ["NY", "TX", "CA", "DE", "WI"], ("code",)),
        ("locale", ["de", "en"], ("language",)),
        ("a", ["ada@example.com", "grace@example.com"], ("email",)),
        ("a", ["This is a sentence of many words, as people write them."], ("free_text",)),
        ("a", ["Berlin", "Paris"], ()),
        ("a", ["", " "], ()),
        ("a", [], ()),
    ],
)
def test_patterns_are_told_from_values(name: str, values: list[str], patterns: tuple[str, ...]):
    assert patterns_of(name, values) == patterns
