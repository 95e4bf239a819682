"""Embedded ClickHouse: folders that chDB wrote."""

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.connectors.clickhouse_engine import ClickHouseEngine

WRITE = """
import chdb, json, sys
connection = chdb.connect(sys.argv[1])
for statement in ["CREATE DATABASE shop", "USE shop", *json.load(sys.stdin)]:
    connection.query(statement, "Null")
connection.close()
"""


class TheEngine(ClickHouseEngine):
    """What runs inside cannot be asked from outside: the folder is locked."""

    name = "chdb"
    module = "clickhouse_connect"

    def start(self, folder: Path) -> None:
        if find_spec("chdb") is None:
            pytest.skip("chdb is not installed (pip install chdb)")
        self.folder = folder

    def create(self, name: str, script: Sequence[str]) -> str:
        folder = mkdtemp(dir=self.folder)
        subprocess.run([sys.executable, "-c", WRITE, folder], input=json.dumps(script), text=True, check=True)
        return f"chdb:///{folder}?database=shop"
