"""Stop watches: samples in milliseconds, and what is told of them."""

from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter

Figures = dict[str, "float | int | Figures"]
"""What a part found; the unit is the end of the name."""


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """How many milliseconds it took."""
    started = perf_counter()
    await work()
    return (perf_counter() - started) * 1000


def share(samples: Sequence[float], part: float) -> float:
    """The sample that this part of all is not above."""
    return sorted(samples)[round(part * (len(samples) - 1))]


def spread(samples: Sequence[float], *, floor: Sequence[float] = ()) -> Figures:
    """Median and 95th percentile; beside a floor, how many times its median."""
    found: Figures = {"p50_ms": round(share(samples, 0.5), 2), "p95_ms": round(share(samples, 0.95), 2)}
    if floor:
        found["times_floor"] = round(share(samples, 0.5) / share(floor, 0.5), 1)
    return found
