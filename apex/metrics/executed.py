"""Metrics and queries with SQL of their own: parameters from the question, its conditions in `{filters}`."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from sqlglot import exp

from apex.compile import conditions
from apex.compile.logic import joined
from apex.compile.plans import English
from apex.compile.refusal import RefusalError
from apex.compile.scope import Scope
from apex.compile.target import Target
from apex.compile.walk import columns_in
from apex.metrics.templates import filled, read, sources, text_of
from apex.sections import sections_of
from core.catalog import Catalog
from core.values.plans import Condition, Expression, Grain, TimeRange
from datapoints.parts.parameters import Argument, Template
from datapoints.parts.templates import FREE
from datapoints.parts.templates import filled as sampled
from sql.guard import guard

FALLBACK = "postgres"
"""What a template is written in where the database's own dialect does not know its functions."""

Tables = Sequence[tuple[str, str]]
"""What a template reads, each table with the name by which it is called there."""


def run_of(
    template: Template, given: Mapping[str, Argument], held: Sequence[Condition], target: Target, *, of: str
) -> str:
    """The statement of a template. `of` names it in what is refused."""
    text, own = text_of(template, target.dialect)
    known, tables = _sampled(sampled(text, template.parameters), target.dialect, of)
    filters = _filters(text, tables, held, target, of)
    sql = filled(text, template, given, filters, dialect=target.dialect, of=of).strip()
    if own or known:
        return sql
    foreign = filled(text, template, given, filters, dialect=FALLBACK, of=of)
    return read(foreign, FALLBACK, of).sql(dialect=target.dialect)


@lru_cache(maxsize=500)
def _sampled(sql: str, dialect: str, of: str) -> tuple[bool, tuple[tuple[str, str], ...]]:
    """Of a template with sample values: whether the dialect knows its functions, and the tables that it reads."""
    tree = read(sql, dialect, of)
    verdict = guard(sql, dialect=dialect, catalog=Catalog(dialect, (), ()))
    return all(each.rule != "functions" for each in verdict.violations), tuple(sources(tree))


def _filters(text: str, tables: Tables, held: Sequence[Condition], target: Target, of: str) -> str:
    """The conditions in the names that the template's tables have there."""
    if not held:
        return ""
    if f"{{{FREE}}}" not in text:
        raise RefusalError("not_joined", f"{of} has no place for conditions.", hint="Its template needs `{filters}`.")
    scope = _scope_over(tables, held, target, of)
    return joined([exp.Paren(this=conditions.condition(each, scope)) for each in held], both=True).sql(
        dialect=target.dialect
    )


def _scope_over(tables: Tables, held: Sequence[Condition], target: Target, of: str) -> Scope:
    aliases = dict(_aliases(tables, target))
    columns = [column for each in held for column in columns_in(each)]
    known: list[tuple[Expression, exp.Expr]] = []
    for column in columns:
        table = target.model.table(column.table)
        alias = aliases.get(str(table.full_name)) if table else None
        stored = table.column(column.column) if table else None
        if alias is None or stored is None:
            raise RefusalError(
                "not_joined",
                f"{of} cannot be filtered by {column.table}.{column.column}.",
                hint=f"Its template reads {', '.join(aliases) or 'no known table'}.",
            )
        known.append((column, target.column(stored.name, alias if len(aliases) > 1 else "")))
    first = target.model.table(next(iter(aliases), ""))
    assert first
    scope = Scope(target, English(), first.full_name)
    scope.known = known
    return scope


def _aliases(tables: Tables, target: Target) -> Iterator[tuple[str, str]]:
    for name, alias in tables:
        table = target.model.table(name)
        if table:
            yield str(table.full_name), alias


def arguments_of(template: Template, time: TimeRange | None, grain: Grain | None) -> dict[str, Argument]:
    """The values that a question's time and grain give to parameters of usual names."""
    told: dict[str, str | None] = {
        "start": time.start if time else None,
        "end": time.end if time else None,
        "grain": grain,
    }
    return {
        name: told[meaning]
        for name in template.parameters
        if (meaning := _meanings().get(name)) and told[meaning] is not None
    }


def places_of(template: Template) -> set[str]:
    """What of start, end and grain a template takes."""
    return {meaning for name in template.parameters if (meaning := _meanings().get(name))}


def is_usual(name: str) -> bool:
    """Whether a question's time or grain gives this parameter its value."""
    return name in _meanings()


@cache
def _meanings() -> Mapping[str, str]:
    found = sections_of("apex.metrics", "arguments.txt").items()
    return {name.strip(): heading for heading, lines in found for name in ",".join(lines).split(",") if name.strip()}
