"""A private MariaDB for tests: a data folder of its own, on a loopback port, gone at the end."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pymysql

OPTIONS = ("--bind-address=127.0.0.1", "--skip-log-bin", "--innodb-buffer-pool-size=64M")
BINARY = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin:/usr/libexec")


@dataclass(frozen=True)
class Server:
    """Where it listens; `root` may do everything."""

    port: int
    password: str

    def url(self, database: str = "", *, user: str = "root", password: str | None = None) -> str:
        """The address of one database, for a login."""
        return f"mysql://{user}:{self.password if password is None else password}@127.0.0.1:{self.port}/{database}"

    def execute(self, *statements: str, database: str | None = None) -> None:
        """Run statements as root."""
        with pymysql.connect(
            host="127.0.0.1", port=self.port, user="root", password=self.password, database=database, autocommit=True
        ) as connection:
            for statement in statements:
                connection.cursor().execute(statement)

    def count(self, sql: str) -> int:
        """The one number that a statement tells, as root."""
        with pymysql.connect(host="127.0.0.1", port=self.port, user="root", password=self.password) as connection:
            cursor = connection.cursor()
            cursor.execute(sql)
            row = cursor.fetchone()
            return int(row[0]) if row else 0


def free_port() -> int:
    """A loopback port that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running() -> Generator[Server]:
    """Start MariaDB in a folder of its own and stop it at the end."""
    assert BINARY is not None
    # As root the server runs as another user, who gets into no folder of pytest's.
    user = "mysql" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    server = Server(free_port(), secrets.token_hex(8))
    with tempfile.TemporaryDirectory(prefix="mariadb-") as name:
        folder = Path(name)
        shutil.chown(folder, user)
        place = ("--no-defaults", f"--datadir={folder}/data", f"--user={user}")
        install = ("mariadb-install-db", *place, "--skip-test-db", "--auth-root-authentication-method=normal")
        subprocess.run(install, check=True, capture_output=True)
        start = folder / "start.sql"
        start.write_text(f"ALTER USER root@localhost IDENTIFIED BY '{server.password}';\n")
        start.chmod(0o644)
        own = (f"--port={server.port}", f"--socket={folder}/s", f"--pid-file={folder}/pid", f"--init-file={start}")
        process = subprocess.Popen(
            (BINARY, *place, *own, f"--log-error={folder}/log", *OPTIONS),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until_open(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(30)


def wait_until_open(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Until root can log in."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return server.execute("SELECT 1")
        except pymysql.MySQLError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
