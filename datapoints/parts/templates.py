"""SQL templates: their places in braces, and a text that can be read as SQL before any value is known."""

import re
from collections.abc import Iterator, Mapping

from core.yaml_file import KeyPath
from datapoints.parts.parameters import Parameter, Template
from datapoints.parts.rests import Fragment

PLACE = re.compile(r"\{([A-Za-z_]\w*)\}")
"""A place for a parameter."""

COMPARED = re.compile(r"(?:[=<>]|\b(?:like|ilike|in\s*\((?:[^()]*,)?))\s*\Z", re.IGNORECASE)
"""What stands before a value with which something is compared."""

FREE = "filters"
"""The place that takes conditions; it needs no declaration."""

_SAMPLES = {"timestamp": "2000-01-01 00:00:00", "date": "2000-01-01", "number": "1", "string": "", "identifier": "x"}


def fragments(template: Template, keys: KeyPath) -> Iterator[Fragment]:
    """The template and its variants as SQL that stands somewhere."""
    if template.sql_template:
        yield Fragment((*keys, "sql_template"), template.sql_template, parameters=template.parameters)
    for dialect, text in template.backend_variants.items():
        yield Fragment((*keys, "backend_variants", dialect), text, parameters=template.parameters, dialect=dialect)


def filled(text: str, parameters: Mapping[str, Parameter]) -> str:
    """The text with a sample value at every place, quoted where no quotes stand around it.

    It is meant to be read, and never to be run.
    """

    def sample(found: re.Match[str]) -> str:
        name = found[1]
        if name == FREE and name not in parameters:
            return "1 = 1"
        parameter = parameters.get(name)
        value = str(_sample(parameter)) if parameter else "1"
        compared = COMPARED.search(text, 0, found.start()) is not None
        bare = parameter is None or parameter.type in ("number", "identifier")
        bare = bare or (parameter is not None and parameter.type == "enum" and not compared)
        quoted = _inside_quotes(text, found.start())
        return value.replace("'", "''") if bare or quoted else "'" + value.replace("'", "''") + "'"

    return PLACE.sub(sample, text)


def places(text: str) -> list[str]:
    """The names of all places, in order, each once."""
    return list(dict.fromkeys(PLACE.findall(text)))


def _sample(parameter: Parameter) -> object:
    if parameter.default is not None:
        return parameter.default
    return parameter.values[0] if parameter.values else _SAMPLES[parameter.type]


def _inside_quotes(text: str, place: int) -> bool:
    return text.count("'", 0, place) % 2 == 1
