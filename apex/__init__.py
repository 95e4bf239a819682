"""The semantic engine: plans and metrics in, SQL out. `from apex import Engine, Model` is all that a program needs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apex.engine import Engine
    from apex.model import Model

__all__ = ["Engine", "Model"]


def __getattr__(name: str) -> object:
    """Read the engine on first use, so that other rooms of this package open without it."""
    if name == "Engine":
        from apex.engine import Engine

        return Engine
    if name == "Model":
        from apex.model import Model

        return Model
    raise AttributeError(name)
