import pytest

from core.catalog import Catalog, Column, Table
from core.profile import Profile
from indexers.database.relations.candidates import candidates

USERS = Table("main", "users", (Column("id", "int"), Column("name", "text")), primary_key=("id",))
COUNTRIES = Table("main", "countries", (Column("CountryId", "int"),), primary_key=("CountryId",))
STUDENT = Table("main", "Student", (Column("StuID", "int"),), primary_key=("StuID",))
DEPARTMENTS = Table("main", "departments", (Column("dept_id", "int"),), primary_key=("dept_id",))
EMPLOYEES = Table(
    "main", "employees", (Column("employee_id", "int"), Column("manager_id", "int")), primary_key=("employee_id",)
)
TYPES = Table(
    "main", "Ref_Document_Types", (Column("document_type_code", "text"),), primary_key=("document_type_code",)
)


def best(column: Column, *tables: Table) -> str | None:
    table = Table("main", "things", (column,))
    found = list(candidates(Catalog("sqlite", (table, *tables), ("main",)), Profile()))
    places = [each for each in found if each[0].table.name == "things"]
    return f"{places[0][0].key.table.name}.{places[0][0].key.column.name}" if places else None


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("user_id", "users.id"),
        ("userId", "users.id"),
        ("owner_user_id", "users.id"),
        ("user_id_2", "users.id"),
        ("user_from_id", "users.id"),
        ("countryid", "countries.CountryId"),
        ("Country", "countries.CountryId"),
        ("home_country_id", "countries.CountryId"),
        ("stuid", "Student.StuID"),
        ("department_id", "departments.dept_id"),
        ("dept_id", "departments.dept_id"),
        ("document_type_code", "Ref_Document_Types.document_type_code"),
        ("manager_id", "employees.employee_id"),
        ("id", None),
        ("name", None),
        ("amount", None),
        ("number_of_users", None),
        ("order_id", None),
    ],
)
def test_names_propose_what_a_column_refers_to(name: str, place: str | None):
    kind = "text" if name.endswith("code") else "int"
    assert best(Column(name, kind), USERS, COUNTRIES, STUDENT, DEPARTMENTS, EMPLOYEES, TYPES) == place


def test_types_that_cannot_be_compared_are_no_candidates():
    assert best(Column("user_id", "json"), USERS) is None
    assert best(Column("user_id", "date"), USERS) is None


def test_a_key_of_its_own_table_refers_to_nothing():
    swaps = Table("main", "currency_swaps", (Column("swap_id", "int"),), primary_key=("swap_id",))
    rates = Table("main", "rate_swaps", (Column("swap_id", "int"),), primary_key=("swap_id",))
    assert not list(candidates(Catalog("sqlite", (swaps, rates), ("main",)), Profile()))
