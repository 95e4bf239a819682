"""The registry of databases, as its commands show it."""

import json
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.cli.conftest import Datachat


def test_add_list_test_default_refresh_remove(datachat: Datachat, shop: Path) -> None:
    """A connection's whole life."""
    added = datachat("database", "add", "one", f"sqlite:///{shop}", "--default")
    assert (added.code, added.out.startswith("one, the default: SQLite 3")) == (0, True)
    listed = {each["name"]: each for each in json.loads(datachat("database", "list", "--json").out)}
    assert listed["one"]["default"] is True
    assert listed["one"]["tables"] == 3
    assert "| one " in datachat("database", "list").out
    tested = json.loads(datachat("database", "test", "one", "--json").out)
    assert (tested["tables"], tested["needless_rights"]) == (3, [])
    assert datachat("database", "refresh", "one").out == "one: 3 tables and views\n"
    assert datachat("database", "add", "two", shop).code == 0
    assert datachat("database", "default", "two").out == "two is the default now.\n"
    removed = datachat("database", "remove", "two")
    assert removed.out == "Removed two.\n"
    assert "database default" in removed.err
    datachat("database", "remove", "one")
    again = datachat("database", "remove", "one")
    assert (again.code, "no connection named 'one'" in again.err) == (2, True)


def test_a_url_from_stdin_is_seen_by_nobody(datachat: Datachat, system_url: str) -> None:
    place = urlsplit(system_url)
    with_password = place._replace(netloc="postgres:hunter2@").geturl()
    told = datachat("database", "add", "seen", with_password)
    assert "process" in told.err
    datachat("database", "remove", "seen")
    unseen = datachat("database", "add", "unseen", "-", stdin=f"{with_password}\n")
    assert (unseen.code, "process" in unseen.err) == (0, False)
    assert "hunter2" not in told.out + told.err + unseen.out + unseen.err + datachat("database", "list").out
    datachat("database", "remove", "unseen")


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        ("snowflake://u:hunter2@h/d", 2, "Unknown kind of database: snowflake"),
        ("postgresql://u:hunter2@127.0.0.1:1/d", 7, "127.0.0.1:1"),
        ("nowhere.csv", 2, "There is no file 'nowhere.csv'"),
        ("sqlite:///nowhere.db", 2, "nowhere.db"),
        ("", 2, "No database is given"),
    ],
)
def test_what_cannot_be_reached_is_not_kept(datachat: Datachat, url: str, code: int, said: str) -> None:
    done = datachat("database", "add", "broken", url)
    assert (done.code, said in done.err, "hunter2" in done.err) == (code, True, False)
    assert "broken" not in datachat("database", "list").out


def test_untested_is_kept(datachat: Datachat) -> None:
    done = datachat("database", "add", "later", "postgresql://u@127.0.0.1:1/d", "--untested")
    assert (done.code, "not tested" in done.out) == (0, True)
    datachat("database", "remove", "later")


def test_a_database_without_tables_is_told(datachat: Datachat, tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "empty.db").executescript("CREATE TABLE t (a); DROP TABLE t").connection.close()
    assert "The database has no tables." in datachat("database", "test", "sqlite:///empty.db").err


async def test_a_superuser_is_told_how_to_make_a_reader(fresh_url: str) -> None:
    """What is printed, run by the superuser, makes a login that nothing is said about."""
    from cli.diagnosis import diagnose
    from core.values import Limits

    async with await psycopg.AsyncConnection.connect(fresh_url, autocommit=True) as connection:
        await connection.execute('CREATE TABLE "Odd ""name""" (a int)')
        found = await diagnose(fresh_url, Limits())
        assert found.rights == ("is a superuser",)
        role = f"reader_{urlsplit(fresh_url).path[-12:]}"
        await connection.execute(found.mend.replace("datachat_reader", role).encode())
        reader = await diagnose(urlsplit(fresh_url)._replace(netloc=f"{role}@").geturl(), Limits())
        assert (reader.rights, reader.emptiness, len(reader.catalog.tables)) == ((), "", 1)
        await connection.execute(f'GRANT INSERT ON "Odd ""name""" TO {role}'.encode())
        writer = await diagnose(urlsplit(fresh_url)._replace(netloc=f"{role}@").geturl(), Limits())
        assert writer.rights[0].startswith("may write to 1 tables")
        await connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


async def test_a_login_without_rights_is_told(fresh_url: str) -> None:
    from cli.diagnosis import diagnose
    from core.values import Limits

    role = f"nobody_{urlsplit(fresh_url).path[-12:]}"
    async with await psycopg.AsyncConnection.connect(fresh_url, autocommit=True) as connection:
        await connection.execute(f"CREATE TABLE t (a int); CREATE ROLE {role} LOGIN".encode())
        found = await diagnose(urlsplit(fresh_url)._replace(netloc=f"{role}@").geturl(), Limits())
        assert found.emptiness == "The login may read none of the 1 tables."
        assert "GRANT SELECT" in found.mend
        await connection.execute(f"DROP ROLE {role}".encode())
