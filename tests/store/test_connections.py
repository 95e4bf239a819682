from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from core.catalog import Catalog, Table
from core.errors import NotFoundError, SetupError, UserError
from store.catalogs import Catalogs
from store.connections import Connections
from store.secrets import open_cipher
from store.system import System

URL = "postgresql://ann:hush@host:5432/sales?sslpassword=hush"


@pytest.fixture
def connections(system: System, tmp_path: Path) -> Connections:
    return Connections(system, open_cipher(tmp_path))


async def test_a_connection_is_kept_without_showing_its_secrets(system: System, connections: Connections):
    info = await connections.add("sales", URL)
    assert info.url == "postgresql://ann:***@host:5432/sales?sslpassword=***"
    assert (info.name, info.dialect, info.default, info.tables) == ("sales", "postgres", True, None)
    assert info.created_at is not None and info.created_at.tzinfo is not None
    assert await connections.list() == [info]
    assert await connections.url("sales") == await connections.url() == URL
    async with system.connection() as connection:
        rows = await connection.execute("SELECT c::text, convert_from(url, 'UTF8') FROM datachat.connections c")
        assert "hush" not in str(await rows.fetchall())


@pytest.mark.parametrize(
    ("url", "dialect"),
    [
        ("sqlite:///a.db", "sqlite"),
        ("mariadb+pymysql://u@h/d", "mysql"),
        ("chdb://", "clickhouse"),
        ("postgres://h/d", "postgres"),
    ],
)
async def test_the_dialect_is_sqlglot_s(connections: Connections, url: str, dialect: str):
    assert (await connections.add("one", url)).dialect == dialect


async def test_the_first_is_the_default_until_another_is_named(connections: Connections):
    await connections.add("b", URL)
    await connections.add("a", URL)
    assert [(each.name, each.default) for each in await connections.list()] == [("b", True), ("a", False)]
    await connections.add("c", URL, default=True)
    assert [each.name for each in await connections.list()] == ["c", "a", "b"]
    await connections.set_default("a")
    assert [(each.name, each.default) for each in await connections.list()] == [("a", True), ("b", False), ("c", False)]


async def test_without_a_default_nothing_is_guessed(connections: Connections):
    await connections.add("a", URL)
    await connections.add("b", URL)
    await connections.remove("a")
    assert [each.default for each in await connections.list()] == [False]
    with pytest.raises(SetupError, match="no default database"):
        await connections.url()


async def test_a_used_name(connections: Connections):
    await connections.add("a", URL)
    await connections.add("b", URL)
    with pytest.raises(UserError, match="named 'b' already") as caught:
        await connections.add("b", "sqlite:///other.db", default=True)
    assert caught.value.code == "duplicate"
    assert [(each.name, each.default) for each in await connections.list()] == [("a", True), ("b", False)]


async def test_an_unknown_name(connections: Connections):
    await connections.add("sales", URL)
    with pytest.raises(NotFoundError, match="no connection named 'nope'") as caught:
        await connections.url("nope")
    assert "sales" in caught.value.hint
    with pytest.raises(NotFoundError):
        await connections.remove("nope")
    with pytest.raises(NotFoundError):
        await connections.set_default("nope")
    assert (await connections.list())[0].default


@pytest.mark.parametrize("name", ["", " a", "a\nb", "x" * 64, "a/b", "a\0b", "-a", "postgresql://x"])
async def test_a_name_that_is_none(connections: Connections, name: str):
    with pytest.raises(UserError, match="cannot name a connection"):
        await connections.add(name, URL)


@pytest.mark.parametrize("url", ["", "hush", "postgresql://a\0b"])
async def test_a_url_that_is_none(connections: Connections, url: str):
    with pytest.raises(UserError, match="not a database URL"):
        await connections.add("a", url)


async def test_the_catalog_is_counted_and_goes_along(system: System, connections: Connections):
    await connections.add("sales", URL)
    await Catalogs(system).save("sales", Catalog("postgres", (Table("public", "a", ()),), ("public",)))
    [info] = await connections.list()
    assert info.tables == 1 and info.refreshed_at is not None
    await connections.remove("sales")
    assert await Catalogs(system).load("sales") is None


async def test_another_key_is_a_clear_error(system: System, connections: Connections, tmp_path: Path):
    await connections.add("sales", URL)
    other = Connections(system, open_cipher(tmp_path, Fernet.generate_key().decode()))
    with pytest.raises(SetupError, match="cannot be decrypted"):
        await other.url("sales")
    assert [each.name for each in await other.list()] == ["sales"]
