"""The keys that encrypt stored connections: from a setting, or made once under the home folder."""

import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import SetupError, UpstreamError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

KEY_FILE = "credentials.key"
KEY_VARIABLE = "DATABASE_CREDENTIALS_KEY"
KEY_BYTES = 32
_MAKE_ONE = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'


class Cipher:
    """Encrypts texts at rest with the first of its keys; every one of them decrypts.

    `read_keys` is asked again before each encryption and where no key fits: another process may have changed them.
    """

    def __init__(self, read_keys: Callable[[], Sequence[bytes]], source: str) -> None:
        self._read_keys = read_keys
        self._source = source
        keys = read_keys()
        if any(len(urlsafe_b64decode(key)) != KEY_BYTES for key in keys):
            raise ValueError("not a Fernet key")
        # The library takes 7 MB, and most programs ask a database of their own without a stored connection.
        self._fernet: MultiFernet | None = None
        self.several = len(keys) > 1
        """Whether an older key is still there."""
        self.mask_key = blake2b(keys[0], digest_size=16, person=b"mask").hexdigest()
        """A secret that follows from the first key, for masks that hash."""

    def encrypt(self, text: str) -> bytes:
        """The text as a token that only these keys open."""
        return self._renew().encrypt(text.encode())

    def decrypt(self, token: bytes) -> str:
        """The text again; raises SetupError when another key made the token, or someone changed it."""
        return self._opened(token).decode()

    def renewed(self, token: bytes) -> bytes:
        """The same text under the first key; raises SetupError as `decrypt` does."""
        opened = self._opened(token)
        return (self._fernet or self._renew()).encrypt(opened)

    def _opened(self, token: bytes) -> bytes:
        from cryptography.fernet import InvalidToken

        with suppress(InvalidToken):
            return (self._fernet or self._renew()).decrypt(token)
        try:
            return self._renew().decrypt(token)
        except InvalidToken:
            raise SetupError(
                f"A stored connection cannot be decrypted with the key of {self._source}.",
                hint="Bring back the key that was used when it was added, or remove the connection and add it again.",
            ) from None

    def _renew(self) -> "MultiFernet":
        """The keys as they are now."""
        from cryptography.fernet import Fernet, MultiFernet

        self._fernet = MultiFernet([Fernet(key) for key in self._read_keys()])
        return self._fernet


def open_cipher(home: Path, key: str | None = None) -> Cipher:
    """The cipher of `key` (DATABASE_CREDENTIALS_KEY), or of `<home>/credentials.key`, which is made when absent.

    Both may hold several keys, the newest first: with commas between them, or each on a line.
    Raises SetupError for a key that is none, UpstreamError when the file cannot be read or written.
    """
    path = home / KEY_FILE
    source = KEY_VARIABLE if key else str(path)
    try:
        return Cipher((lambda: _split(key.encode())) if key else (lambda: stored_keys(path)), source)
    except OSError as error:
        raise UpstreamError(f"{path} cannot be used: {error.strerror}.", hint="Check the folder's rights.") from error
    except ValueError:
        raise SetupError(f"{source} does not hold a Fernet key.", hint=f"Make one with: {_MAKE_ONE}") from None


def stored_keys(path: Path) -> Sequence[bytes]:
    """The keys of a file, which is made with a first one when it is not there."""
    with suppress(FileNotFoundError):
        return _split(path.read_bytes())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = _written(path, [new_key()])
    try:
        # Of several processes that make one, the first link wins and all read the same file.
        with suppress(FileExistsError):
            path.hardlink_to(made)
    finally:
        made.unlink(missing_ok=True)
    return _split(path.read_bytes())


def replace_keys(path: Path, keys: Sequence[bytes]) -> None:
    """Put other keys into the file, whole or not at all, even when the machine fails meanwhile."""
    made = _written(path, keys)
    try:
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def new_key() -> bytes:
    """A key that was never used."""
    return urlsafe_b64encode(os.urandom(KEY_BYTES))


def _written(path: Path, keys: Sequence[bytes]) -> Path:
    """A private file beside `path` with these keys, on disk."""
    made = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(b"\n".join(keys))
        file.flush()
        os.fsync(file.fileno())
    return made


def _split(text: bytes) -> Sequence[bytes]:
    return text.replace(b",", b" ").split() or [b""]
