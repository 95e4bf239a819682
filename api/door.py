"""What is turned away before anything of it is read: strangers, while nobody has to say who he is, and huge bodies."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import refusal, refusal_of_http
from core.errors import UserError
from core.values import Failure


def check_host(host: str) -> None:
    """Refuse to listen on an address that other machines reach; raises UserError with what to do."""
    if not is_loopback(host):
        raise UserError(
            f"{host!r} can be reached from other machines, and this release knows no passwords.",
            hint="Listen on 127.0.0.1, and reach it through an SSH tunnel or a proxy that asks who is there.",
            code="open_host",
        )


def is_loopback(host: str) -> bool:
    """Whether a name or an address means this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Door:
    """Refuses what a browser sends on behalf of somebody else, and what says itself that it is too large.

    A page of another origin may send requests to loopback, and a name that suddenly resolves to loopback (DNS
    rebinding) even makes it the same origin; the headers `Origin` and `Host`, which no page can set, give both away.
    """

    def __init__(self, app: ASGIApp, *, max_body_bytes: int) -> None:
        self._app = app
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from this machine."""
        refused = self._refused(Headers(scope=scope), scope["scheme"]) if scope["type"] == "http" else None
        await (refused or self._app)(scope, receive, send)

    def _refused(self, headers: Headers, scheme: str) -> Response | None:
        wrong = _wrong(headers, scheme)
        if wrong:
            return refusal(403, Failure(code="forbidden", message=wrong, hint="Open http://localhost instead."))
        size = headers.get("content-length", "0")
        if size.isdecimal() and int(size) > self._max_body_bytes:
            return refusal_of_http(413)
        return None


def _wrong(headers: Headers, scheme: str) -> str:
    host, origin = headers.get("host", ""), headers.get("origin")
    if not is_loopback(_name(host)):
        return "The header Host does not name this machine."
    if origin is not None and origin != f"{scheme}://{host}":
        return "The request comes from a page of another origin."
    return ""


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
