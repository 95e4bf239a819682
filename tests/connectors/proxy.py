"""A TCP proxy that can misbehave: it delays, or swallows everything without closing."""

import asyncio
from typing import Literal

Mode = Literal["pass", "swallow"]


class Proxy:
    """Stands before a server's Unix socket. `mode` and `delay` (seconds per packet) may change at any time."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.mode: Mode = "pass"
        self.delay = 0.0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> int:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def __aexit__(self, *_: object) -> None:
        assert self._server
        self._server.close()
        for writer in self._writers:
            writer.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_unix_connection(self.path)
        self._writers |= {writer, ours}
        await asyncio.gather(self._pump(reader, ours), self._pump(theirs, writer))

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while piece := await source.read(65536):
                await asyncio.sleep(self.delay)
                if self.mode == "pass":
                    target.write(piece)
                    await target.drain()
        except ConnectionError:
            pass
        if self.mode == "pass":
            target.close()
