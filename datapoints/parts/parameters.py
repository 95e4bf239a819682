"""Parameters of written SQL: which values a place in braces may take."""

from typing import Literal, Self

from pydantic import Field, model_validator

from core.values.base import Value

ParameterType = Literal["enum", "timestamp", "date", "number", "string", "identifier"]
Argument = str | int | float | bool | None


class Parameter(Value):
    """What `{name}` in a template stands for; `enum` and `identifier` take one of `values` when there are any."""

    type: ParameterType
    values: list[str] = []
    default: Argument = None
    required: bool = False
    description: str = ""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.type == "enum" and not self.values:
            raise ValueError("an enum needs `values`")
        if self.values and self.default is not None and self.default not in self.values:
            raise ValueError("the default must be one of `values`")
        return self


class Template(Value):
    """SQL with `{places}`; `{filters}` stands for whatever else a question asks to filter by."""

    sql_template: str = ""
    parameters: dict[str, Parameter] = {}
    backend_variants: dict[str, str] = Field(default={}, description="The same by sqlglot's name of a dialect.")
