"""When the garbage collector need not look."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Generator[None]:
    """Nothing of what is being loaded is garbage, and to look for it takes a fourth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@contextmanager
def passed_over() -> Generator[None]:
    """What is loaded by now stays as long as the block lasts: to look through it again would stop all for 0.2 s."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
