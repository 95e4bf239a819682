"""A client of the API that speaks through real sockets, and a server process to speak to."""

import asyncio
import json
import os
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

ROOT = Path(__file__).parents[2]
SERVING = Path(__file__).with_name("serving.py")


@dataclass(frozen=True)
class Told:
    """One server-sent event; errors that are not stored have no id."""

    type: str
    id: int | None
    data: dict[str, Any]


class Server:
    """A server process; the same settings can be served again after it has died."""

    def __init__(self, home: Path, settings: dict[str, str]) -> None:
        self.home = home
        self.settings = settings
        self.port = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def process(self) -> subprocess.Popen[str]:
        assert self._process
        return self._process

    def start(self) -> "Server":
        known = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        with (self.home.parent / "stderr").open("a") as stderr:
            self._process = subprocess.Popen(
                [sys.executable, str(SERVING), str(self.home)],
                env={**known, "PYTHONPATH": str(ROOT), "DATACHAT_PORT": "0", **self.settings},
                cwd=self.home.parent,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert "ready" in line, (line, (self.home.parent / "stderr").read_text())
        self.port = int(line.split("http://127.0.0.1:")[1].split()[0])
        return self

    def kill(self) -> None:
        self.process.kill()
        self.wait()

    def stop(self) -> None:
        """SIGTERM, and the end."""
        self.process.send_signal(signal.SIGTERM)
        self.wait()

    def wait(self) -> int:
        code = self.process.wait(timeout=60)
        assert self.process.stdout
        self.process.stdout.close()
        return code

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stderr(self) -> str:
        return (self.home.parent / "stderr").read_text()


@asynccontextmanager
async def client_of(server: Server, **headers: str) -> AsyncGenerator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(
        base_url=f"{server.url}/api/v1", timeout=60, headers=headers, trust_env=False
    ) as made:
        yield made


async def stream(
    client: httpx2.AsyncClient,
    method: str,
    path: str,
    *,
    until: str | None = None,
    each: Callable[[Told], None] = lambda told: None,
    **options: Any,
) -> list[Told]:
    """The events of a stream, up to the first of a type, else all of them; `each` is told the moment it comes."""
    headers = {"Accept": "text/event-stream", **options.pop("headers", {})}
    told: list[Told] = []
    async with client.stream(method, path, headers=headers, **options) as response:
        assert response.status_code == 200, await response.aread()
        assert response.headers["content-type"].startswith("text/event-stream")
        fields: dict[str, str] = {}
        async for line in response.aiter_lines():
            if line and not line.startswith(":"):
                name, _, value = line.partition(": ")
                fields[name] = value
            elif fields and not line:
                number = int(fields["id"]) if "id" in fields else None
                told.append(Told(fields["event"], number, json.loads(fields["data"])))
                fields = {}
                each(told[-1])
                if told[-1].type == until:
                    break
    return told


async def turn_of(client: httpx2.AsyncClient, conversation: str) -> str:
    """The id of a conversation's first turn, as soon as it has begun."""
    while not (messages := (await client.get(f"/chat/conversations/{conversation}")).json().get("messages")):
        await asyncio.sleep(0.02)
    return messages[0]["id"]


async def ask(client: httpx2.AsyncClient, message: str, **body: str) -> dict[str, Any]:
    """The answer to a question, as JSON."""
    response = await client.post("/chat", json={"message": message, **body})
    return response.json()


class Caller:
    """A raw connection, to leave in every way that a client can."""

    def __init__(self, server: Server, path: str, body: dict[str, str], *, accept: str = "text/event-stream") -> None:
        self.socket = socket.create_connection(("127.0.0.1", server.port))
        data = json.dumps(body).encode()
        head = f"POST /api/v1{path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nAccept: {accept}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
        self.socket.sendall(head.encode() + data)
        self.socket.setblocking(False)
        self.heard = b""

    async def listen(self, *, seconds: float, until: bytes = b"\0") -> bytes:
        """What came within some seconds, or until something has come."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while until not in self.heard:
                    part = await asyncio.get_running_loop().sock_recv(self.socket, 65_536)
                    if not part:
                        break
                    self.heard += part
        return self.heard

    def leave(self, *, reset: bool) -> None:
        """Close the connection: politely (FIN), or at once (RST)."""
        if reset:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()
