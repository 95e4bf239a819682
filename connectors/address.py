"""The parts of a database URL."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from core.errors import UserError


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a database lives and who asks. Its repr never holds the password."""

    scheme: str
    host: str
    port: int
    database: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    options: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)

    @property
    def place(self) -> str:
        """Host and port, for messages."""
        return f"{self.host}:{self.port}"


def parse(url: str, *, default_port: int, default_host: str = "localhost") -> Address:
    """Take a URL like `mysql://user:secret@host:3306/sales?ssl=true` apart; a UserError never cites its secrets.

    A password may hold unescaped `/`, `@` and `:`, so the user part ends at the last `@` before the parameters.
    """
    scheme, _, rest = url.partition("://")
    before, _, parameters = rest.partition("?")
    login, _, place = before.rpartition("@")
    user, _, password = login.partition(":")
    try:
        parts = urlsplit(f"//{place}")
        host, port = parts.hostname or default_host, parts.port or default_port
    except ValueError:
        raise UserError(
            "The database URL cannot be read: its host or port is malformed",
            hint="Write scheme://user:password@host:port/database",
        ) from None
    return Address(
        scheme=scheme,
        host=host,
        port=port,
        database=unquote(parts.path.removeprefix("/")),
        user=unquote(user) or None,
        password=unquote(password) or None,
        options=dict(parse_qsl(parameters)),
    )
