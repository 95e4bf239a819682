"""A URL or a path leads to a connector, or to a word of what is wrong."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from connectors.registry import open_connector, schemes
from core.errors import NotFoundError, SetupError, UserError
from core.values import Limits

LIMITS = Limits()


@pytest.mark.parametrize(
    ("url", "said", "hint"),
    [
        ("postgrsql://host/x", "postgrsql", "Did you mean postgresql?"),
        ("oracle://host/x", "oracle", "postgresql"),
        ("base://x", "base", "postgresql"),
        ("sqlite:relative.db", "URL", "sqlite:///"),
        ("sqlite://", "URL", "sqlite:///"),
        ("sqlite:///:memory:", "memory", "file"),
        ("duckdb://:memory:", "URL", "duckdb:///"),
        ("duckdb:///:memory:", "memory", "file"),
    ],
)
async def test_urls_that_lead_nowhere(url: str, said: str, hint: str) -> None:
    with pytest.raises(UserError) as raised:
        await open_connector(url, limits=LIMITS)
    assert said in raised.value.message
    assert hint in raised.value.hint


async def test_nothing_is_given() -> None:
    with pytest.raises(SetupError):
        await open_connector("  ", limits=LIMITS)


@pytest.mark.parametrize("form", ["sqlite:///{}", "duckdb:///{}", "{}", "file://{}", "sqlite+pysqlite:///{}"])
async def test_a_missing_file_is_never_made(form: str, tmp_path: Path) -> None:
    for suffix in ("db", "duckdb", "csv"):
        path = tmp_path / f"missing.{suffix}"
        with pytest.raises(NotFoundError, match="missing"):
            await open_connector(form.format(path), limits=LIMITS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["sqlite:///{}", "sqlite+pysqlite:///{}", "SQLite:///{}", "{}", " {} ", "file://{}"])
async def test_forms_of_one_file(form: str, tmp_path: Path) -> None:
    path = tmp_path / "a b%20c?.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE t (a)")
    url = form.format(str(path).replace("%", "%25").replace("?", "%3F") if "file:" in form else path)
    connector = await open_connector(url, limits=LIMITS)
    assert [table.name for table in (await connector.catalog()).tables] == ["t"]
    await connector.close()


async def test_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text("a\n1\n")
    connector = await open_connector("x.csv", limits=LIMITS)
    await connector.close()


def test_a_missing_driver_names_its_extra() -> None:
    for url, module, extra in (
        ("duckdb:///x.duckdb", "duckdb", "duckdb"),
        ("x.csv", "duckdb", "duckdb"),
        ("mysql://host/x", "pymysql", "mysql"),
        ("clickhouse://host/x", "clickhouse_connect", "clickhouse"),
    ):
        program = (
            "import sys, asyncio\n"
            f"sys.modules[{module!r}] = None\n"
            "from connectors.registry import open_connector\n"
            "from core.errors import SetupError\n"
            "from core.values import Limits\n"
            "try:\n"
            f"    asyncio.run(open_connector({url!r}, limits=Limits()))\n"
            "except SetupError as error:\n"
            "    print(error.hint)\n"
        )
        told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert f'pip install "datachat[{extra}]"' in told.stdout, told.stderr


def test_no_driver_is_loaded_before_it_is_needed() -> None:
    drivers = ("psycopg", "duckdb", "pymysql", "clickhouse_connect", "chdb", "openpyxl")
    program = f"import sys, connectors.registry; print([m for m in sys.modules if m in {drivers}])"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_schemes_are_known() -> None:
    assert {"postgresql", "sqlite", "duckdb", "mysql", "mariadb", "clickhouse", "chdb"} <= set(schemes())
