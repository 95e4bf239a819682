import pytest

from core.catalog import Column, Table
from indexers.database.personal import hides, is_personal, shape_of


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("orders", "email"),
        ("stores", "Phone_Number"),
        ("users", "firstName"),
        ("customers", "last_name"),
        ("employees", "name"),
        ("patient", "patient_name"),
        ("singers", "birth_date"),
        ("accounts", "IBAN"),
        ("shops", "address_line_2"),
        ("sessions", "ip_address"),
        ("accounts", "password"),
        ("people", "SSN"),
    ],
)
def test_personal_columns_are_known_by_name(table: str, column: str):
    assert is_personal(Table("main", table, ()), Column(column, "text"))


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("singers", "name"),
        ("singers", "first_name"),
        ("cities", "name"),
        ("customers", "name"),
        ("employees", "department_name"),
        ("orders", "address_id"),
        ("orders", "email_count"),
        ("orders", "is_mobile"),
        ("phones", "model"),
        ("manufacturers", "name"),
        ("users", "user_id"),
        ("employees", "hire_date"),
    ],
)
def test_names_of_things_and_facts_about_data_are_not_personal(table: str, column: str):
    assert not is_personal(Table("main", table, ()), Column(column, "text"))


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("write to ada@example.com", "email"),
        ("078-05-1120", "ssn"),
        ("4539 1488 0343 6467", "card"),
        ("GB82 WEST 1234 5698 7654 32", "iban"),
        ("+49 30 5550 1999", "phone"),
        ("(555) 123-4567", "phone"),
        ("10.20.30.40", "ip"),
        ("221 Baker Street", "street"),
        ("Hauptstraße 12", "street"),
        ("$2b$12$abcdefghijklmnopqrstuv", "secret"),
        ("4539 1488 0343 6468", ""),
        ("GB82 WEST 1234 5698 7654 33", ""),
        ("2026-02-28T10:00:00+02:00", ""),
        ("Boeing 747-400", ""),
        ("12 Angry Men", ""),
        ("1.234.567,89", ""),
        ("Order 2026-001-0001", ""),
        ("978-3-16-148410-0", ""),
    ],
)
def test_personal_values_are_known_by_shape(value: str, shape: str):
    assert shape_of(value) == shape
    assert hides(value) == bool(shape)


def test_numbers_are_hidden_only_where_they_could_be_a_card():
    assert hides(4539148803436467)
    assert not hides(4539148803436468)
    assert not hides(1_700_000_000_000)
    assert not hides(12.5)
