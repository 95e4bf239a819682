"""What a good DataPoint says: one small function for each promise, in the order in which they are told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import exp

from core.yaml_file import KeyPath
from datapoints.fact import Fact
from datapoints.findings import Severity
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.process import ProcessDataPoint
from datapoints.kinds.query import QueryDataPoint
from datapoints.kinds.table import TableDataPoint
from datapoints.kinds.workspace import WorkspaceDataPoint
from datapoints.parts.templates import FREE, places
from sql.parse import Parsed, parse

MIN_WORDS = 4
"""A definition of fewer words defines little."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One promise that is not kept, at `keys` of the file."""

    severity: Severity
    rule: str
    message: str
    keys: KeyPath = ()
    hint: str = ""


Contract = Callable[[Fact], Iterator[Issue]]


def owner(it: Fact) -> Iterator[Issue]:
    """Somebody answers for it."""
    if not it.owner and not isinstance(it, WorkspaceDataPoint):
        yield Issue("warning", "owner", "nobody owns it", hint="Add `owner:`, a team or an address.")


def definition(it: Fact) -> Iterator[Issue]:
    """It is explained, in more words than its name has."""
    said = " ".join(filter(None, [it.definition, getattr(it, "purpose", ""), getattr(it, "docstrings", "")])).strip()
    if not said:
        yield Issue("warning", "definition", "it is not explained", hint="Add `definition:`, a sentence or two.")
    elif len(said.split()) < MIN_WORDS or said.lower().rstrip(".") == it.name.lower():
        hint = "Say what is counted, what is not, and who decides."
        yield Issue("warning", "definition", "its definition says hardly more than its name", ("definition",), hint)


def grain(it: Fact) -> Iterator[Issue]:
    """A table says what a row is; a metric, what a value stands for."""
    if isinstance(it, TableDataPoint) and not it.grain:
        yield Issue("warning", "grain", "it does not say what one row is", hint="Add `grain:`, e.g. `one payment`.")
    if isinstance(it, MetricDataPoint) and not it.grain:
        yield Issue("note", "grain", "it does not say what one value stands for", hint="Add `grain:`.")


def units(it: Fact) -> Iterator[Issue]:
    """A number says what it is a number of."""
    if isinstance(it, MetricDataPoint) and not it.unit:
        yield Issue("warning", "unit", "it has no unit", hint="Add `unit:`, e.g. EUR, %, customers.")
    if isinstance(it, TableDataPoint):
        for place, note in enumerate(it.columns):
            if note.name in it.measures and not note.unit:
                yield Issue("note", "unit", f"the measure `{note.name}` has no unit", ("columns", place, "name"))


def freshness(it: Fact) -> Iterator[Issue]:
    """It says how old the data may be."""
    if isinstance(it, ProcessDataPoint) and not it.freshness:
        yield Issue("warning", "freshness", "it does not say how old its targets may be", hint="Add `freshness:`.")
    elif isinstance(it, TableDataPoint | MetricDataPoint) and not it.freshness:
        yield Issue("note", "freshness", "it does not say how old its data may be", hint="Add `freshness:`.")


def exclusions(it: Fact) -> Iterator[Issue]:
    """What conditions leave out is also said in words."""
    if isinstance(it, MetricDataPoint) and it.execution and it.execution.filter and not it.exclusions:
        keys = ("execution", "filter")
        yield Issue("note", "exclusions", "its filter is not told in words", keys, "Add `exclusions:`.")


def synonyms(it: Fact) -> Iterator[Issue]:
    """People find it by their own words."""
    if isinstance(it, MetricDataPoint) and not it.synonyms:
        yield Issue("note", "synonyms", "it has no synonyms", hint="Add `synonyms:`, what people call it.")
    names = [each.lower() for each in it.synonyms]
    for place, each in enumerate(names):
        if each in names[:place] or each == it.name.lower():
            yield Issue(
                "warning", "synonyms", f"the synonym `{it.synonyms[place]}` says nothing new", ("synonyms", place)
            )


def parameters(it: Fact) -> Iterator[Issue]:
    """Every place of a template is declared, and every parameter is used."""
    template = it.execution if isinstance(it, MetricDataPoint | QueryDataPoint) else None
    if template is None:
        return
    texts = {("execution", "sql_template"): template.sql_template}
    texts |= {("execution", "backend_variants", name): text for name, text in template.backend_variants.items()}
    used: set[str] = set()
    for keys, text in texts.items():
        used |= {*places(text)}
        for name in places(text):
            if name not in template.parameters and name != FREE:
                hint = f"Add it to `parameters:`, or write {{{FREE}}}."
                yield Issue("error", "parameters", f"the place {{{name}}} is not declared", keys, hint)
    for name in template.parameters:
        if name not in used:
            keys = ("execution", "parameters", name)
            yield Issue("warning", "parameters", f"the parameter `{name}` is never used", keys)


def expression(it: Fact) -> Iterator[Issue]:
    """A derived metric calculates with its own metrics alone."""
    execution = it.execution if isinstance(it, MetricDataPoint) else None
    if execution is None or not execution.expr:
        return
    keys = ("execution", "expr")
    read = parse(f"SELECT {execution.expr}", dialect="postgres")
    if not isinstance(read, Parsed):
        yield Issue("error", "unreadable_sql", read[0].message.rstrip("."), keys, read[0].hint)
        return
    known = {each.called for each in execution.metrics}
    for name in dict.fromkeys(node.name for node in read.nodes if isinstance(node, exp.Column)):
        if name not in known:
            hint = f"Known are: {', '.join(sorted(known))}."
            yield Issue("error", "unknown_name", f"`{name}` is none of its metrics", keys, hint)


def impact(it: Fact) -> Iterator[Issue]:
    """Shares of variance add up to the whole at most."""
    total = sum(abs(each.impact_coefficient or 0) for each in it.relationships.depends_on)
    if total > 1.001:
        keys = ("relationships", "depends_on")
        yield Issue(
            "warning", "impact", f"its impact coefficients add up to {total:.2f}", keys, "They are shares of 1."
        )


CONTRACTS: tuple[Contract, ...] = (
    owner,
    definition,
    grain,
    units,
    freshness,
    exclusions,
    synonyms,
    parameters,
    expression,
    impact,
)
"""Every promise, in order."""
