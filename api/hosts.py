"""Who may speak to this server while nobody has to say who he is: programs and pages of this machine alone."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import refusal
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


class LocalOnly:
    """Refuses what a browser sends on behalf of somebody else.

    A page of another origin may send requests to loopback, and a name that suddenly resolves to loopback (DNS
    rebinding) even makes it the same origin; the headers `Origin` and `Host`, which no page can set, give both away.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from this machine."""
        wrong = _wrong(Headers(scope=scope), scope["scheme"]) if scope["type"] == "http" else ""
        if wrong:
            failure = Failure(
                code="forbidden", message=wrong, hint="Open http://127.0.0.1 or http://localhost instead."
            )
            await refusal(403, failure)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


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
