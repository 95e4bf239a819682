"""`datachat sql check`: statements through the guard alone, judged against a file of CREATE statements."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.session import conclude, print_json

Dialect = Annotated[str, typer.Option(metavar="D", help="The SQL that the statements are written in.")]
Schema = Annotated[Path, typer.Option(metavar="FILE.sql", help="CREATE statements of the tables that exist.")]
SchemaDialect = Annotated[str | None, typer.Option(metavar="D", help="The SQL of that file, when it is another one.")]
Policy = Annotated[Path | None, typer.Option(metavar="FILE", help="An access policy.")]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="The user whom the policy is applied to.")]


def check(
    dialect: Dialect,
    schema: Schema,
    schema_dialect: SchemaDialect = None,
    policy: Policy = None,
    as_user: AsUser = None,
) -> None:
    """Read {"id", "sql"} lines from stdin and print a verdict for each; nothing is run."""
    conclude(lambda: _check(dialect, schema, schema_dialect, policy=policy, as_user=as_user))


def _check(dialect: str, schema: Path, schema_dialect: str | None, *, policy: Path | None, as_user: str | None) -> None:
    from cli.policy import access_in, chosen
    from sql.check import check as verdicts
    from sql.ddl import catalog_of

    rules = chosen(policy, as_user)
    catalog = catalog_of(_text_of(schema), dialect=schema_dialect or dialect, read_as=dialect)
    access = access_in(rules, as_user, database=schema.stem, catalog=catalog)
    for verdict in verdicts(sys.stdin, dialect=dialect, catalog=catalog, policy=access):
        print_json(verdict)


def _text_of(schema: Path) -> str:
    from core.errors import UserError

    try:
        return schema.read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UserError(f"The schema file {schema} cannot be read: {reason}.", hint="Check --schema.") from error
