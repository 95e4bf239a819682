"""File locks that the kernel gives back when their holder dies, however it dies."""

import fcntl
import os
import time
from pathlib import Path

from core.errors import UpstreamError


class FileLock:
    """One open description of a lock file: two of them exclude each other even within one process.

    A child that inherits `descriptor` keeps the lock after this process has gone.
    """

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock, or change its kind, without waiting; False when someone else is in the way."""
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait(self, *, seconds: float) -> bool:
        """Take the lock exclusively within `seconds`."""
        until = time.monotonic() + seconds
        while not self.take():
            if time.monotonic() > until:
                return False
            time.sleep(0.005)
        return True

    def close(self) -> None:
        """Give the lock back."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def __enter__(self) -> "FileLock":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def hold(path: Path, *, seconds: float) -> FileLock:
    """The exclusive lock on `path`; raises UpstreamError when it is not free within `seconds`."""
    lock = FileLock(path)
    if not lock.wait(seconds=seconds):
        lock.close()
        raise UpstreamError(f"Another process has held {path} for {seconds:.0f} seconds.", hint="Try again later.")
    return lock
