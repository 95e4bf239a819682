"""A list that may be written as its only item."""

from typing import Annotated

from pydantic import BeforeValidator


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Texts = Annotated[list[str], BeforeValidator(_listed, json_schema_input_type=str | list[str])]
"""Several texts; one text alone stands for a list of it."""
