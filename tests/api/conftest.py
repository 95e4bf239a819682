"""A shop to ask, a scripted model, and servers over the embedded PostgreSQL."""

from collections.abc import AsyncGenerator, Callable, Generator
from uuid import uuid4

import httpx2
import psycopg
import pytest
import yaml

from tests.api.client import Server, client_of

SHOP = """
CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, country text);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, total numeric(10, 2));
CREATE SCHEMA archive;
CREATE TABLE archive.orders (id int PRIMARY KEY, total numeric(10, 2));
CREATE TABLE big (n int PRIMARY KEY);
INSERT INTO customers SELECT i, 'Customer ' || i, (ARRAY['DE', 'FR'])[1 + i % 2] FROM generate_series(1, 40) i;
INSERT INTO orders SELECT i, 1 + i % 40, i * 1.25 FROM generate_series(1, 250) i;
INSERT INTO big SELECT generate_series(1, 20000);
ANALYZE;
"""
SLOW = "SELECT count(*) AS pairs FROM big AS a JOIN big AS b ON a.n <> b.n + 1"
"""Takes half a minute."""
BRIEF = "SELECT count(*) AS pairs FROM big AS a JOIN big AS b ON a.n <> b.n + 1 WHERE a.n < 2000"
"""Takes a second or two."""
REPLIES: list[dict[str, object]] = [
    {"question": "slow", "sql": SLOW, "confidence": 0.95},
    {"question": "brief", "sql": BRIEF, "confidence": 0.95},
    {"question": "unsure", "sql": "SELECT name FROM customers WHERE id = 7", "confidence": 0.4},
    {
        "question": "thinking",
        "sql": "SELECT name FROM customers WHERE id = 8",
        "confidence": 0.95,
        "seconds": 1.5,
    },
    {
        "question": "by country",
        "prompt": "list the customers",
        "sql": "SELECT country, count(*) AS customers FROM customers GROUP BY country",
        "confidence": 0.95,
    },
    {"question": "list", "sql": "SELECT id, name FROM customers ORDER BY id", "confidence": 0.95},
    {"question": "every order", "sql": "SELECT id, total FROM orders ORDER BY id", "confidence": 0.95},
    {"question": "broken model", "fail": "failed"},
]
UNBOUNDED = {"DATACHAT_BUDGETS__QUESTIONS_PER_MINUTE": "0", "DATACHAT_BUDGETS__QUESTIONS_AT_ONCE": "0"}
"""All clients of a test are the same user."""
Serving = Callable[..., Server]


def new_database(server: str, name: str, script: str = "") -> str:
    """Make a database, and return its URL."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    url = server.replace("/postgres?", f"/{name}?")
    assert url != server
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(script.encode())
    return url


@pytest.fixture(scope="session")
def shop_url(system_url: str) -> str:
    """The shop, which no test changes."""
    return new_database(system_url, f"shop_{uuid4().hex}", SHOP)


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The model that every server has."""
    path = tmp_path_factory.mktemp("model") / "script.yaml"
    path.write_text(yaml.safe_dump({"replies": REPLIES}))
    return f"scripted:{path}"


@pytest.fixture(scope="session")
def _serving(
    system_url: str, shop_url: str, script: str, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Serving]:
    made: list[Server] = []

    def make(**settings: str) -> Server:
        home = tmp_path_factory.mktemp("server") / "home"
        settings.setdefault("SYSTEM_DATABASE_URL", new_database(system_url, f"system_{uuid4().hex}"))
        known = {"DATABASE_URL": shop_url, "DATACHAT_MODEL": script, **UNBOUNDED}
        made.append(Server(home, {**known, **settings}).start())
        return made[-1]

    yield make
    for each in made:
        if each.is_running():
            each.stop()


@pytest.fixture(scope="session")
def server(_serving: Serving) -> Server:
    """A server that outlives the test."""
    return _serving()


@pytest.fixture
def serving(_serving: Serving) -> Generator[Serving]:
    """Makes servers that do not; what is given as `Server` is served by a further process."""
    made: list[Server] = []

    def make(like: Server | None = None, **settings: str) -> Server:
        made.append(_serving(**{**(like.settings if like else {}), **settings}))
        return made[-1]

    yield make
    for each in made:
        if each.is_running():
            each.stop()


@pytest.fixture
async def client(server: Server) -> AsyncGenerator[httpx2.AsyncClient]:
    """A client of the common server."""
    async with client_of(server) as made:
        yield made
