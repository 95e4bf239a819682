"""The kinds of DataPoints: one file each, gathered from this folder."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import cast

from pydantic import JsonValue

from core.errors import UserError
from datapoints.fact import Fact


@cache
def kinds() -> Mapping[str, type[Fact]]:
    """The model of every kind, by its name."""
    names = sorted(each.name for each in iter_modules(__path__))
    return MappingProxyType({name: _model(name) for name in names})


def kind_of(name: object) -> type[Fact]:
    """The model of a kind; raises UserError that names the nearest one."""
    from difflib import get_close_matches

    found = kinds().get(name) if isinstance(name, str) else None
    if found is None:
        close = get_close_matches(str(name).lower(), kinds(), 1)
        known = ", ".join(kinds())
        hint = f"Did you mean `{close[0]}`? Kinds are: {known}." if close else f"Kinds are: {known}."
        raise UserError(f"there is no kind of DataPoint called `{name!s:.40}`", hint=hint, code="unknown_kind")
    return found


def datapoint_of(body: Mapping[str, JsonValue]) -> Fact:
    """The DataPoint that `body` says; raises UserError for its kind, pydantic's ValidationError for the rest."""
    return kind_of(body.get("kind", body.get("type"))).model_validate(body)


def body_of(datapoint: Fact) -> dict[str, JsonValue]:
    """What a file says of it: defaults left out, but id, kind and name always there, and first."""
    head = {"id": datapoint.id, "kind": datapoint.kind, "name": datapoint.name}
    told = datapoint.model_dump(mode="json", exclude_defaults=True)
    return cast(dict[str, JsonValue], {**head, **told})


def _model(name: str) -> type[Fact]:
    module = import_module(f"{__name__}.{name}")
    own = [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__]
    found = [each for each in own if issubclass(each, Fact)]
    if len(found) != 1 or found[0].model_fields["kind"].default != name:
        raise TypeError(f"datapoints/kinds/{name}.py must hold one Fact of kind {name!r}")
    return found[0]
