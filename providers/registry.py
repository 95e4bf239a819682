"""Opens a chat model by its name, `prefix:model`; the prefix is a file beside this one."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from core.errors import UserError
from core.ports import ChatModel
from providers.base import Price

_OURS = frozenset({"base", "registry"})


class _Provider(Protocol):
    """What every file of a provider offers."""

    def open_model(
        self, model: str, *, base_url: str | None, api_key: str | None, price: Price | None
    ) -> ChatModel: ...


def open_model(
    name: str, *, base_url: str | None = None, api_key: str | None = None, price: Price | None = None
) -> ChatModel:
    """The model called `prefix:model`. Nothing is imported or connected before it is first used.

    Raises UserError where the prefix is unknown or the name is incomplete.
    """
    prefix, _, model = name.strip().partition(":")
    known = providers()
    if prefix not in known or not model:
        wrong = f"unknown model provider `{prefix}`" if model else f"`{name}` does not name a provider and a model"
        raise UserError(wrong, hint=f"Write `provider:model`; providers are {', '.join(known)}.", code="unknown_model")
    provider = cast("_Provider", import_module(f"providers.{prefix}"))
    return provider.open_model(model, base_url=base_url, api_key=api_key, price=price)


def providers() -> Sequence[str]:
    """The prefixes that can be opened."""
    return sorted(each.stem for each in Path(__file__).parent.glob("[!_]*.py") if each.stem not in _OURS)
