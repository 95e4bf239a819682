"""Ten million rows are handed on in batches, on every engine: nobody gathers them on the way."""

import asyncio
import subprocess
import sys

import pytest

from tests.connectors.engine import Engine


@pytest.mark.slow
async def test_ten_million_rows_keep_memory_flat(engine: Engine, shop_url: str) -> None:
    told = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", READ_ALL, shop_url, engine.ten_million],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    rows, grown = (int(part) for part in told.stdout.split())
    assert rows == 10_000_000
    assert grown < 50_000_000


READ_ALL = """
import asyncio, sys
from pathlib import Path
from connectors.base import SessionConnector
from connectors.registry import open_connector
from core.values import Limits

def memory():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

async def main(url, sql):
    connector = await open_connector(url, limits=Limits())
    await connector.run("SELECT 1 AS a", limits=Limits())
    before, most, rows = memory(), 0, 0
    async for batch in connector.stream(sql, limits=Limits(rows=10**8, bytes=10**11, seconds=600)):
        rows += len(batch.rows)
        most = max(most, memory())
    await connector.close()
    print(rows, most - before)

asyncio.run(main(*sys.argv[1:]))
"""
