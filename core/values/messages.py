"""What is said to a model, and what it replies."""

from typing import Literal

from core.values.base import Value
from core.values.findings import Usage


class Message(Value):
    """One message to a model."""

    role: Literal["system", "user", "assistant"]
    text: str


class Reply(Value):
    """A model's whole reply. `complete` is False when it was cut; nothing of it may then be executed."""

    text: str
    complete: bool = True
    usage: Usage = Usage()
