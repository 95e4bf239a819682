"""What every part measures on: an embedded server in a temporary home, generated databases, a model on loopback."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from core.settings import Settings
from evals.benchmark.harbour import build
from graph.assembly import House, open_house
from store.embedded import ensure_database, start

MODEL = "openai:loopback"


@dataclass(frozen=True, kw_only=True)
class Rig:
    """`server` and `model` are the URLs of what runs while the rig is open, `databases` those that were made."""

    home: Path
    server: str
    model: str
    databases: dict[int, str] = field(default_factory=dict[int, str])

    async def database(self, tables: int) -> str:
        """The URL of a generated database, made when first asked for."""
        if tables not in self.databases:
            url = await ensure_database(self.server, f"harbour_{tables}")
            await build(url, tables)
            self.databases[tables] = url
        return self.databases[tables]

    def model_url(self, *, pause_ms: int = 0) -> str:
        """Where the model replies after a pause."""
        return f"{self.model}/{pause_ms}ms/v1"

    @asynccontextmanager
    async def house(self, tables: int, *, pause_ms: int = 0) -> AsyncGenerator[House]:
        """DataChat, open on one of the databases."""
        given = {
            "home": self.home,
            "database_url": await self.database(tables),
            "model": MODEL,
            "openai_base_url": self.model_url(pause_ms=pause_ms),
        }
        async with open_house(Settings.model_validate(given)) as house:
            await house.databases.get()
            yield house


@asynccontextmanager
async def open_rig() -> AsyncGenerator[Rig]:
    """Start everything, and leave nothing behind."""
    home = Path(tempfile.mkdtemp(prefix="datachat-bench-"))
    embedded = await start(home)
    model = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "evals.benchmark.model_server", stdout=asyncio.subprocess.PIPE
    )
    assert model.stdout
    try:
        port = int(await model.stdout.readline())
        yield Rig(home=home, server=embedded.url, model=f"http://127.0.0.1:{port}")
    finally:
        model.terminate()
        await model.wait()
        await embedded.leave()
        await asyncio.to_thread(shutil.rmtree, home, ignore_errors=True)
