"""What a plan is compiled for: a model, a dialect, a calendar; and how names and types are written there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from sqlglot import exp

from apex.model import Model
from core.catalog import TableName
from core.values.calendar import Calendar
from sql.names import quote

DOUBLE = exp.DataType.Type.DOUBLE


@dataclass(frozen=True)
class Target:
    """Given to every part of the compiler."""

    model: Model
    dialect: str
    calendar: Calendar = field(default_factory=Calendar)
    marks: Iterator[int] = field(default_factory=count, compare=False)
    """What tells one SELECT's columns from those of another."""

    def identifier(self, name: str) -> exp.Identifier:
        """A name exactly as stored, quoted where the dialect needs it."""
        return exp.Identifier(this=name, quoted=quote(name, self.dialect) != name)

    def table(self, name: TableName, alias: str) -> exp.Table:
        """A table, with its schema only where the bare name would not lead there."""
        found = self.model.catalog.candidates(name.name)
        bare = bool(found) and found[0].full_name == name and name.schema in self.model.catalog.search_path
        table = exp.Table(
            this=self.identifier(name.name),
            db=None if bare else self.identifier(name.schema),
        )
        if alias != name.name:
            table.set("alias", exp.TableAlias(this=self.identifier(alias)))
        return table

    def column(self, name: str, table: str = "") -> exp.Column:
        """A column of an aliased source."""
        return exp.Column(this=self.identifier(name), table=self.identifier(table) if table else None)

    def named(self, value: exp.Expr, name: str) -> exp.Expr:
        """An output under a name; bare where it is called so already."""
        if isinstance(value, exp.Column) and value.name == name:
            return value
        return exp.Alias(this=value, alias=self.identifier(name))

    def double(self, value: exp.Expr) -> exp.Expr:
        """The value as a floating-point number, so that it divides exactly."""
        return exp.Cast(this=value, to=exp.DataType(this=DOUBLE))

    def rounded(self, value: exp.Expr, decimals: int) -> exp.Expr:
        """The value to so many decimals; Postgres rounds only what it holds exactly."""
        exact = exp.DataType(this=exp.DataType.Type.DECIMAL)
        number = exp.Cast(this=value, to=exact) if self.dialect == "postgres" else value
        return exp.Round(this=number, decimals=exp.Literal.number(decimals))
