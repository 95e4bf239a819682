"""Runs the application with uvicorn on this machine's own address."""

import asyncio
import errno
import signal
import socket
import sys
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from typing_extensions import override

from api.app import create_app
from api.door import check_host
from api.streams import DRAIN_SECONDS
from core.errors import UserError
from core.settings import Settings

__all__ = ["check_host", "serve"]


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C; port 0 takes a free one. Raises UserError for a bad host or a port in use."""
    check_host(host)
    listening = _bind(host, port)
    try:
        asyncio.run(_serve(create_app(settings), listening, log_level=settings.log_level))
    finally:
        listening.close()


async def _serve(app: FastAPI, listening: socket.socket, *, log_level: str) -> None:
    # Opened here and not by uvicorn, which would turn an expected error into a traceback.
    async with app.router.lifespan_context(app):
        config = uvicorn.Config(
            app,
            lifespan="off",
            log_level=log_level,
            access_log=log_level in ("debug", "info"),
            server_header=False,
            timeout_graceful_shutdown=int(DRAIN_SECONDS) + 1,
        )
        await _Server(config, app).serve(sockets=[listening])


class _Server(uvicorn.Server):
    """Says where it listens, and lets turns finish when it is told to stop."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for each in sockets or []:
            sys.stdout.write(f"DataChat is ready: {_address(each)} (the API is described at {_address(each)}/docs)\n")
            sys.stdout.flush()

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        draining = asyncio.create_task(self._app.state.lent.live.drain(DRAIN_SECONDS))
        await super().shutdown(sockets)
        if self.force_exit:
            draining.cancel()
        await asyncio.wait({draining})

    @override
    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """As uvicorn does, but without sending itself the signal again at the end: the house is still to be closed."""
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, former in before.items():
                signal.signal(each, former)


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol, for only then asyncio turns off the waiting for more to send, which costs 40 ms an answer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host.strip("[]"), port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise _unusable(host, port, error) from None
    return listening


def _unusable(host: str, port: int, error: OSError) -> UserError:
    if error.errno == errno.EADDRINUSE:
        return UserError(
            f"Port {port} of {host} is in use.",
            hint=f"Stop what listens there, or run: datachat serve --port {_free_port(host)}",
            code="port_in_use",
        )
    return UserError(
        f"Port {port} of {host} cannot be used: {error.strerror}.", hint="Choose a port above 1023.", code="bad_port"
    )


def _free_port(host: str) -> int:
    with _bind(host, 0) as probe:
        port: int = probe.getsockname()[1]
        return port


def _address(listening: socket.socket) -> str:
    host, port, *_ = listening.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
