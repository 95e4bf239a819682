"""A process that shares the embedded server: `sharer.py HOME [UID]`; it says its URL, waits for a line, and leaves."""

import asyncio
import importlib
import os
import sys
from pathlib import Path

from core.errors import DataChatError
from store.embedded import start


async def share(home: Path) -> None:
    try:
        embedded = await start(home)
    except DataChatError as error:
        print(type(error).__name__, error, flush=True)
        return
    print(embedded.url, flush=True)
    try:
        await asyncio.to_thread(sys.stdin.readline)
    finally:
        await embedded.leave()
    print("left", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        # Loaded while it still may be: the other account need not be able to read the installation of Python.
        importlib.import_module("concurrent.futures.thread")
        os.setgroups([])
        os.setgid(int(sys.argv[2]))
        os.setuid(int(sys.argv[2]))
    asyncio.run(share(Path(sys.argv[1])))
