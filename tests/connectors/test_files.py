"""Files as tables: every kind, any name, and what is wrong with them."""

import gzip
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from connectors.registry import open_connector
from core.catalog import Catalog
from core.errors import NotFoundError, StatementError, UserError
from core.values import Limits, Row

LIMITS = Limits(seconds=20)


async def read(path: Path | str) -> tuple[Catalog, Mapping[str, list[Row]]]:
    """The catalog behind a path and the rows of all tables."""
    connector = await open_connector(str(path), limits=LIMITS)
    try:
        catalog = await connector.catalog()
        names = [table.name for table in catalog.tables]
        quoted = ('"' + name.replace('"', '""') + '"' for name in names)
        found = [(await connector.run(f"SELECT * FROM {name}", limits=LIMITS)).rows for name in quoted]
    finally:
        await connector.close()
    return catalog, dict(zip(names, found, strict=True))


def parquet(path: Path) -> None:
    """A file of 1000 rows."""
    with duckdb.connect() as database:
        database.execute(f"COPY (SELECT i FROM range(1000) t(i)) TO '{path}'")


@pytest.mark.parametrize(
    ("name", "content", "rows"),
    [
        ("a.csv", b"id,day\n1,2026-01-01\n2,\n", [[1, "2026-01-01"], [2, None]]),
        ("a.csv", b"\xef\xbb\xbfid;n\n1;2\n", [[1, 2]]),
        ("A.CSV", b"id,n\r\n1,2\r\n", [[1, 2]]),
        ("a.tsv", b"id\tn\n1\t2\n", [[1, 2]]),
        ("a.csv", b"name,n\nM\xfcller,1\n", [["Müller", 1]]),
        ("a.csv", "name,n\nMüller,1\n".encode("utf-16"), [["Müller", 1]]),
        ("a.csv", b"a,b\n", []),
        ("a.csv", b'a,b\n"x, ""y""\nz",1\n', [['x, "y"\nz', 1]]),
        ("a.csv.gz", gzip.compress(b"id,n\n1,2\n", mtime=0), [[1, 2]]),
        ("a.json", b'[{"a": 1, "b": {"c": [2]}}, {"a": 2}]', [[1, {"c": [2]}], [2, None]]),
        ("a.jsonl", b'{"a": 1}\n{"a": 2}\n', [[1], [2]]),
        ("a.ndjson", b'{"a": 1}\n', [[1]]),
    ],
)
async def test_kinds(tmp_path: Path, name: str, content: bytes, rows: list[Row]) -> None:
    (tmp_path / name).write_bytes(content)
    catalog, found = await read(tmp_path / name)
    assert list(found.values()) == [rows]
    (table,) = catalog.tables
    assert (table.name.lower(), table.kind, table.row_estimate, table.bytes) == ("a", "file", len(rows), len(content))
    assert catalog.dialect == "duckdb"


async def test_a_type_that_changes_late(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("n,m\n" + "1,2\n" * 50_000 + "oops,3\n")
    catalog, _ = await read(tmp_path / "a.csv")
    assert [column.type for column in catalog.tables[0].columns] == ["VARCHAR", "BIGINT"]
    assert catalog.tables[0].row_estimate == 50_001


async def test_parquet_is_read_in_place(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet")
    connector = await open_connector(str(tmp_path / "a.parquet"), limits=LIMITS)
    assert (await connector.catalog()).tables[0].row_estimate == 1000
    assert (await connector.run("SELECT sum(i) FROM a", limits=LIMITS)).rows == [[499500]]
    before = (tmp_path / "a.parquet").read_bytes()
    for sql in (
        f"COPY (SELECT 1 AS i) TO '{tmp_path}/a.parquet' (USE_TMP_FILE false)",
        "CREATE TABLE b AS SELECT 1",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
    ):
        with pytest.raises(StatementError):
            await connector.run(sql, limits=LIMITS)
    assert (tmp_path / "a.parquet").read_bytes() == before
    await connector.close()


async def test_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Q1"
    first.append(["id", "when", "ok", "amount", "mixed", "id", None])
    first.append([1, datetime.fromisoformat("2026-01-01"), True, 1.5, "a", 7])
    first.append([2, datetime.fromisoformat("2026-01-02T10:00"), False, 2, 5, 8, "more"])
    first.append([None, None, None, None, "#DIV/0!"])
    book.create_sheet("empty")
    second = book.create_sheet("Q 2")
    second.append(["day"])
    second.append([date(2026, 1, 1)])
    book.save(tmp_path / "book.xlsx")
    catalog, found = await read(tmp_path / "book.xlsx")
    assert found == {
        "book_Q1": [
            [1, "2026-01-01T00:00:00", True, 1.5, "a", 7, None],
            [2, "2026-01-02T10:00:00", False, 2.0, "5", 8, "more"],
        ],
        "book_Q 2": [["2026-01-01"]],
    }
    columns = next(table for table in catalog.tables if table.name == "book_Q1").columns
    assert [column.name for column in columns] == ["id", "when", "ok", "amount", "mixed", "id_2", "column7"]


async def test_a_folder_with_good_and_bad_files(tmp_path: Path) -> None:
    parquet(tmp_path / "sales.parquet")
    (tmp_path / "sales.csv").write_text("a,b\n1,2\n")
    (tmp_path / "Sales.tsv").write_text("a\tb\n3\t4\n")
    (tmp_path / "quote's \"[1]* ü.csv").write_text("a,b\n5,6\n")
    (tmp_path / "empty.csv").touch()
    (tmp_path / "bad.json").write_text('{"a":')
    (tmp_path / "readme.md").write_text("# hello")
    (tmp_path / ".hidden.csv").write_text("a,b\n1,2\n")
    catalog, found = await read(tmp_path)
    assert {name: rows for name, rows in found.items() if name != "sales_parquet"} == {
        "Sales": [[3, 4]],
        "sales_csv": [[1, 2]],
        "quote's \"[1]* ü": [[5, 6]],
    }
    assert len(found["sales_parquet"]) == 1000
    assert {name.name for name in catalog.hidden} == {"empty.csv", "bad.json"}
    assert catalog.extra["file empty.csv"] == "not read: empty.csv is empty"
    assert "bad.json" in catalog.extra["file bad.json"]


async def test_a_glob(tmp_path: Path) -> None:
    for name in ("a1.csv", "a2.csv", "b.csv"):
        (tmp_path / name).write_text("a,b\n1,2\n")
    _, found = await read(f"{tmp_path}/a*.csv")
    assert set(found) == {"a1", "a2"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", b"", "x.csv is empty"),
        ("x.csv", bytes(range(256)) * 9, "no text file"),
        ("x.csv", b"a,b\n1,2\n1,2,3,4\n5,6\n", "not of one length"),
        ("x.parquet", b"nope", "x.parquet cannot be read"),
        ("x.json", b'{"secret":', "x.json cannot be read"),
        ("x.xlsx", b"PK\x03\x04nope", "workbook"),
        ("x.docx", b"PK", "no kind"),
    ],
)
async def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=said) as raised:
        await open_connector(str(tmp_path / name), limits=LIMITS)
    assert "secret" not in raised.value.message


async def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    for path in ("missing.csv", "*.csv", "a" * 5000 + ".csv", "a\0b.csv"):
        with pytest.raises(NotFoundError):
            await open_connector(f"{tmp_path}/{path}", limits=LIMITS)
    with pytest.raises(UserError, match="holds no file"):
        await open_connector(str(tmp_path), limits=LIMITS)


async def test_what_was_loaded_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    (tmp_path / "b.csv").touch()
    await read(tmp_path / "a.csv")
    with pytest.raises(UserError):
        await read(tmp_path / "b.csv")
    assert list(scratch.iterdir()) == []
