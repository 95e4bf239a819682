"""Opens chat models by their names, `prefix:model`; the prefix is a file beside this one."""

import asyncio
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from core.errors import UserError
from providers.base import OpenModel, Price

KEPT = 16

_OURS = frozenset({"base", "registry"})


class _Provider(Protocol):
    """What every file of a provider offers."""

    def open_model(
        self, model: str, *, base_url: str | None, api_key: str | None, price: Price | None
    ) -> OpenModel: ...


class Models:
    """The models that questions ask, opened once; a question may bring its own key."""

    def __init__(self, *, base_url: str | None = None, api_key: str | None = None, price: Price | None = None) -> None:
        """Where models are served unless their name says it, the key used where a question brings none, their price."""
        self._base_url, self._api_key, self._price = base_url, api_key, price
        self._open: dict[str, OpenModel] = {}

    async def get(self, name: str, *, api_key: str | None = None) -> OpenModel:
        """The model called `prefix:model`; raises UserError where there can be none."""
        model = self._open.pop(name, None)
        if model is None:
            model = await self._opened(name)
        self._open[name] = model
        if len(self._open) > KEPT:
            await self._open.pop(next(iter(self._open))).close()
        return model.with_key(api_key) if api_key else model

    async def _opened(self, name: str) -> OpenModel:
        # In a thread, because files are read: of a provider's code, or of a script.
        opened = await asyncio.to_thread(
            open_model, name, base_url=self._base_url, api_key=self._api_key, price=self._price
        )
        first = self._open.pop(name, None)
        if first is None:
            return opened
        await opened.close()
        return first

    async def close(self) -> None:
        """Close every connection."""
        models, self._open = self._open, {}
        for model in models.values():
            await model.close()


def open_model(
    name: str, *, base_url: str | None = None, api_key: str | None = None, price: Price | None = None
) -> OpenModel:
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
