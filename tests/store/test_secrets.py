import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from core.errors import SetupError, UpstreamError
from store.secrets import open_cipher

ROOT = Path(__file__).parents[2]


def test_a_key_is_made_once_and_is_private(tmp_path: Path):
    token = open_cipher(tmp_path / "home").encrypt("hush")
    assert b"hush" not in token
    assert open_cipher(tmp_path / "home").decrypt(token) == "hush"
    assert (tmp_path / "home/credentials.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["credentials.key"]


def test_a_given_key_is_used_and_none_is_made(tmp_path: Path):
    key = Fernet.generate_key().decode()
    assert open_cipher(tmp_path, key).decrypt(open_cipher(tmp_path, key).encrypt("hush")) == "hush"
    assert not list(tmp_path.iterdir())


def test_another_key_is_said_so(tmp_path: Path):
    token = open_cipher(tmp_path).encrypt("hush")
    with pytest.raises(SetupError, match="cannot be decrypted with the key of DATABASE_CREDENTIALS_KEY"):
        open_cipher(tmp_path, Fernet.generate_key().decode()).decrypt(token)


@pytest.mark.parametrize("key", ["nonsense", "ä" * 44, "x" * 44])
def test_a_key_that_is_none(tmp_path: Path, key: str):
    with pytest.raises(SetupError, match="does not hold a Fernet key") as caught:
        open_cipher(tmp_path, key)
    assert key not in str(caught.value)


def test_an_empty_key_file_and_one_that_is_a_folder(tmp_path: Path):
    (tmp_path / "credentials.key").touch()
    with pytest.raises(SetupError, match=r"credentials.key does not hold"):
        open_cipher(tmp_path)
    (tmp_path / "credentials.key").unlink()
    (tmp_path / "credentials.key").mkdir()
    with pytest.raises(UpstreamError, match=r"credentials.key cannot be used"):
        open_cipher(tmp_path)


async def test_of_many_processes_all_have_one_key(tmp_path: Path):
    code = "import sys; from pathlib import Path; from store.secrets import open_cipher\n"
    code += "sys.stdin.readline(); sys.stdout.buffer.write(open_cipher(Path(sys.argv[1])).encrypt('hush'))"
    together = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
        )
        for _ in range(8)
    ]
    await asyncio.sleep(1)
    for each in together:
        assert each.stdin
        os.write(each.stdin.fileno(), b"\n")
    tokens = [each.communicate()[0] for each in together]
    cipher = open_cipher(tmp_path)
    assert {cipher.decrypt(token) for token in tokens} == {"hush"}
    assert [path.name for path in tmp_path.iterdir()] == ["credentials.key"]
