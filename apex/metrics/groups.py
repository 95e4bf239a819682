"""What SQL that is written down is told apart by: what its rows are grouped by, and names that it takes for that."""

from collections.abc import Sequence
from typing import get_args

from sqlglot import exp

from apex.compile.refusal import RefusalError
from apex.metrics.executed import places_of
from apex.metrics.templates import read, text_of
from apex.names import key_of
from core.values.plans import Grain
from datapoints.parts.parameters import Template
from datapoints.parts.templates import filled


def grouped_by(template: Template, dialect: str, *, of: str) -> Sequence[str]:
    """The columns that its rows are grouped by; none where it gives one value, or no SQL that can be read."""
    try:
        tree = read(filled(text_of(template, dialect)[0], template.parameters), dialect, of)
    except RefusalError:
        return []
    if not tree.args.get("group"):
        return []
    return [each.alias_or_name for each in tree.selects if each.alias_or_name and not each.find(exp.AggFunc)]


def named_group(template: Template, words: str) -> tuple[str, str] | None:
    """The parameter that takes a name to group by, and the name in its list that these words say."""
    wanted = key_of(words)
    for name, parameter in template.parameters.items():
        for value in parameter.values if parameter.type == "identifier" else ():
            if wanted in (key_of(value), key_of(value.rpartition(".")[2])):
                return name, value
    return None


def apart(template: Template, dialect: str, *, of: str) -> str:
    """What it can be told apart by, in words."""
    listed = [value for each in template.parameters.values() if each.type == "identifier" for value in each.values]
    found = dict.fromkeys([*grouped_by(template, dialect, of=of), *listed, *_grains(template)])
    if not found:
        return "It gives one value, as it is written; a `measure` or a parameter of names would tell it apart."
    return f"It can be by {', '.join(each.replace('_', ' ') for each in found)}."


def _grains(template: Template) -> Sequence[str]:
    """The grains of time that it takes."""
    if "grain" not in places_of(template):
        return []
    listed = [value for each in template.parameters.values() if each.type == "enum" for value in each.values]
    return [each for each in listed if each in get_args(Grain)] or ["grain of time"]
