"""The process of an embedded ClickHouse engine, seen from outside."""

import contextlib
import json
import os
import secrets
import subprocess
import sys
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from core.errors import UpstreamError


class Process:
    """The process of an engine (`connectors.chdb_engine`), and how to talk to it."""

    def __init__(self, process: "subprocess.Popen[bytes]", key: bytes, address: str, zone: str) -> None:
        self._process = process
        self._key = key
        self._address = address
        self.zone = ZoneInfo(zone)

    @classmethod
    def start(cls, folder: str) -> Self:
        """Start an engine on a folder; raises UpstreamError where it cannot be opened."""
        key = secrets.token_bytes(32)
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", "connectors.chdb_engine", folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        )
        assert process.stdin and process.stdout
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(key.hex().encode() + b"\n")
            process.stdin.flush()
        told = process.stdout.readline()
        process.stdout.close()
        if not told:
            process.stdin.close()
            process.wait()
            raise UpstreamError(
                f"chDB cannot open {folder}",
                hint="Is it a folder that chDB wrote? Only one process can have it open at a time",
            )
        address, zone, _ = json.loads(told)
        return cls(process, key, address, zone)

    def connect(self) -> Connection:
        """One more connection to the engine."""
        return Client(self._address, family="AF_UNIX", authkey=self._key)

    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process; nothing is lost, it only reads."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
