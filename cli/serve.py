"""`datachat serve`: the same over HTTP."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.session import Globals, conclude, given

if TYPE_CHECKING:
    from core.settings import Settings

Host = Annotated[str | None, typer.Option(metavar="ADDRESS", help="An address of this machine. [default: 127.0.0.1]")]
Port = Annotated[int | None, typer.Option(min=0, max=65_535, help="0 takes a free one. [default: 8000]")]


def serve(context: typer.Context, host: Host = None, port: Port = None) -> None:
    """Answer over HTTP until Ctrl-C; other machines are not let in."""
    conclude(lambda: _serve(given(context), host, port))


def serve_with(settings: "Settings") -> None:
    """Serve where the settings say, until a signal ends it."""
    from api.server import serve as serve_http
    from cli.stopping import stopping_reads

    with stopping_reads():
        serve_http(settings, host=settings.host, port=settings.port)


def _serve(options: Globals, host: str | None, port: int | None) -> None:
    serve_with(options.settings(host=host, port=port))
