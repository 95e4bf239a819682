"""Processes that share the embedded server, and homes for it."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from store.locks import FileLock

ROOT = Path(__file__).parents[2]


class Sharer:
    """A child process with a share in the server of `home`."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("sharer.py")), str(home), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "CANARY": "secret-canary"},
            start_new_session=True,
        )

    def says(self) -> str:
        """Its next line: the URL, then `left`; or its error."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        assert self.says() == "left"
        self.close()

    def kill(self) -> None:
        self.process.kill()
        self.close()

    def close(self) -> None:
        for stream in (self.process.stdin, self.process.stdout):
            assert stream
            stream.close()
        self.process.wait(timeout=30)


@pytest.fixture
def home() -> Generator[Path]:
    """A home with a short path, whose server is gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="datachat-test-"))
    yield folder / "home"
    running = is_running(folder / "home")
    shutil.rmtree(folder)
    assert not running, "a server was left behind"


@pytest.fixture
def share(home: Path) -> Generator[Callable[..., Sharer]]:
    """Makes processes that share the server of `home`."""
    made: list[Sharer] = []

    def make(*arguments: str) -> Sharer:
        made.append(Sharer(home, *arguments))
        return made[-1]

    yield make
    for each in made:
        if each.process.poll() is None:
            each.kill()


def is_running(home: Path) -> bool:
    """Whether any process of a server holds the lock that it inherited."""
    path = home / "postgres" / "running"
    if not path.exists():
        return False
    with FileLock(path) as lock:
        return not lock.take()
