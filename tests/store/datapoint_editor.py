"""Edits DataPoints as one of many processes: each edit adds its name to a list, over the version that it read."""

import asyncio
import random
import sys
from pathlib import Path

from core.errors import StaleError
from store.datapoints import DataPoints
from store.system import System


async def edit(url: str, home: str, folder: str, name: str, count: int) -> None:
    """Make so many edits; what was acknowledged is told on stdout."""
    system = await System.open(url, Path(home))
    datapoints = DataPoints(system, Path(folder))
    chance = random.Random(name)
    done = 0
    while done < count:
        id = f"d{chance.randrange(5)}"
        current = (await datapoints.get(id)).datapoint
        mark = f"{name}-{done}"
        changed = current.model_copy(update={"tags": [*current.tags, mark]})
        try:
            await datapoints.save(changed, version=current.version)
        except StaleError:
            continue
        print(id, mark, flush=True)
        done += 1
    await system.close()


if __name__ == "__main__":
    asyncio.run(edit(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5])))
