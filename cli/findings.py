"""What a check of the installation finds."""

from dataclasses import dataclass
from typing import Literal

from core.errors import DataChatError


@dataclass(frozen=True)
class Finding:
    """What a check found: `well`, a `note` that may be left as it is, or `wrong`; `mend` is a command or advice."""

    about: str
    state: Literal["well", "note", "wrong"]
    says: str
    mend: str = ""


def of_error(about: str, error: DataChatError) -> Finding:
    """An expected error as a finding."""
    return Finding(about, "wrong", error.message, error.hint)
