"""Which HTTP status an error has, and the one shape in which every error is told."""

import logging
from collections.abc import Mapping
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from core.errors import (
    DataChatError,
    LimitError,
    NotFoundError,
    RefusedError,
    SetupError,
    StaleError,
    StatementError,
    UpstreamError,
    UserError,
)
from core.values import Failure

log = logging.getLogger("datachat.api")

DOCUMENTATION = "docs/api.md#errors"
RETRY_AFTER = "5"
"""Seconds after which what was limited or down is worth another try."""


class InternalError(DataChatError):
    """A mistake of ours; what is known of it stands in the log under the id that the message names."""

    code = "internal"


STATUS: Mapping[type[DataChatError], int] = {
    StaleError: 409,
    NotFoundError: 404,
    RefusedError: 403,
    SetupError: 503,
    UserError: 400,
    StatementError: 400,
    LimitError: 429,
    UpstreamError: 503,
    InternalError: 500,
    DataChatError: 500,
}
"""A child stands before its parent, for the first class that fits decides."""

_STATUS_OF_CODE: Mapping[str, int] = {
    **{kind.code: status for kind, status in STATUS.items()},
    "bad_reply": 400,
    "busy": 409,
    "cancelled": 409,
    "timeout": 429,
    "model_bytes": 429,
    "model_timeout": 429,
}
"""An answer carries the code of its error and not the class; codes that are not listed come from what is upstream."""

_HTTP = {
    403: ("forbidden", "This is not allowed.", ""),
    404: ("not_found", "There is nothing at this address.", "GET /openapi.json lists every address."),
    405: ("method_not_allowed", "This address does not take this method.", "GET /openapi.json lists every method."),
    413: ("too_large", "The request is larger than 1 MB.", "Send a shorter question."),
}


def status_of(error: DataChatError) -> int:
    """The HTTP status of an expected error."""
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def status_of_code(code: str) -> int:
    """The HTTP status of an answer that ended in an error of this code."""
    return _STATUS_OF_CODE.get(code, STATUS[UpstreamError])


def error_body(failure: Failure) -> dict[str, str]:
    """What stands under `error` in every refusal."""
    return {**failure.model_dump(), "documentation": DOCUMENTATION}


def headers_of(status: int) -> dict[str, str]:
    """When to try again, for what passes by itself."""
    return {"Retry-After": RETRY_AFTER} if status in (429, 503) else {}


def refusal(status: int, failure: Failure, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error as a response."""
    return JSONResponse({"error": error_body(failure)}, status, headers={**headers_of(status), **(headers or {})})


def refusal_of_http(status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The refusal of a request that reached no router."""
    code, message, hint = _HTTP.get(status, ("bad_request", detail, ""))
    return refusal(status, Failure(code=code, message=message, hint=hint), headers)


def unexpected(error: BaseException) -> InternalError:
    """Log a mistake of ours, and return what a client may know of it."""
    number = uuid4().hex[:12]
    log.error("internal error %s", number, exc_info=error)
    return InternalError(f"Something went wrong inside ({number}).", hint="The log of the server knows more.")


def install(app: FastAPI) -> None:
    """Tell every error in the same shape."""
    app.add_exception_handler(DataChatError, _expected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _expected(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DataChatError)
    wait = error.retry_after if isinstance(error, LimitError) else None
    headers = {"Retry-After": str(wait)} if wait else None
    return refusal(status_of(error), Failure(code=error.code, message=error.message, hint=error.hint), headers)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    """Name the field that is wrong, never its value; a body that is no JSON at all is a 400."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        place = f"{first['ctx']['error']} at position {first['loc'][-1]}"
        return refusal(400, Failure(code="bad_json", message=f"The body is not JSON: {place}."))
    field = ".".join(str(part) for part in first["loc"][1:]) or "body"
    wrong = str(first["msg"]).removeprefix("Value error, ")
    hint = "Send `Content-Type: application/json`." if first["type"] == "model_attributes_type" else ""
    return refusal(
        422, Failure(code="invalid", message=f"`{field}`: {wrong}.", hint=hint or "See /docs for the fields.")
    )


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return refusal_of_http(error.status_code, str(error.detail), error.headers)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    return await _expected(request, unexpected(error))


class ErrorDetail(BaseModel):
    """What went wrong, and the next step."""

    code: str
    message: str
    hint: str
    documentation: str


class ErrorBody(BaseModel):
    """The body of every refusal."""

    error: ErrorDetail


DOCUMENTED: dict[int | str, dict[str, object]] = {
    status: {"model": ErrorBody, "description": words}
    for status, words in (
        (400, "Bad input"),
        (403, "Forbidden"),
        (404, "Not found"),
        (409, "The state has moved on"),
        (413, "Too large"),
        (422, "A field is wrong"),
        (429, "A limit was hit"),
        (503, "Not set up, or something upstream is down"),
    )
}
"""The refusals as OpenAPI tells of them."""
