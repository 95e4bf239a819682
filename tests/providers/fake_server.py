"""A real HTTP server on loopback that speaks OpenAI's protocol, as badly as a script tells it to."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

END = b"0\r\n\r\n"


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """What the server does with one request."""

    text: str = '{"sql": "SELECT 1"}'
    piece: int = 8
    """Characters of the text in one event."""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    error: dict[str, Any] | None = None
    """Body of a refusal."""
    refuses: str = ""
    """A key of the body that is answered with 400."""
    body: bytes | None = None
    """Sent as it is instead of events."""
    finish: str | None = "stop"
    counts: bool = True
    tool: str = ""
    """Name of a tool to call instead of replying."""
    seconds: float = 0.0
    """Silence before the first byte."""
    drip: float = 0.0
    """Seconds between bytes."""
    reset_after: int = -1
    """Events after which the connection is cut."""
    forever: bytes = b""
    """Sent again and again."""


@dataclass
class FakeServer:
    """What was asked, and what comes next; the last behaviour stays."""

    script: list[Behaviour] = field(default_factory=lambda: [Behaviour()])
    asked: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    keys: list[str] = field(default_factory=list[str])
    connections: int = 0
    gone: int = 0
    """Clients that left before the end."""
    url: str = ""

    def then(self, *behaviours: Behaviour) -> None:
        """Behave so from the next request on."""
        self.script[:] = behaviours

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept alive as long as both sides like."""
        self.connections += 1
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            self.gone += 1
        except asyncio.CancelledError:
            pass
        finally:
            writer.transport.abort()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {key.lower(): value for key, _, value in (line.partition(": ") for line in head[1:])}
        body = json.loads(await reader.readexactly(int(headers.get("content-length", "0"))) or b"{}")
        self.asked.append(body)
        self.keys.append(headers.get("authorization", "").removeprefix("Bearer "))
        behaviour = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        await asyncio.sleep(behaviour.seconds)
        if behaviour.refuses and behaviour.refuses in body:
            refusal = {"message": f"Unknown parameter: '{behaviour.refuses}'.", "param": behaviour.refuses}
            return await _plain(writer, 400, refusal, ())
        if behaviour.status != 200:
            error = behaviour.error or {"message": f"status {behaviour.status}"}
            return await _plain(writer, behaviour.status, error, behaviour.headers)
        return await _stream(writer, behaviour, body)


async def _plain(
    writer: asyncio.StreamWriter, status: int, error: dict[str, Any], headers: Sequence[tuple[str, str]]
) -> bool:
    body = json.dumps({"error": error}).encode()
    lines = [f"HTTP/1.1 {status} X", "content-type: application/json", f"content-length: {len(body)}"]
    lines += [f"{key}: {value}" for key, value in headers]
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    await writer.drain()
    return True


async def _stream(writer: asyncio.StreamWriter, behaviour: Behaviour, asked: dict[str, Any]) -> bool:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
    if behaviour.body is not None:
        await _send(writer, behaviour.body, behaviour.drip)
    else:
        for place, event in enumerate(_events(behaviour, asked)):
            if place == behaviour.reset_after:
                return False
            await _send(writer, event, behaviour.drip)
    while behaviour.forever:
        await _send(writer, behaviour.forever, behaviour.drip)
    writer.write(END)
    await writer.drain()
    return True


async def _send(writer: asyncio.StreamWriter, data: bytes, drip: float) -> None:
    for part in (data[place : place + 1] for place in range(len(data))) if drip else (data,):
        if part:
            writer.write(b"%x\r\n%b\r\n" % (len(part), part))
            await writer.drain()
        await asyncio.sleep(drip)


def _events(behaviour: Behaviour, asked: dict[str, Any]) -> list[bytes]:
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    if behaviour.tool:
        function = {"name": behaviour.tool, "arguments": '{"sql": "DROP'}
        deltas.append({"tool_calls": [{"index": 0, "id": "call_1", "type": "function", "function": function}]})
    else:
        step = behaviour.piece
        deltas += [{"content": behaviour.text[at : at + step]} for at in range(0, len(behaviour.text), step)]
    choices: list[list[dict[str, Any]]] = [[{"index": 0, "delta": delta, "finish_reason": None}] for delta in deltas]
    if behaviour.finish:
        choices.append([{"index": 0, "delta": {}, "finish_reason": behaviour.finish}])
    common = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": asked.get("model")}
    events: list[dict[str, Any]] = [{**common, "choices": each} for each in choices]
    if behaviour.counts and asked.get("stream_options", {}).get("include_usage"):
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        events.append({**common, "choices": [], "usage": usage})
    return [f"data: {json.dumps(event)}\n\n".encode() for event in events] + [b"data: [DONE]\n\n"]


@asynccontextmanager
async def fake_server() -> AsyncGenerator[FakeServer]:
    """A server on a free port of loopback."""
    fake = FakeServer()
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
    fake.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield fake
    finally:
        server.close()
