"""Whole turns under an access policy: each user sees what the policy leaves, and hears nothing of the rest."""

from pathlib import Path

import psycopg
import pytest

from core.errors import NotFoundError, UserError
from core.values import Answer, User
from core.yaml_file import read_mapping
from graph.assembly import House
from graph.turns import Question
from tests.graph.conftest import Opening, answer_of

POLICY = """
access:
  roles:
    german:
      databases:
        "shop_*":
          tables:
            customers: {rows: "country = {user.country}", mask: {name: last4}}
            orders: {rows: "customer_id % 2 = 0"}
    nosy:
      databases: {"shop_*": {tables: {"*": {}}}}
    hashing:
      databases: {"shop_*": {tables: {customers: {mask: {name: hash}}}}}
  users:
    anna: {roles: [german], attributes: {country: DE}}
    both: {roles: [german, nosy], attributes: {country: DE}}
    nosy: [nosy]
    hasher: [hashing]
    lost: [german]
    elsewhere: []
"""


def policy(folder: Path, text: str = POLICY) -> object:
    path = folder / "policy.yaml"
    path.write_text(text)
    return read_mapping(path)


async def asked(house: House, text: str, user: str, *, database: str | None = None) -> Answer:
    """The answer to a user's question."""
    events = house.turns.say(Question(text=text, user=User(name=user), database=database))
    return answer_of([event async for event in events])


async def test_a_user_counts_what_is_shown(opening: Opening, tmp_path: Path) -> None:
    async with opening(access=policy(tmp_path)) as house:
        limited = await asked(house, "How many rows does customers have?", "anna")
        whole = await asked(house, "How many rows does customers have?", "nosy")
    assert limited.rows == [[20]]
    assert limited.filtered == ["public.customers"]
    assert "A policy limits which rows of customers you see." in limited.answer
    assert "governed.country = 'DE'" in (limited.sql or "")
    assert whole.rows == [[40]]
    assert (whole.filtered, whole.masked) == ([], [])
    assert "policy" not in whole.answer


async def test_masked_values_stay_masked(opening: Opening, tmp_path: Path) -> None:
    async with opening(access=policy(tmp_path)) as house:
        values = await asked(house, "What are the distinct values of customers.name?", "anna")
        both = await asked(house, "Show me 5 rows of customers", "both")
    assert {row[0][:3] for row in values.rows if isinstance(row[0], str)} == {"***"}
    assert values.masked == ["public.customers.name"]
    assert both.filtered == []
    assert all(str(row[1]).startswith("***") for row in both.rows)


async def test_what_is_not_granted_does_not_exist(opening: Opening, shop_url: str, tmp_path: Path) -> None:
    """A table that is hidden and one that is not there are spoken of in the same words."""
    forms = [
        "How many rows does {} have?",
        "What are the columns of {}?",
        "Describe {}",
        "How is {} related to orders?",
    ]
    async with await psycopg.AsyncConnection.connect(shop_url, autocommit=True) as connection:
        await connection.execute("CREATE TABLE secretx (id int REFERENCES orders, customer_id int)")
    async with opening(access=policy(tmp_path)) as house:
        told = [[await asked(house, form.format(name), "anna") for form in forms] for name in ("secretx", "secrety")]
        tables = await asked(house, "Which tables are there?", "anna")
    assert [spoken(each, "secretx") for each in told[0]] == [spoken(each, "secrety") for each in told[1]]
    assert {str(row[1]) for row in tables.rows} == {"customers", "orders"}
    assert "archive" not in tables.model_dump_json()


def spoken(answer: Answer, name: str) -> str:
    """What an answer says, but for times, ids and the name."""
    return answer.model_dump_json(exclude={"timing_ms", "trace", "turn_id", "conversation_id", "usage"}).replace(
        name, "?"
    )


async def test_a_model_sees_and_reads_what_the_user_sees(opening: Opening, tmp_path: Path) -> None:
    sql = "SELECT c.name, o.total FROM customers c JOIN orders o ON o.customer_id = c.id ORDER BY o.total DESC LIMIT 3"
    async with opening(access=policy(tmp_path), script=[{"sql": sql, "confidence": 0.9}]) as house:
        database = await house.databases_of(User(name="anna")).get()
        found = await database.knowledge.find("orders and the archive")
        answer = await asked(house, "Which customers spent the most per order?", "anna")
    assert {each.table for each in found} == {"public.customers", "public.orders"}
    assert [table.row_estimate for table in database.catalog.tables] == [None, None]
    assert answer.status == "answered"
    assert answer.filtered == ["public.customers", "public.orders"]
    assert answer.masked == ["public.customers.name"]
    assert all(str(row[0]).startswith("***") for row in answer.rows)
    assert "A policy masks customers.name for you, in conditions too." in answer.answer


async def test_an_empty_result_says_that_a_policy_limits_it(opening: Opening, tmp_path: Path) -> None:
    script = [{"sql": "SELECT id FROM customers WHERE country = 'FR'"}, {"sql": "SELECT id FROM orders WHERE id < 0"}]
    async with opening(access=policy(tmp_path), script=script) as house:
        hidden = await asked(house, "Which customers are French?", "anna")
        nobody = await asked(house, "Which orders are negative?", "nosy")
    assert hidden.answer.startswith("No rows match the condition country = 'FR'.")
    assert hidden.answer.endswith("A policy limits which rows of customers you see.")
    assert "policy" not in nobody.answer


@pytest.mark.parametrize("user", ["elsewhere", "stranger", "local"])
async def test_who_has_no_role_sees_nothing(user: str, opening: Opening, tmp_path: Path) -> None:
    async with opening(access=policy(tmp_path)) as house:
        answer = await asked(house, "Which tables are there?", user)
        named = await asked(house, "Which tables are there?", user, database=(await house.databases.names())[0])
    assert (answer.status, answer.error and answer.error.code) == ("refused", "refused")
    assert named.error is not None
    assert "shop" not in named.error.hint


async def test_users_share_a_view_unless_a_filter_tells_them_apart(opening: Opening, tmp_path: Path) -> None:
    def german(country: str) -> User:
        return User(name="lost", attributes={"country": country, "team": country})

    async with opening(access=policy(tmp_path)) as house:
        users = [german("DE"), german("DE"), german("FR"), User(name="lost")]
        views = [await house.databases_of(user).get() for user in users]
    assert views[0] is views[1]
    queries = [[each.query for each in view.access.governed.values()] if view.access else [] for view in views]
    assert ["= 'DE'" in "".join(each) for each in queries] == [True, True, False, False]
    assert ["= 'FR'" in "".join(each) for each in queries] == [False, False, True, False]


@pytest.mark.parametrize("passing", [False, True])
async def test_nobody_goes_on_with_the_conversation_of_somebody_else(
    passing: bool, opening: Opening, tmp_path: Path
) -> None:
    """Its memory holds what the other one saw."""
    async with opening(access=policy(tmp_path)) as house:
        turns = house.passing if passing else house.turns
        first = turns.say(Question(text="Show me 5 rows of customers", conversation="c", user=User(name="nosy")))
        assert answer_of([event async for event in first]).status == "answered"
        with pytest.raises(NotFoundError):
            async for _ in turns.say(Question(text="and of orders?", conversation="c", user=User(name="anna"))):
                pass


async def test_a_filter_without_its_attribute_grants_nothing(opening: Opening, tmp_path: Path) -> None:
    async with opening(access=policy(tmp_path)) as house:
        catalog = (await house.databases_of(User(name="lost")).get()).catalog
    assert [table.name for table in catalog.tables] == ["orders"]


async def test_hashes_are_the_same_for_all_and_their_key_is_nowhere(opening: Opening, tmp_path: Path) -> None:
    question = "What are the distinct values of customers.name?"
    async with opening(access=policy(tmp_path)) as house:
        first, second = [await asked(house, question, "hasher") for _ in range(2)]
        assert house.sight
        key = house.sight.mask_key
    async with opening(access=policy(tmp_path)) as house:
        third = await asked(house, question, "hasher")
    assert first.rows == second.rows == third.rows
    assert len({str(row[0]) for row in first.rows}) == 40
    assert key not in first.model_dump_json()
    assert "mask-key" in (first.sql or "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("access:", "policy.yaml:1:1: `access` must hold"),
        (POLICY.replace("% 2 = 0", "% 2 ="), "policy.yaml:9:22: `rows` does not fit public.orders"),
        (POLICY.replace("            orders:", "            ordres:"), "policy.yaml:9:13: the database"),
        (POLICY.replace("mask: {name", "mask: {nam"), "has no column `nam`"),
    ],
)
async def test_a_broken_policy_stops_the_start(text: str, message: str, opening: Opening, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        async with opening(access=policy(tmp_path, text)):
            pass
    assert message in caught.value.message


async def test_a_policy_that_stopped_to_fit_hides_everything_and_names_nothing(
    opening: Opening, shop_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with opening(access=policy(tmp_path)) as house:
        async with await psycopg.AsyncConnection.connect(shop_url, autocommit=True) as connection:
            await connection.execute("ALTER TABLE customers RENAME COLUMN country TO land")
        await house.databases.refresh()
        answer = await asked(house, "Which tables are there?", "nosy")
    assert answer.status == "refused"
    assert "country" not in answer.model_dump_json()
    assert "policy.yaml:8:25" in caplog.text
