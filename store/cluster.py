"""One PostgreSQL data folder on this machine: make it, run its server, stop it. Everything here blocks.

The server inherits the lock on the file `running`, so the kernel knows whether it lives. Process numbers are never
asked: they are used again, soonest of all after a restart of the machine or of a container.

Started by root, the server runs as another account, which must not lead back to root: so the folder, its locks and the
log belong to root, and root neither writes, nor owns, nor signals anything that the other account could have swapped.
"""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import IO
from urllib.parse import quote

from core.errors import SetupError, UpstreamError
from store.account import Account
from store.locks import FileLock
from store.programs import INITDB, MAJOR, SETTINGS, binaries

_START_SECONDS = 60.0
_STOP_SECONDS = 10.0
_LOG_BYTES = 1_000_000
_SOCKET = ".s.PGSQL.5432"
_SOCKET_BYTES = 107
_PLAIN_PATH = re.compile(r"[\w/.@+~ -]+")


@dataclass(frozen=True)
class Cluster:
    """A folder with the data, the log and the locks of one server."""

    folder: Path
    account: Account

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server says about its starts, stops and failures."""
        return self.folder / "log"

    def prepare(self, lock: FileLock) -> None:
        """Make the data folder unless it is there; raises SetupError when another PostgreSQL made it.

        `lock` keeps others out; initdb inherits it, so they stay out even when this process is killed meanwhile.
        """
        for path in (self.data, binaries()):
            self.account.admit(path)
        version = self.data / "PG_VERSION"
        if not version.exists():
            self._initialise(lock)
        elif (found := version.read_text().strip()) != MAJOR:
            raise SetupError(
                f"{self.data} was made by PostgreSQL {found}; this DataChat brings PostgreSQL {MAJOR}.",
                hint=f"Carry it over with pg_upgrade, or move {self.data} away to begin anew.",
            )

    def ensure_running(self) -> None:
        """Start the server unless it runs, and wait until it takes connections."""
        said: int | None = None
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            with FileLock(self.folder / "running") as lock:
                if not lock.take():
                    if self._answers():
                        return
                    if self._is_walled_up():
                        self.stop()
                elif said is None:
                    said = self._launch(lock)
                else:
                    raise failure(self.log.read_bytes()[said:].decode(errors="replace"), self.folder)
            time.sleep(0.005)
        raise UpstreamError("The embedded PostgreSQL was not ready in time.", hint=f"{self.log} tells more.")

    def stop(self) -> None:
        """Stop the server; one that does not end in time is left to its crash recovery."""
        with FileLock(self.folder / "running") as lock:
            for how in ("INT", "QUIT"):
                if lock.take():
                    return
                with self._popen(["/bin/sh", "-c", 'kill -s "$1" "$2"', "sh", how, self._postmaster()[0]]) as kill:
                    kill.communicate()
                if lock.wait(seconds=_STOP_SECONDS):
                    return

    def url(self, database: str) -> str:
        """How psycopg reaches a database of the running server."""
        return f"postgresql://postgres@/{quote(database, safe='')}?host={quote(self._postmaster()[4], safe='')}"

    def _initialise(self, lock: FileLock) -> None:
        for left in self.folder.glob("new-*"):
            shutil.rmtree(left, ignore_errors=True)
        made = Path(tempfile.mkdtemp(prefix="new-", dir=self.folder))
        self.account.own(made)
        command = [str(binaries() / "initdb"), "-D", str(made), "-U", "postgres", "--no-instructions", *INITDB]
        with self._popen(command, inherits=lock, output=subprocess.PIPE) as initdb:
            said = initdb.communicate()[0]
        if initdb.returncode != 0:
            shutil.rmtree(made, ignore_errors=True)
            raise failure(said.decode(errors="replace"), self.folder)
        made.rename(self.data)

    def _launch(self, lock: FileLock) -> int:
        """Start the server in a session of its own, orphaned, so that neither Ctrl-C nor this process's end reach it.

        Returns how long the log was before.
        """
        # Nobody holds the lock, so what these files tell of is a server that was killed, or died with its machine.
        sockets = self._socket_folder()
        for left in (self.data / "postmaster.pid", sockets / f"{_SOCKET}.lock"):
            left.unlink(missing_ok=True)
        settings = SETTINGS | {"unix_socket_directories": str(sockets)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(binaries() / "postgres"), "-D", str(self.data), *options]
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.unlink()
        with self.log.open("ab") as log:
            said = log.tell()
            with self._popen(["/bin/sh", "-c", '"$@" &', "sh", *command], inherits=lock, output=log) as shell:
                shell.communicate()
        return said

    def _popen(
        self, command: list[str], *, inherits: FileLock | None = None, output: int | IO[bytes] = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        foreign = self.account.foreign
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
            # The keys in this process's environment are no business of the server, whose superuser could read them.
            env={"PATH": os.defpath, "LC_ALL": "C"},
            start_new_session=True,
            pass_fds=[inherits.descriptor] if inherits else [],
            umask=0o077,
            user=self.account.uid if foreign else None,
            group=self.account.gid if foreign else None,
            extra_groups=[] if foreign else None,
        )

    def _socket_folder(self) -> Path:
        """The data folder, or one below the temporary folder when the socket's path would be too long or too odd."""
        if len(os.fsencode(self.data / _SOCKET)) <= _SOCKET_BYTES and _PLAIN_PATH.fullmatch(str(self.data)):
            return self.data
        mark = blake2b(f"{self.account.uid}:".encode() + os.fsencode(self.data), digest_size=8).hexdigest()
        short = Path(tempfile.gettempdir()) / f"datachat-{mark}"
        try:
            short.mkdir(mode=0o700)
            self.account.own(short)
        except FileExistsError:
            if short.is_symlink() or short.stat().st_uid != self.account.uid:
                raise SetupError(
                    f"{short} belongs to somebody else.", hint="Remove it, or set DATACHAT_HOME to a shorter path."
                ) from None
        return short

    def _answers(self) -> bool:
        """Whether it takes connections: what is left of a killed server holds the lock a while, but does not."""
        *_, folder, _, _, status = self._postmaster()
        if status != "ready":
            return False
        with socket.socket(socket.AF_UNIX) as door:
            return door.connect_ex(f"{folder}/{_SOCKET}") == 0

    def _is_walled_up(self) -> bool:
        """Whether it runs without its socket, which the server of a home that was deleted takes along as it ends."""
        *_, folder, _, _, status = self._postmaster()
        return status == "ready" and not (Path(folder) / _SOCKET).exists()

    def _postmaster(self) -> list[str]:
        """The lines of postmaster.pid: pid, folder, start, port, socket folder, address, memory, status; or blanks."""
        try:
            lines = [line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            lines = []
        return lines if len(lines) == 8 else [""] * 8


def failure(said: str, folder: Path) -> UpstreamError:
    """Why PostgreSQL could not start, out of its own words or the operating system's."""
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return UpstreamError(f"The disk that holds {folder} is full.", hint="Free some space and try again.")
    if "Permission denied" in said or "Read-only file system" in said:
        return UpstreamError(
            f"{folder} cannot be used: {said.strip().splitlines()[-1]}", hint="Set DATACHAT_HOME to a folder of yours."
        )
    reasons = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line]
    reason = reasons[-1].split("FATAL:")[-1].strip() if reasons else said.strip() or "it gave no reason"
    return UpstreamError(f"The embedded PostgreSQL did not start: {reason}", hint=f"{folder / 'log'} tells more.")
