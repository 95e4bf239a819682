import pytest

from core.catalog import Catalog, Column, Table
from core.profile import ColumnProfile, Profile, TableProfile
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


def test_students_have_advisors_among_those_who_teach():
    faculty = Table("main", "Faculty", (Column("FacID", "int"),), primary_key=("FacID",))
    assert best(Column("Advisor", "int"), STUDENT, faculty) == "Faculty.FacID"
    assert best(Column("mentor_id", "int"), USERS, EMPLOYEES) == "employees.employee_id"


def test_types_that_cannot_be_compared_are_no_candidates():
    assert best(Column("user_id", "json"), USERS) is None
    assert best(Column("user_id", "date"), USERS) is None


def test_a_key_of_its_own_table_refers_to_nothing():
    swaps = Table("main", "currency_swaps", (Column("swap_id", "int"),), primary_key=("swap_id",))
    rates = Table("main", "rate_swaps", (Column("swap_id", "int"),), primary_key=("swap_id",))
    assert not list(candidates(Catalog("sqlite", (swaps, rates), ("main",)), Profile()))


def measured(*tables: Table) -> Profile:
    """A profile in which the first column of every table is unique."""
    return Profile(
        {
            table.full_name: TableProfile(
                table.full_name,
                9,
                tuple(
                    ColumnProfile(column.name, distinct=5 if place else 9) for place, column in enumerate(table.columns)
                ),
            )
            for table in tables
        }
    )


def keyless(name: str, *columns: str) -> Table:
    return Table("main", name, tuple(Column(each, "int") for each in columns))


def proposed(*tables: Table) -> dict[str, str]:
    found = candidates(Catalog("sqlite", tables, ("main",)), measured(*tables))
    return {
        f"{each[0].table.name}.{each[0].column.name}": f"{each[0].key.table.name}.{each[0].key.column.name}"
        for each in found
    }


def test_undeclared_keys_of_a_letter_are_those_of_the_table_that_begins_so():
    author, organization = keyless("author", "aid", "oid"), keyless("organization", "oid")
    writes, reviews = keyless("writes", "wid", "aid"), keyless("author_reviews", "aid")
    assert proposed(author, organization, writes, reviews) == {
        "author.oid": "organization.oid",
        "writes.aid": "author.aid",
        "author_reviews.aid": "author.aid",
    }


def test_a_letter_that_two_tables_share_is_told_apart_by_the_name_of_the_table():
    customer, course = keyless("customer", "cid"), keyless("course", "cid")
    invoice, room = keyless("invoice", "number", "cid"), keyless("course_room", "number", "cid")
    assert proposed(customer, course, invoice, room) == {"course_room.cid": "course.cid"}


def test_tables_that_begin_with_the_name_of_another_do_not_hide_it():
    paper, author, tags = keyless("paper", "paperid"), keyless("author", "authorid"), keyless("papertags", "paperid")
    writes, cite = keyless("writes", "no", "paperid", "authorid"), keyless("cite", "citingpaperid", "citedpaperid")
    assert proposed(paper, author, tags, writes, cite) == {
        "papertags.paperid": "paper.paperid",
        "writes.paperid": "paper.paperid",
        "writes.authorid": "author.authorid",
        "cite.citingpaperid": "paper.paperid",
        "cite.citedpaperid": "paper.paperid",
    }


def test_names_that_are_folded_to_one_word_are_cut_first():
    customer, ticker = (
        keyless("tbcustomer", "tbcustid", "tbcustname"),
        keyless("tbticker", "tbtickerid", "tbtickertype"),
    )
    transaction = keyless("tbtransaction", "tbtxid", "tbtxcustid", "tbtxtickerid")
    assert proposed(customer, ticker, transaction) == {
        "tbtransaction.tbtxcustid": "tbcustomer.tbcustid",
        "tbtransaction.tbtxtickerid": "tbticker.tbtickerid",
    }


def test_the_whole_name_means_the_key_of_a_letter():
    coupons, merchants = keyless("coupons", "cid", "merchant_id"), keyless("merchants", "mid")
    balances = keyless("balances", "day", "merchant_id", "coupon_id")
    assert proposed(coupons, merchants, balances) == {
        "coupons.merchant_id": "merchants.mid",
        "balances.merchant_id": "merchants.mid",
        "balances.coupon_id": "coupons.cid",
    }


def test_the_key_of_its_own_table_refers_to_nothing_though_it_is_not_declared():
    course, plans = keyless("course", "course_id"), keyless("plan_courses", "course_id", "plan")
    assert proposed(course, plans) == {"plan_courses.course_id": "course.course_id"}


@pytest.mark.parametrize(
    ("columns", "name", "likely"),
    [
        (("user_id", "alias"), "user_id", True),
        (("alias", "user_id"), "user_id", False),
        (("city_name", "county"), "city_name", True),
        (("name", "county"), "name", False),
    ],
)
def test_a_table_begins_with_what_others_refer_to(columns: tuple[str, str], name: str, likely: bool):
    named = tuple(Column(each, "text") for each in columns)
    members, visits = (
        Table("main", "members", named),
        Table("main", "visits", (Column("no", "text"), Column(name, "text"))),
    )
    unique = tuple(ColumnProfile(each, distinct=9) for each in columns)
    profile = Profile({members.full_name: TableProfile(members.full_name, 9, unique)})
    found = [each for some in candidates(Catalog("sqlite", (members, visits), ("main",)), profile) for each in some]
    assert any(each.table is visits and each.likelihood > 0.65 for each in found) is likely
