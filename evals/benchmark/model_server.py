"""A model on loopback that always replies the same, at once or after a pause: `/50ms/v1`. It prints its port."""

import asyncio
import json
import re
from collections.abc import Iterator

from evals.benchmark.harbour import STATEMENT

REPLY = json.dumps({"sql": STATEMENT, "confidence": 0.95, "explanation": "Counts visits by the flag of their ship."})
WORDS = re.findall(r"\s*\S+", REPLY)
"""The reply comes in pieces of a word, as of a real model."""


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    body = b"".join(f"data: {event}\n\n".encode() for event in (*map(json.dumps, _chunks()), "[DONE]"))
    head = f"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: {len(body)}\r\n\r\n".encode()
    try:
        while True:
            asked = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: *(\d+)", asked, re.IGNORECASE)
            await reader.readexactly(int(length[1]) if length else 0)
            pause = re.match(rb"POST /(\d+)ms/", asked)
            await asyncio.sleep(int(pause[1]) / 1000 if pause else 0)
            writer.write(head + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _chunks() -> Iterator[dict[str, object]]:
    common = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "loopback"}
    for word in WORDS:
        yield {**common, "choices": [{"index": 0, "delta": {"role": "assistant", "content": word}}]}
    yield {**common, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    usage = {"prompt_tokens": 300, "completion_tokens": len(WORDS), "total_tokens": 300 + len(WORDS)}
    yield {**common, "choices": [], "usage": usage}


async def main() -> None:
    """Serve until the process is ended."""
    server = await asyncio.start_server(_converse, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
