"""What is left to one user: rows of any role, masks of every role, and a catalog that tells of nothing else."""

from dataclasses import replace

import pytest
from pydantic import JsonValue

from core.access import Governed
from core.catalog import Catalog, Column, Table, TableName
from sql.policy.visible import NOTE, visible
from tests.sql.policy.conftest import Seeing

CUSTOMERS = TableName("public", "customers")


def customers(seeing: Seeing, *roles: str, **attributes: JsonValue) -> Governed | None:
    """How customers are read; None where they are read as they are."""
    access = seeing(*roles, **attributes)
    assert CUSTOMERS in access.catalog.by_name
    return access.governed.get(CUSTOMERS)


def rows(governed: Governed | None) -> str:
    """The row filter."""
    return governed.query.partition(" WHERE ")[2].removesuffix(" OFFSET 0)") if governed else ""


US, EU = "{customers: {rows: \"region = 'US'\"}}", "{customers: {rows: \"region = 'EU'\"}}"
MASKED = "{customers: {mask: {email: full}}}"
FULL = "{customers: {}}"


def test_rows_of_any_role_are_shown(seeing: Seeing) -> None:
    assert rows(customers(seeing, US)) == "(governed.region = 'US')"
    assert rows(customers(seeing, US, EU)) == "((governed.region = 'US')) OR ((governed.region = 'EU'))"
    assert rows(customers(seeing, US, US)) == "(governed.region = 'US')"
    assert customers(seeing, US, FULL) is None


@pytest.mark.parametrize("roles", [(MASKED, FULL), (FULL, MASKED), (MASKED, US), (US, MASKED, FULL)])
def test_full_access_through_one_role_never_unmasks(roles: tuple[str, ...], seeing: Seeing) -> None:
    governed = customers(seeing, *roles)
    assert governed
    assert governed.masked == {"email"}
    assert "'***' AS email" in governed.query
    assert not governed.filtered


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("last4", "last4", "LENGTH(governed."),
        ("last4", "email", "'***' AS email"),
        ("hash", "full", "'***' AS email"),
        ("lower(email)", "lower(email)", "(lower(governed.email)) AS email"),
        ("lower(email)", "upper(email)", "'***' AS email"),
        ("'null'", "email", "'***' AS email"),
    ],
)
def test_masks_that_differ_show_nothing(one: str, other: str, shown: str, seeing: Seeing) -> None:
    roles = [f'{{customers: {{mask: {{email: "{mask}"}}}}}}' for mask in (one.strip("'"), other)]
    governed = customers(seeing, *roles)
    assert governed
    assert shown in governed.query


def test_a_mask_shows_nothing_of_a_column_that_another_role_masks(seeing: Seeing) -> None:
    by_name = "{customers: {mask: {email: \"name || '@'\"}}}"
    assert "(governed.name || '@') AS email" in getattr(customers(seeing, by_name), "query", "")
    governed = customers(seeing, by_name, "{customers: {mask: {name: full}}}")
    assert governed
    assert "'***' AS name, '***' AS email" in governed.query


def test_a_role_that_hides_wins(seeing: Seeing) -> None:
    assert CUSTOMERS not in seeing(FULL, "{customers: {allow: false}}", US).catalog.by_name


ATTRIBUTE = '{customers: {rows: "region = {user.region} AND points > {user.level}"}}'


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"region": "US", "level": 3}, "(governed.region = 'US' AND governed.points > 3)"),
        ({"region": "O'Hara -- x", "level": -3}, "(governed.region = 'O''Hara -- x' AND governed.points > (-3))"),
        ({"region": True, "level": 1.5}, "(governed.region = TRUE AND governed.points > 1.5)"),
        ({"region": "{user.level}", "level": 1}, "(governed.region = '{user.level}' AND governed.points > 1)"),
    ],
)
def test_attributes_become_literals(attributes: dict[str, JsonValue], expected: str, seeing: Seeing) -> None:
    assert rows(customers(seeing, ATTRIBUTE, **attributes)) == expected


@pytest.mark.parametrize("region", [None, ["US"], "a\\", "a\x00b", "a\nb", {"a": 1}, float("nan")])
def test_what_cannot_be_written_with_certainty_grants_nothing(region: JsonValue, seeing: Seeing) -> None:
    assert not seeing(ATTRIBUTE, level=1, region=region).catalog.tables
    assert rows(customers(seeing, ATTRIBUTE, US, level=1, region=region)) == "(governed.region = 'US')"


def test_a_grant_that_fell_away_still_masks(seeing: Seeing) -> None:
    role = '{customers: {rows: "region = {user.region}", mask: {phone: full}}}'
    governed = customers(seeing, role, FULL)
    assert governed
    assert governed.masked == {"phone"}


@pytest.mark.parametrize(
    ("regions", "expected"),
    [(["US", "E'U"], "'US', 'E''U'"), ([], "NULL"), ("US", "'US'"), ([1, 2], "1, 2")],
)
def test_lists_stand_in_lists(regions: JsonValue, expected: str, seeing: Seeing) -> None:
    role = '{customers: {rows: "region IN ({user.regions})"}}'
    assert rows(customers(seeing, role, regions=regions)) == f"(governed.region IN ({expected}))"


def test_the_users_name_is_always_known(seeing: Seeing) -> None:
    assert rows(customers(seeing, '{customers: {rows: "name = {user.name}"}}')) == "(governed.name = 'anna')"
    assert "'anna'" in rows(customers(seeing, '{customers: {rows: "name = {user.name}"}}', name="mallory"))


def test_the_catalog_tells_nothing_of_what_is_limited(seeing: Seeing) -> None:
    catalog = seeing("{customers: {mask: {email: full}}, orders: {rows: \"region = 'US'\"}}").catalog
    assert [str(table.full_name) for table in catalog.tables] == ["public.customers", "public.orders"]
    masked, filtered = catalog.tables
    email = masked.column("email")
    assert email
    assert (email.comment, email.default) == (NOTE, None)
    assert masked.primary_key == ("id",)
    assert [key.columns for key in filtered.foreign_keys] == [("customer_id",)], "masks do not join"
    assert {table.row_estimate for table in catalog.tables} == {None}
    assert not seeing("{orders: {}}").catalog.tables[0].foreign_keys, "a key would name a table that is not there"
    assert catalog.hidden == ()


def test_a_policy_leaves_out_how_views_are_made() -> None:
    view = Table(
        "public", "v", (Column("a", "int"),), kind="view", definition="SELECT a FROM t WHERE secret = 'canary'"
    )
    whole = Catalog("postgres", (view,), ("public",))
    [seen] = visible(whole, whole.tables, {}).tables
    assert seen == replace(view, definition=None)
