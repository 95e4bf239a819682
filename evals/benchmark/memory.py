"""What a fresh process needs: time and memory to import, to open a database, to answer 100 questions."""

import asyncio
import json
import sys

from evals.benchmark.rig import Rig
from evals.benchmark.timing import Figures

QUESTIONS = 100
IMPORTS = 3


async def measure(rig: Rig, *, imports: int = IMPORTS) -> Figures:
    """Seconds and resident megabytes of child processes; of several imports the fastest, beside that of clients."""
    clients = [await _child("clients") for _ in range(imports)]
    ours = [await _child("import") for _ in range(imports)]
    asked = await _child("ask", str(rig.home), rig.server, await rig.database(12), rig.model)
    return {
        "import_s": min(each["import_s"] for each in ours),
        "floor_import_s": min(each["import_s"] for each in clients),
        "import_mb": ours[0]["import_mb"],
        "floor_import_mb": clients[0]["import_mb"],
        "open_mb": asked["open_mb"],
        f"after_{QUESTIONS}_turns_mb": asked["turns_mb"],
    }


async def _child(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", "-m", "evals.benchmark.fresh", *arguments]
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said = (await child.communicate())[0]
    if child.returncode:
        raise RuntimeError(f"the child process that should {arguments[0]} failed")
    return json.loads(said)
