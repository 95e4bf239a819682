"""Loads one file into DuckDB: by its suffix, forgiving about encodings and types, clear about what is wrong."""

import codecs
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import duckdb

from connectors.files_excel import sheets
from connectors.scrub import without_values
from core.errors import UserError

_LOOK_BYTES = 65_536
_OBJECT_BYTES = 100_000_000
_SEPARATOR = re.compile(r"[,;\t|]")
_LINE = re.compile(r"[Ll]ine: (\d+)")


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A table or view that was `made` of a file under a passing name; `wanted` is the name to give it."""

    made: str
    wanted: str
    source: str
    kind: Literal["TABLE", "VIEW"] = "TABLE"
    bytes: int = 0
    rows: int | None = None
    note: str = ""
    read_in_place: Path | None = None


def load(database: duckdb.DuckDBPyConnection, path: Path, suffix: str, scratch: Path) -> Iterator[Loaded]:
    """Make a table of each sheet, or one of the whole file; `scratch` is a free path for what is needed meanwhile."""
    if path.stat().st_size == 0:
        raise UserError(f"{path.name} is empty")
    try:
        yield from SUFFIXES[suffix](database, path, path.name[: -len(suffix)] or path.name, scratch)
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise UserError(f"{path.name} cannot be read: {_reason(error)}", hint="Open it and look") from None
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}") from None


def _parquet(database: duckdb.DuckDBPyConnection, path: Path, stem: str, scratch: Path) -> Iterator[Loaded]:
    place = _plain(path, scratch.with_suffix(".parquet"))
    made = f"file {scratch.name}"
    database.execute(f'CREATE VIEW "{made}" AS SELECT * FROM read_parquet({_text(place)})')
    rows = database.execute(f"SELECT sum(num_rows) FROM parquet_file_metadata({_text(place)})").fetchone()
    yield Loaded(
        made=made,
        wanted=stem,
        source=path.name,
        kind="VIEW",
        bytes=path.stat().st_size,
        rows=int(rows[0]) if rows and rows[0] is not None else None,
        read_in_place=place,
    )


def _csv(database: duckdb.DuckDBPyConnection, path: Path, stem: str, scratch: Path) -> Iterator[Loaded]:
    place = _plain(path, scratch.with_suffix(path.suffix))
    encoding, note = _encoding(path)
    # Types are guessed from the first rows; if a later one does not fit, from all rows; else all is taken as text.
    more = ("", ", sample_size = -1", ", all_varchar = true")
    source = f"SELECT * FROM read_csv({_text(place)}, encoding = '{encoding}'"
    names = [each[0] for each in database.execute(f"{source}) LIMIT 0").description or ()]
    separator = _SEPARATOR.search(names[0]) if len(names) == 1 else None
    # Lines of several lengths make DuckDB take each for one cell; that would be asked in vain.
    told = f", delim = {_text(separator[0])}, header = true" if separator else ""
    readers = [f"{source}{told}{each})" for each in more]
    yield _table(database, path, stem, scratch, readers, note)


def _json(database: duckdb.DuckDBPyConnection, path: Path, stem: str, scratch: Path) -> Iterator[Loaded]:
    place = _plain(path, scratch.with_suffix(path.suffix))
    options = f"maximum_object_size = {_OBJECT_BYTES}"
    readers = [f"SELECT * FROM read_json({_text(place)}, {options}{more})" for more in ("", ", sample_size = -1")]
    yield _table(database, path, stem, scratch, readers)


def _excel(database: duckdb.DuckDBPyConnection, path: Path, stem: str, scratch: Path) -> Iterator[Loaded]:
    found = sheets(path, scratch)
    for number, sheet in enumerate(found):
        each = ", ".join(f"c{n} AS {_name(name)}" for n, (name, _) in enumerate(sheet.columns))
        kinds = ", ".join(f"c{n}: '{kind}'" for n, (_, kind) in enumerate(sheet.columns))
        reader = f"read_json({_text(sheet.lines)}, columns = {{{kinds}}}, format = 'newline_delimited')"
        name = f"{stem}_{sheet.title}" if len(found) > 1 else stem
        made = scratch.with_name(f"{scratch.name} {number}")
        yield _table(database, path, name, made, [f"SELECT {each} FROM {reader}"])
        sheet.lines.unlink()


def _table(
    database: duckdb.DuckDBPyConnection, path: Path, name: str, scratch: Path, readers: Sequence[str], note: str = ""
) -> Loaded:
    """Make a table by the first reader that succeeds; when none does, the first one's error tells why."""
    made = f"file {scratch.name}"
    failure: duckdb.Error | None = None
    for reader in readers:
        try:
            database.execute(f'CREATE TABLE "{made}" AS {reader}')
            break
        except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
            failure = failure or error
    else:
        assert failure
        raise failure
    rows = database.execute(f'SELECT count(*) FROM "{made}"').fetchone()
    size = path.stat().st_size
    return Loaded(made=made, wanted=name, source=path.name, bytes=size, rows=rows[0] if rows else None, note=note)


def _encoding(path: Path) -> tuple[str, str]:
    """The encoding of a text and what to say of it."""
    with path.open("rb") as file:
        start = file.read(_LOOK_BYTES)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", ""
        if path.suffix == ".gz":
            return "utf-8", ""
        if b"\0" in start:
            raise UserError(f"{path.name} is no text file, though its name says so")
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while start:
                decoder.decode(start)
                start = file.read(1 << 20)
        except UnicodeDecodeError:
            return "latin-1", "not in UTF-8; read as Latin-1"
    return "utf-8", ""


def _plain(path: Path, link: Path) -> Path:
    """The path itself, or a link to it where DuckDB would take its name for a pattern."""
    if not re.search(r"[*?\[\]]", str(path)):
        return path
    link.symlink_to(path)
    return link


def _reason(error: duckdb.Error) -> str:
    text = str(error)
    line = _LINE.search(text)
    if line:
        return f"line {line[1]} does not fit the lines before it"
    if "when sniffing" in text:
        return "its lines are not of one length, or not separated alike"
    return without_values(text.split("\n\n", 1)[0].partition(":")[2] or text)


def _text(value: Path | str) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_Load = Callable[[duckdb.DuckDBPyConnection, Path, str, Path], Iterator[Loaded]]

SUFFIXES: Mapping[str, _Load] = MappingProxyType(
    {
        ".parquet": _parquet,
        **dict.fromkeys((".csv", ".tsv", ".csv.gz", ".tsv.gz"), _csv),
        **dict.fromkeys((".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz"), _json),
        ".xlsx": _excel,
    }
)
"""How a file is loaded, by the end of its name."""
