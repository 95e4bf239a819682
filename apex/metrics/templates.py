"""SQL templates filled: each place with a literal of its type, or a word from its list; never with free text."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from apex.compile.literals import constant
from apex.compile.refusal import RefusalError
from datapoints.parts.parameters import Argument, Parameter, Template
from datapoints.parts.templates import COMPARED, FREE, PLACE
from sql.names import quote

NO_FILTER = "1 = 1"
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_ ]*\Z")


def text_of(template: Template, dialect: str) -> tuple[str, bool]:
    """The template for a dialect, and whether it was written for it."""
    variant = template.backend_variants.get(dialect)
    if variant:
        return variant, True
    if template.sql_template:
        return template.sql_template, False
    raise RefusalError("unsupported", f"There is no SQL for {dialect}.", alternatives=[*template.backend_variants])


def filled(text: str, template: Template, given: Mapping[str, Argument], filters: str, *, dialect: str, of: str) -> str:
    """The template with every place filled. Refuses unknown places, and values that are missing or of another type."""
    unknown = [name for name in given if name not in template.parameters]
    if unknown:
        known = ", ".join(template.parameters) or "none"
        raise RefusalError("bad_value", f"{of} takes no {unknown[0]!r}.", hint=f"Its parameters: {known}.")
    missing = _missing(template, given)
    if missing:
        raise RefusalError("bad_value", f"{of} needs a value for {' and '.join(missing)}.", alternatives=missing)

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name == FREE and name not in template.parameters:
            return filters or NO_FILTER
        parameter = template.parameters.get(name)
        if parameter is None:
            raise RefusalError("broken", f"The template of {of} has a place {name!r}, which it does not declare.")
        written = _written(name, parameter, given.get(name, parameter.default), dialect, of)
        if parameter.type == "enum" and COMPARED.search(text, 0, found.start()):
            written = _text(written, dialect)
        quoted = text.count("'", 0, found.start()) % 2 == 1
        return written[1:-1] if quoted and written.startswith("'") else written

    return PLACE.sub(fill, text)


def _missing(template: Template, given: Mapping[str, Argument]) -> list[str]:
    used = set(PLACE.findall(" ".join((template.sql_template, *template.backend_variants.values()))))
    return [
        name
        for name, parameter in template.parameters.items()
        if given.get(name, parameter.default) is None and (parameter.required or name in used)
    ]


def _written(name: str, parameter: Parameter, value: Argument, dialect: str, of: str) -> str:
    if parameter.values and str(value) not in parameter.values:
        raise RefusalError(
            "bad_value",
            f"{value!r} is not among the values of {name} of {of}.",
            hint=f"They are {', '.join(parameter.values)}.",
            alternatives=list(parameter.values),
        )
    return _WRITERS[parameter.type](name, parameter, value, dialect)


def _enum(name: str, parameter: Parameter, value: Argument, dialect: str) -> str:
    """A word from the list stands as it is, for it may be a unit; anything else as text."""
    text = str(value)
    return text if _WORD.match(text) else exp.Literal.string(text).sql(dialect=dialect)


def _text(word: str, dialect: str) -> str:
    """A word that something is compared with is a text, save where it is a constant like `true`."""
    if word.startswith("'") or not isinstance(parse_one(f'"{word}"' if " " in word else word), exp.Column):
        return word
    return exp.Literal.string(word).sql(dialect=dialect)


def _identifier(name: str, parameter: Parameter, value: Argument, dialect: str) -> str:
    if not parameter.values:
        raise RefusalError("broken", f"The parameter {name} takes names, but lists none.", hint="Give it `values`.")
    return ".".join(quote(part, dialect) for part in str(value).split("."))


def _moment(name: str, parameter: Parameter, value: Argument, dialect: str) -> str:
    read: Callable[[str], object] = date.fromisoformat if parameter.type == "date" else datetime.fromisoformat
    try:
        read(str(value))
    except ValueError:
        message = f"{value!r} is no {parameter.type}, which {name} takes."
        raise RefusalError("bad_value", message, hint="For example 2025-01-31.") from None
    return exp.Literal.string(str(value).replace("T", " ")).sql(dialect=dialect)


def _number(name: str, parameter: Parameter, value: Argument, dialect: str) -> str:
    try:
        number = float(str(value))
    except ValueError:
        raise RefusalError("bad_value", f"{value!r} is no number, which {name} takes.") from None
    return constant(int(number) if number.is_integer() else number).sql(dialect=dialect)


def _string(name: str, parameter: Parameter, value: Argument, dialect: str) -> str:
    return exp.Literal.string(str(value)).sql(dialect=dialect)


_WRITERS: Mapping[str, Callable[[str, Parameter, Argument, str], str]] = {
    "enum": _enum,
    "identifier": _identifier,
    "timestamp": _moment,
    "date": _moment,
    "number": _number,
    "string": _string,
}


def read(sql: str, dialect: str, of: str) -> exp.Query:
    """The filled template as a tree; refuses what is no single query."""
    try:
        tree = parse_one(sql, dialect=dialect)
    except SqlglotError as error:
        message = f"The template of {of} is no SQL that {dialect} reads."
        raise RefusalError("broken", message, hint="Check it with `datachat dp lint`.") from error
    if not isinstance(tree, exp.Query):
        raise RefusalError("broken", f"The template of {of} is no query.")
    return tree


def sources(tree: exp.Query) -> Sequence[tuple[str, str]]:
    """The tables that a template reads, each with the name by which it is called there."""
    return [(table.name, table.alias_or_name) for table in tree.find_all(exp.Table)]
