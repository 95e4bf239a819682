"""Another key for the stored connections. A crash at any point leaves keys with which everything can be read."""

import asyncio
from pathlib import Path

from core.errors import UserError
from store.locks import hold
from store.secrets import KEY_FILE, KEY_VARIABLE, Cipher, new_key, open_cipher, replace_keys, stored_keys
from store.system import System

_WAIT_SECONDS = 30.0


async def rotate_key(system: System, home: Path, given: str | None = None) -> int:
    """Encrypt every stored connection with another key, and return how many there are.

    `given` is DATABASE_CREDENTIALS_KEY: its first key is the new one, the others are the old ones, which can go
    afterwards. Without it a new key is made, and the old one removed from the file. Raises UserError when there is only
    one key to choose from, SetupError when a connection was encrypted by yet another one.
    """
    if given:
        cipher = open_cipher(home, given)
        if not cipher.several:
            raise UserError(
                f"{KEY_VARIABLE} holds only one key.",
                hint=f"Make a new one and put it before the old one: {KEY_VARIABLE}=NEW,OLD",
            )
        return await _renew(system, cipher)
    path = home / KEY_FILE
    with await asyncio.to_thread(hold, path.with_name(f".{KEY_FILE}.lock"), seconds=_WAIT_SECONDS):
        key = new_key()
        await asyncio.to_thread(replace_keys, path, [key, *stored_keys(path)])
        cipher = await asyncio.to_thread(open_cipher, home)
        await _renew(system, cipher)
        # Once more, for one that another process wrote with the old key in the moment before it was changed.
        renewed = await _renew(system, cipher)
        await asyncio.to_thread(replace_keys, path, [key])
    return renewed


async def _renew(system: System, cipher: Cipher) -> int:
    async with system.connection() as connection, connection.transaction():
        # Nobody adds or changes one meanwhile; reading goes on.
        await connection.execute("LOCK TABLE datachat.connections IN SHARE ROW EXCLUSIVE MODE")
        rows = await (await connection.execute("SELECT name, url FROM datachat.connections")).fetchall()
        for name, token in rows:
            renewed = cipher.renewed(token)
            await connection.execute("UPDATE datachat.connections SET url = %s WHERE name = %s", [renewed, name])
    return len(rows)
