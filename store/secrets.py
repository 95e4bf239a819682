"""The key that encrypts stored connections: from a setting, or made once under the home folder."""

import os
import secrets
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import SetupError, UpstreamError

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_MAKE_ONE = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'


class Cipher:
    """Encrypts texts at rest."""

    def __init__(self, fernet: "Fernet", source: str, mask_key: str) -> None:
        self._fernet = fernet
        self._source = source
        self.mask_key = mask_key
        """A secret that follows from the key, for masks that hash."""

    def encrypt(self, text: str) -> bytes:
        """The text as a token that only this key opens."""
        return self._fernet.encrypt(text.encode())

    def decrypt(self, token: bytes) -> str:
        """The text again; raises SetupError when another key made the token, or someone changed it."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.decrypt(token).decode()
        except InvalidToken:
            raise SetupError(
                f"A stored connection cannot be decrypted with the key of {self._source}.",
                hint="Bring back the key that was used when it was added, or remove the connection and add it again.",
            ) from None


def open_cipher(home: Path, key: str | None = None) -> Cipher:
    """The cipher of `key` (DATABASE_CREDENTIALS_KEY), or of `<home>/credentials.key`, which is made when absent.

    Raises SetupError for a key that is none, UpstreamError when the file cannot be read or written.
    """
    from cryptography.fernet import Fernet

    path = home / "credentials.key"
    source = "DATABASE_CREDENTIALS_KEY" if key else str(path)
    try:
        secret = key.encode() if key else _stored_key(path)
        return Cipher(Fernet(secret), source, blake2b(secret, digest_size=16, person=b"mask").hexdigest())
    except OSError as error:
        raise UpstreamError(f"{path} cannot be used: {error.strerror}.", hint="Check the folder's rights.") from error
    except ValueError:
        raise SetupError(f"{source} does not hold a Fernet key.", hint=f"Make one with: {_MAKE_ONE}") from None


def _stored_key(path: Path) -> bytes:
    with suppress(FileNotFoundError):
        return path.read_bytes().strip()
    from cryptography.fernet import Fernet

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Fernet.generate_key())
            file.flush()
            os.fsync(file.fileno())
        # Of several processes that make one, the first link wins and all read the same file.
        with suppress(FileExistsError):
            path.hardlink_to(made)
    finally:
        made.unlink(missing_ok=True)
    return path.read_bytes().strip()
