"""What a DataPoint rests on in a database: names of tables and columns, and pieces of SQL over them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from core.yaml_file import KeyPath
from datapoints.parts.parameters import Parameter

Form = Literal["query", "expression", "condition"]


@dataclass(frozen=True, slots=True)
class Named:
    """A table (`orders`, `sales.orders`) or a column of it, named plainly at `keys` of the file."""

    keys: KeyPath
    table: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Fragment:
    """SQL at `keys` of the file; expressions and conditions are over the columns of `tables`."""

    keys: KeyPath
    text: str
    form: Form = "query"
    tables: tuple[str, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=dict[str, Parameter])
    dialect: str | None = None
    """sqlglot's name of the dialect that it is written for; None for the database's own."""


Rest = Named | Fragment
