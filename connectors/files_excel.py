"""The sheets of a workbook as lines of JSON, with a type for each column."""

import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import SetupError, UserError

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"})
_KINDS = (
    (frozenset({bool}), "BOOLEAN"),
    (frozenset({int}), "BIGINT"),
    (frozenset({int, float}), "DOUBLE"),
    (frozenset({date}), "DATE"),
    (frozenset({date, datetime}), "TIMESTAMP"),
    (frozenset({time}), "TIME"),
)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: each line of `lines` is a row as a JSON object of c0, c1, ...; `columns` are (name, DuckDB's type)."""

    title: str
    columns: Sequence[tuple[str, str]]
    lines: Path


def sheets(path: Path, scratch: Path) -> Sequence[Sheet]:
    """Every sheet that holds something; its first row names the columns."""
    book = _opened(path)
    try:
        each = [
            _sheet(
                title, _rows(book[title].iter_rows(values_only=True)), scratch.with_name(f"{scratch.name}-{n}.jsonl")
            )
            for n, title in enumerate(book.sheetnames)
        ]
    finally:
        book.close()
    filled = [sheet for sheet in each if sheet]
    if not filled:
        raise UserError(f"{path.name} holds no cells")
    return filled


def _opened(path: Path) -> "Workbook":
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ModuleNotFoundError:
        raise SetupError(
            f"{path.name} is a workbook, and what reads it is not installed", hint='Run: pip install "datachat[excel]"'
        ) from None
    try:
        return load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError):
        raise UserError(f"{path.name} cannot be read as a workbook", hint="Open it and save it as .xlsx") from None


def _sheet(title: str, rows: Iterator[Sequence[object]], lines: Path) -> Sheet | None:
    header = next(rows, None)
    if header is None:
        return None
    kinds: dict[int, set[type]] = defaultdict(set)
    with lines.open("w", encoding="utf-8") as file:
        for row in rows:
            for place, cell in enumerate(row):
                if cell is not None:
                    kinds[place].add(type(cell))
            file.write(json.dumps({f"c{place}": cell for place, cell in enumerate(row)}, default=str) + "\n")
    names = _names(header, width=max(len(header), *(place + 1 for place in kinds), 0))
    return Sheet(title=title, columns=[(name, _kind(kinds[place])) for place, name in enumerate(names)], lines=lines)


def _rows(cells: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    """The rows that hold something."""
    for row in cells:
        cleaned = [_cleaned(cell) for cell in row]
        while cleaned and cleaned[-1] is None:
            cleaned.pop()
        if cleaned:
            yield cleaned


def _cleaned(cell: object) -> object:
    """The cell, without what Excel shows for a failed formula; a moment at midnight is the day that was meant."""
    if isinstance(cell, str):
        return None if cell in _ERRORS or not cell.strip() else cell
    return cell.date() if isinstance(cell, datetime) and cell.time() == time() else cell


def _names(header: Sequence[object], *, width: int) -> list[str]:
    names: list[str] = []
    for place in range(width):
        given = header[place] if place < len(header) else None
        name = str(given).strip() if given is not None else f"column{place + 1}"
        taken = {each.lower() for each in names}
        choices = (name, *(f"{name}_{number}" for number in range(2, width + 2)))
        names.append(next(each for each in choices if each.lower() not in taken))
    return names


def _kind(found: set[type]) -> str:
    """DuckDB's type that holds all cells of a column as they are."""
    return next((kind for members, kind in _KINDS if found and found <= members), "VARCHAR")
