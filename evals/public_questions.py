"""Measuring on public questions: the command's options, and a system of its own that leaves nothing behind."""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from evals.benchmark.__main__ import lines
from evals.benchmark.timing import Figures
from store.embedded import start
from store.system import System

ROOT = Path("../shared/evals/dev")


def command(
    program: str,
    described: str | None,
    *,
    option: tuple[str, int, str],
    measured: Callable[[Path, int], Awaitable[Figures]],
) -> None:
    """Measure, print, and fail where there is nothing to measure on; `option` is a number, its default and its help."""
    name, default, told = option
    parser = argparse.ArgumentParser(prog=program, description=described)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder of sets and databases")
    parser.add_argument(name, type=int, default=default, dest="number", metavar="N", help=told)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args()
    if not (chosen.root / "sets").is_dir():
        sys.exit(f"{chosen.root} holds no sets of questions; name their folder with --root")

    async def figures() -> Figures:
        return await measured(chosen.root, chosen.number)

    found = asyncio.run(figures())
    print(json.dumps(found) if chosen.json else "\n".join(lines(found)))


@asynccontextmanager
async def scratch_system() -> AsyncGenerator[System]:
    """A system database in a temporary home."""
    home = Path(tempfile.mkdtemp(prefix="datachat-eval-"))
    embedded = await start(home)
    try:
        system = await System.open(embedded.url, home)
        try:
            yield system
        finally:
            await system.close()
    finally:
        await embedded.leave()
        await asyncio.to_thread(shutil.rmtree, home, ignore_errors=True)
