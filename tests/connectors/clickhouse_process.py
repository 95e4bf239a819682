"""The test server of `clickhouse_server.py`, in a process of its own for chDB's memory and threads."""

import base64
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

PASSWORD = "p@ss:word"


class ClickHouse:
    """A running server with its data in `folder`."""

    def __init__(self, folder: Path) -> None:
        program = Path(__file__).with_name("clickhouse_server.py")
        self.process = subprocess.Popen(
            [sys.executable, str(program), "--path", str(folder), "--password", PASSWORD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())

    def url(self, database: str = "", *, user: str = "default", password: str = "p%40ss%3Aword") -> str:
        """The address of one database, for a login."""
        return f"clickhouse://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def execute(self, *statements: str, database: str = "default") -> list[str]:
        """Run statements with all rights; the answers as tab-separated text."""
        token = base64.b64encode(f"default:{PASSWORD}".encode()).decode()
        place = f"http://127.0.0.1:{self.port}/?{urlencode({'database': database})}"
        answers: list[str] = []
        for sql in statements:
            request = Request(place, data=sql.encode(), headers={"Authorization": f"Basic {token}"})
            with urlopen(request) as response:
                answers.append(response.read().decode())
        return answers

    def stop(self) -> None:
        """Close the server's stdin, which ends it."""
        self.process.communicate(timeout=10)
