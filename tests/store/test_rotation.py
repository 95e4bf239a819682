import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from core.errors import SetupError, UserError
from store.connections import Connections
from store.rotation import rotate_key
from store.secrets import open_cipher
from store.system import System

URL = "postgresql://ann:hush@host/sales"
ROOT = Path(__file__).parents[2]


async def filled(system: System, home: Path, key: str | None = None) -> Connections:
    connections = Connections(system, open_cipher(home, key))
    for name in ("a", "b", "c"):
        await connections.add(name, URL)
    return connections


async def tokens(system: System) -> list[bytes]:
    async with system.connection() as connection:
        rows = await (await connection.execute("SELECT url FROM datachat.connections ORDER BY name")).fetchall()
    return [row[0] for row in rows]


async def test_a_new_key_opens_everything_and_the_old_one_nothing(system: System, tmp_path: Path):
    running = await filled(system, tmp_path)
    file = tmp_path / "credentials.key"
    old = file.read_bytes()
    assert await rotate_key(system, tmp_path) == 3
    new = file.read_bytes()
    assert old not in new and len(new.split()) == 1 and file.stat().st_mode & 0o777 == 0o600
    assert [Fernet(new).decrypt(token).decode() for token in await tokens(system)] == [URL] * 3
    with pytest.raises(SetupError):
        open_cipher(tmp_path, old.decode()).decrypt((await tokens(system))[0])
    # A process that has been running all the time notices.
    assert await running.url("a") == URL
    await running.add("d", URL)
    assert await Connections(system, open_cipher(tmp_path)).url("d") == URL


async def test_a_list_of_keys_is_taken_over_by_its_first(system: System, tmp_path: Path):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    await filled(system, tmp_path, old)
    both = await filled_names(system, tmp_path, f"{new},{old}")
    assert both == [URL] * 3
    assert await rotate_key(system, tmp_path, f"{new}, {old}") == 3
    assert await filled_names(system, tmp_path, new) == [URL] * 3
    assert not (tmp_path / "credentials.key").exists()


async def filled_names(system: System, home: Path, key: str) -> list[str]:
    connections = Connections(system, open_cipher(home, key))
    return [await connections.url(each.name) for each in await connections.list()]


async def test_one_given_key_is_no_choice(system: System, tmp_path: Path):
    with pytest.raises(UserError, match="only one key"):
        await rotate_key(system, tmp_path, Fernet.generate_key().decode())


async def test_a_connection_of_an_unknown_key_stops_it_and_nothing_is_lost(system: System, tmp_path: Path):
    await filled(system, tmp_path)
    async with system.connection() as connection:
        await connection.execute("UPDATE datachat.connections SET url = 'x' WHERE name = 'b'")
    before = await tokens(system)
    with pytest.raises(SetupError, match="cannot be decrypted"):
        await rotate_key(system, tmp_path)
    assert await tokens(system) == before
    assert await Connections(system, open_cipher(tmp_path)).url("a") == URL


ROTATE = """
import asyncio, os, sys
from pathlib import Path
from store import rotation
from store.system import System
last = int(sys.argv[3])
def dies(function):
    def step(*given):
        if asyncio.iscoroutinefunction(function):
            async def run():
                crash(); found = await function(*given); crash(); return found
            return run()
        crash(); found = function(*given); crash(); return found
    return step
count = 0
def crash():
    global count
    count += 1
    if count == last:
        os._exit(9)
rotation.replace_keys, rotation._renew = dies(rotation.replace_keys), dies(rotation._renew)
async def main():
    system = await System.open(sys.argv[1], Path(sys.argv[2]))
    await rotation.rotate_key(system, Path(sys.argv[2]))
    await system.close()
asyncio.run(main())
"""


@pytest.mark.parametrize("step", range(1, 10))
async def test_a_crash_at_any_step_loses_nothing(system: System, tmp_path: Path, step: int):
    await filled(system, tmp_path)
    process = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", ROTATE, system.url, str(tmp_path), str(step)],
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.returncode == (9 if step < 9 else 0)
    connections = Connections(system, open_cipher(tmp_path))
    assert [await connections.url(name) for name in "abc"] == [URL] * 3
    assert await rotate_key(system, tmp_path) == 3
    assert len((tmp_path / "credentials.key").read_bytes().split()) == 1
    assert await connections.url("a") == URL
