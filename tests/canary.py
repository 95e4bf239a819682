"""Secrets that can be recognised wherever they turn up, in whatever form."""

import base64
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus


def _made(prefix: str) -> str:
    # Letters that have to be encoded in a URL and in JSON, and so give different forms.
    return f'{prefix}cnry{secrets.token_hex(8)}/+@ä"{secrets.token_hex(4)}'


@dataclass(frozen=True)
class Canaries:
    """One of each kind of secret."""

    fernet_key: str
    password: str = field(default_factory=lambda: _made("pw"))
    wrong_password: str = field(default_factory=lambda: _made("wrong"))
    system_password: str = field(default_factory=lambda: _made("system"))
    api_key: str = field(default_factory=lambda: f"sk-cnry{secrets.token_hex(16)}")

    def found_in(self, text: bytes) -> list[str]:
        """The names of the secrets that a text holds."""
        folded = text.lower()
        return [
            f"{name} as {form}"
            for name, secret in vars(self).items()
            for form, written in _forms(secret)
            if written.lower() in folded
        ]


def _forms(secret: str) -> list[tuple[str, bytes]]:
    data = secret.encode()
    forms = {
        "itself": data,
        "URL": quote(secret, safe="").encode(),
        "URL path": quote(secret).encode(),
        "form": quote_plus(secret).encode(),
        "JSON": json.dumps(secret).strip('"').encode(),
        "repr": repr(secret).strip("'\"").encode(),
        "hex": data.hex().encode(),
    }
    # Base64 depends on where in a longer text the secret begins; the letters at both ends are shared with others.
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + data)
        forms[f"base64 at {shift}"] = encoded[4 if shift else 0 : len(data) * 4 // 3 - 4]
        forms[f"URL-safe base64 at {shift}"] = encoded.translate(bytes.maketrans(b"+/", b"-_"))[4 if shift else 0 : -8]
    return list(forms.items())


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the one that may hold the key."""
    return {
        str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "credentials.key"
    }
