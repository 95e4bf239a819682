"""ClickHouse over HTTP: chDB behind a server of ours."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.connectors.clickhouse_engine import ClickHouseEngine
from tests.connectors.clickhouse_process import ClickHouse


class TheEngine(ClickHouseEngine):
    """One server for the shop, and one that changes for the other tests: chDB's only login sees every database."""

    name = "clickhouse"
    module = "clickhouse_connect"

    def start(self, folder: Path) -> None:
        if find_spec("chdb") is None:
            pytest.skip("chdb is not installed (pip install chdb)")
        self.folder = folder
        self.servers: dict[str, ClickHouse] = {}

    def stop(self) -> None:
        for server in self.servers.values():
            server.stop()

    def create(self, name: str, script: Sequence[str]) -> str:
        for other in self.servers.keys() - {"shop"}:
            self.servers.pop(other).stop()
        server = self.servers[name] = ClickHouse(Path(mkdtemp(dir=self.folder)))
        server.execute("CREATE DATABASE shop")
        server.execute(*script, database="shop")
        return server.url("shop")

    def running(self, url: str) -> int | None:
        server = next(each for each in self.servers.values() if f":{each.port}/" in url)
        return int(server.execute("SELECT count() FROM system.processes")[0]) - 1
