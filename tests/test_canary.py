"""No secret appears in logs, output, events, checkpoints, results, the audit, files or the list of processes."""

import asyncio
import base64
import json
import os
import subprocess
import sys
import threading
import zlib
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx2
import psycopg
import pytest
from cryptography.fernet import Fernet
from psycopg import sql

from store.system import System
from tests.canary import Canaries, files_below
from tests.providers.fake_server import Behaviour, FakeServer

ROOT = Path(__file__).parents[1]
LOUD = "import logging; logging.basicConfig(level=logging.DEBUG); "
CLI = LOUD + "import sys; sys.argv[0] = 'datachat'; from cli.__main__ import main; main()"
DOOR = (
    LOUD
    + """
import asyncio, os, sys, datachat
async def main():
    for text in sys.argv[1:]:
        async with datachat.open(
            database=os.environ["ASKED"], model="openai:m", base_url=os.environ["MODEL_URL"], api_key=os.environ["KEY"]
        ) as dc:
            for conversation in (None, "door"):
                async for event in dc.stream(text, conversation=conversation):
                    print(event.model_dump_json(), flush=True)
try:
    asyncio.run(main())
except Exception:
    import traceback
    traceback.print_exc()
"""
)
SERVE = (
    LOUD
    + "import sys; from pathlib import Path; from api.server import serve; from core.settings import load_settings; "
    + "serve(load_settings(home=Path(sys.argv[1])), host='127.0.0.1', port=0)"
)
SLOW = "SELECT count(*) FROM generate_series(1, 9000000) AS a, generate_series(1, 9000000) AS b"


def drafted(statement: str) -> Behaviour:
    return Behaviour(text=json.dumps({"sql": statement, "confidence": 0.99}))


@pytest.fixture
def canaries() -> Canaries:
    return Canaries(fernet_key=Fernet.generate_key().decode())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
async def asked_url(system_url: str, system: System, canaries: Canaries) -> AsyncGenerator[str]:
    """A database whose server asks this login for its password."""
    async with await psycopg.AsyncConnection.connect(system.url, autocommit=True) as connection:
        password = sql.Literal(canaries.password)
        await connection.execute(sql.SQL("CREATE ROLE canary LOGIN PASSWORD {}").format(password))
        await connection.execute("CREATE TABLE customers AS SELECT i AS id FROM generate_series(1, 7) i")
        await connection.execute("GRANT SELECT ON customers TO canary")
        [(place,)] = await (await connection.execute("SHOW hba_file")).fetchall()
        rules = Path(place).read_text()
        Path(place).write_text("local all canary scram-sha-256\nhost all canary all scram-sha-256\n" + rules)
        await connection.execute("SELECT pg_reload_conf()")
        parts = urlsplit(system.url)
        folder = quote(parse_qs(parts.query)["host"][0], safe="")
        yield f"postgresql://canary:{quote(canaries.password, safe='')}@/{parts.path.strip('/')}?host={folder}"
        Path(place).write_text(rules)
        await connection.execute("SELECT pg_reload_conf()")
        await connection.execute("DROP TABLE customers")
        await connection.execute("DROP ROLE canary")


@pytest.fixture
async def model() -> AsyncGenerator[FakeServer]:
    fake = FakeServer()
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
    fake.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    yield fake
    server.close()


@contextmanager
def watching_processes(seen: set[bytes]) -> Generator[None]:
    """Note every command line while the block runs."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            for each in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    seen.add(each.read_bytes())
                except OSError:
                    continue

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


class Scene:
    """Runs programs as a user would, at the loudest, and keeps what they say."""

    def __init__(self, home: Path, system: System, canaries: Canaries, model: FakeServer, asked: str) -> None:
        self.said: dict[str, bytes] = {}
        self.asked = asked
        self.home = home
        parts = urlsplit(system.url)
        login = f"{parts.username or 'postgres'}:{quote(canaries.system_password, safe='')}"
        host = parts.netloc.rpartition("@")[2]
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONASYNCIODEBUG": "1",
            "DATACHAT_HOME": str(home),
            "DATACHAT_LOG_LEVEL": "debug",
            "DATACHAT_LIMITS__SECONDS": "1",
            "DATACHAT_MODEL": "openai:m",
            "SYSTEM_DATABASE_URL": parts._replace(netloc=f"{login}@{host}").geturl(),
            "DATABASE_CREDENTIALS_KEY": canaries.fernet_key,
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": canaries.api_key,
            "ASKED": asked,
            "MODEL_URL": model.url,
            "KEY": canaries.api_key,
        }

    async def run(self, program: str, *arguments: str, stdin: str = "", **environment: str) -> int:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", program, *arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**self.environment, **environment},
            cwd=self.home.parent,
        )
        said = await process.communicate(stdin.encode())
        self.said[f"{len(self.said)} {' '.join(arguments)}"] = b"\n".join(said)
        return process.returncode or 0

    async def cli(self, *arguments: str, stdin: str = "") -> int:
        return await self.run(CLI, *arguments, stdin=stdin)

    async def door(self, *questions: str, asked: str | None = None) -> None:
        await self.run(DOOR, *questions, ASKED=asked or self.asked)

    async def http(self, *bodies: tuple[str, dict[str, str]]) -> list[int]:
        """What a server says to a client, and into its log."""
        with (self.home.parent / "server.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", SERVE, str(self.home)),
                stdout=subprocess.PIPE,
                stderr=log,
                env={**self.environment, "DATABASE_URL": self.asked},
                cwd=self.home.parent,
            )
        assert process.stdout
        ready = (await process.stdout.readline()).decode()
        address = ready.split("ready: ")[1].split()[0]
        statuses: list[int] = []
        async with httpx2.AsyncClient(base_url=f"{address}/api/v1", timeout=60, trust_env=False) as client:
            for path, body in bodies:
                reply = await client.post(path, json=body)
                self.said[f"{len(self.said)} POST {path}"] = str(reply.headers).encode() + reply.content
                statuses.append(reply.status_code)
            for path in ("/databases", "/system/status", "/chat/conversations"):
                self.said[f"GET {path}"] = (await client.get(path)).content
        process.terminate()
        await process.wait()
        return statuses


async def stored(system: System) -> dict[str, bytes]:
    """Every row of the system database as text, compressed results opened."""
    found: dict[str, bytes] = {}
    async with system.connection() as connection:
        names = await connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'datachat'")
        for (name,) in await names.fetchall():
            query = sql.SQL("SELECT t::text FROM datachat.{} t").format(sql.Identifier(name))
            rows = await (await connection.execute(query)).fetchall()
            found[name] = "\n".join(row[0] for row in rows).encode()
        blobs = await (await connection.execute("SELECT blob FROM datachat.checkpoint_blobs")).fetchall()
        found["blobs"] = b"\n".join(blob for (blob,) in blobs if blob)
        chunks = await (await connection.execute("SELECT body FROM datachat.result_chunks")).fetchall()
        found["chunks"] = b"\n".join(zlib.decompress(body) for (body,) in chunks)
    return found


def test_a_canary_is_recognised_in_every_form(canaries: Canaries):
    for secret in vars(canaries).values():
        for text in (
            secret,
            quote(secret, safe=""),
            json.dumps({"a": secret}),
            repr([secret]),
            secret.encode().hex(),
            *(base64.b64encode(b"x" * shift + secret.encode() + b"yyy").decode() for shift in range(6)),
        ):
            assert canaries.found_in(f"before {text} after".encode()), text
    assert canaries.found_in(b"nothing of it") == []


@pytest.mark.slow
async def test_no_secret_leaves(
    home: Path, system: System, canaries: Canaries, model: FakeServer, asked_url: str, tmp_path: Path
):
    scene = Scene(home, system, canaries, model, asked_url)
    wrong = asked_url.replace(quote(canaries.password, safe=""), quote(canaries.wrong_password, safe=""))
    gone = f"postgresql://canary:{quote(canaries.password, safe='')}@127.0.0.1:9/none"
    count, written = "How many customers are there?", "Which customers are the most interesting?"
    seen: set[bytes] = set()
    with watching_processes(seen):
        assert await scene.cli("database", "add", "shop", "-", stdin=asked_url) == 0
        assert await scene.cli("database", "add", "wrong", "-", stdin=wrong) != 0
        assert await scene.cli("database", "add", "wrong", "-", "--untested", stdin=wrong) == 0
        assert await scene.cli("database", "add", "gone", "-", "--untested", stdin=gone) == 0
        assert await scene.cli("ask", count, "--db", "shop", "--json", "--conversation", "c") == 0
        assert await scene.cli("ask", "Delete all customers", "--db", "shop", "--json") == 5
        assert await scene.cli("ask", count, "--db", "wrong", "--json") in (2, 7)
        assert await scene.cli("ask", count, "--db", "gone") == 7
        model.then(drafted("SELECT id FROM customers"))
        assert await scene.cli("ask", written, "--db", "shop", "--json", "--trace") == 0
        model.then(drafted("DROP TABLE customers"))
        assert await scene.cli("ask", written, "--db", "shop", "--json") == 5
        model.then(drafted(SLOW))
        assert await scene.cli("ask", written, "--db", "shop", "--json") == 8
        model.then(Behaviour(status=401, error={"message": f"Incorrect API key provided: {canaries.api_key}"}))
        assert await scene.cli("ask", written, "--db", "shop", "--json", "--conversation", "d") != 0
        for command in (
            ("database", "list", "--json"),
            ("database", "test", "wrong"),
            ("status", "--json"),
            ("doctor", "--json"),
            ("audit", "list", "--json"),
            ("audit", "verify", "--json"),
        ):
            await scene.cli(*command)
        await scene.door(count, written)
        await scene.door(count, asked=wrong)
        await scene.door(count, asked=gone)
        model.then(drafted("SELECT id FROM customers"))
        await scene.door(written)
        statuses = await scene.http(
            ("/chat", {"message": count}),
            ("/chat", {"message": count, "database": "wrong"}),
            ("/databases", {"name": "again", "url": wrong}),
            ("/databases", {"name": "more", "url": asked_url}),
        )
    assert statuses[0] == 200
    places = {**scene.said, **files_below(tmp_path), **await stored(system)}
    places["processes"] = b"\n".join(seen)
    leaks = {name: found for name, text in places.items() if (found := canaries.found_in(text))}
    assert leaks == {}
    assert sum(len(text) for text in scene.said.values()) > 20_000
    assert b"customers" in places["audit"] and b"customers" in places["blobs"] and canaries.api_key in model.keys
    assert b"DEBUG" in (tmp_path / "server.log").read_bytes()
