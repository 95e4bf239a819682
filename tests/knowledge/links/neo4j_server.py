"""A private Neo4j for tests: its jars from Maven, a data folder of its own, on a loopback port, gone at the end."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

HERE = Path(__file__).parent / "neo4j"
MEMORY = "-Xmx768m"
MISSING = [each for each in ("java", "javac", "mvn") if not shutil.which(each)]


def jars() -> Path:
    """The folder of the server's jars, fetched once for this list of them."""
    pom = HERE / "pom.xml"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "datachat-tests" / f"neo4j-{blake2b(pom.read_bytes(), digest_size=6).hexdigest()}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Fetched beside its place, so that an interrupted fetch is not taken for a whole one.
        with tempfile.TemporaryDirectory(dir=folder.parent) as fetched:
            maven = (
                "mvn",
                "-q",
                "-B",
                "-f",
                str(pom),
                "dependency:copy-dependencies",
                f"-DoutputDirectory={fetched}/lib",
            )
            subprocess.run(maven, check=True, capture_output=True, timeout=600)
            (Path(fetched) / "lib").rename(folder)
    return folder


def free_port() -> int:
    """A loopback port that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running() -> Generator[str]:
    """Start Neo4j without authentication, and stop it at the end; gives its URL."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="neo4j-") as folder:
        command = ("java", MEMORY, "-cp", f"{jars()}/*", str(HERE / "Start.java"), folder, str(port))
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as server:
            try:
                assert server.stdout and server.stdout.readline() == "ready\n", "Neo4j did not start"
                yield f"bolt://127.0.0.1:{port}"
            finally:
                # The end of its input stops it.
                server.communicate(timeout=60)
