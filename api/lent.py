"""What every request is lent: the open house, its live turns, and who asks."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Request
from pydantic import AfterValidator, StringConstraints

from api.live import LiveTurns
from core.errors import NotFoundError, SetupError
from core.values import User
from graph.assembly import House

PLAIN = r"^[^\x00-\x1f\x7f]*$"
"""No control characters."""


def _readable(text: str) -> str:
    """What can be stored and shown: PostgreSQL's texts hold no NUL, and half a character has no meaning."""
    place = next((at for at, each in enumerate(text) if each == "\0" or "\ud800" <= each <= "\udfff"), None)
    if place is not None:
        raise ValueError(f"holds a NUL or half a character (U+{ord(text[place]):04X}) at position {place + 1}")
    return text


Text = Annotated[str, AfterValidator(_readable)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=PLAIN)]
PathId = Annotated[str, Path(min_length=1, max_length=200, pattern=PLAIN)]


@dataclass(frozen=True, kw_only=True)
class Lent:
    """The live things of this server. Nobody is asked who he is in this release, so the user is always the same."""

    house: House
    live: LiveTurns
    user: User


def lent(request: Request) -> Lent:
    """The live things, opened when the server started."""
    found = request.app.state.lent
    assert isinstance(found, Lent)
    return found


Here = Annotated[Lent, Depends(lent)]


async def check_askable(house: House, name: str | None) -> None:
    """Raise SetupError where there is no database at all, NotFoundError where none has this name."""
    if name is None and house.databases.default:
        return
    names = await house.databases.names()
    if not names:
        raise SetupError(
            "No database is configured.",
            hint='POST /api/v1/system/initialize with {"database_url": "postgresql://..."}, or set DATABASE_URL.',
        )
    if name is not None and name not in names:
        raise NotFoundError(f"There is no database named {name!r}.", hint=f"Known: {', '.join(names)}.")
