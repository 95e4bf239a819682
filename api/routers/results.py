"""Whole results, by page or as CSV; an answer shows only their first rows."""

import csv
import io
import json
import re
from collections.abc import AsyncGenerator, Iterable
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from api.lent import Here, Lent, PathId
from core.values import Cell, Result, ResultColumn, Row

router = APIRouter(prefix="/results", tags=["results"])

_CSV_ROWS = 1_000
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[\d.]+(?:[eE][+-]?\d+)?")


class ResultPage(BaseModel):
    """Some rows; `next_offset` leads to the following ones. `truncated`: a limit cut the result when it was fetched."""

    columns: list[ResultColumn]
    rows: list[Row]
    next_offset: int | None
    truncated: bool


# Declared first, because the other address would take `.csv` for a part of the id.
@router.get("/{result_id}.csv", response_class=StreamingResponse, summary="A whole result as CSV")
async def as_csv(result_id: PathId, here: Here) -> StreamingResponse:
    """All rows as CSV (RFC 4180, UTF-8, a header line); null is empty, lists and objects are JSON."""
    first = await here.house.results.get(result_id, limit=_CSV_ROWS)
    name = f'attachment; filename="{result_id}.csv"'
    return StreamingResponse(
        _csv(here, result_id, first), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


@router.get("/{result_id}", summary="Some rows of a result")
async def page(
    result_id: PathId,
    here: Here,
    offset: Annotated[int, Query(ge=0, lt=2**31, description="How many rows to pass over.")] = 0,
    limit: Annotated[int, Query(ge=1, le=10_000, description="How many rows at most.")] = 1_000,
) -> ResultPage:
    """Rows from `offset` on."""
    found = await here.house.results.get(result_id, offset=offset, limit=limit + 1)
    more = len(found.rows) > limit
    return ResultPage(
        columns=found.columns,
        rows=found.rows[:limit],
        next_offset=offset + limit if more else None,
        truncated=found.truncated,
    )


async def _csv(here: Lent, result_id: str, part: Result) -> AsyncGenerator[str]:
    yield _lines([[column.name for column in part.columns]])
    offset = 0
    while part.rows:
        yield _lines(part.rows)
        offset += len(part.rows)
        part = await here.house.results.get(result_id, offset=offset, limit=_CSV_ROWS)


def _lines(rows: Iterable[Iterable[Cell]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue()


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, bool | list | dict):
        return json.dumps(cell, ensure_ascii=False)
    # A spreadsheet would run such a text as a formula; a number is none.
    if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
