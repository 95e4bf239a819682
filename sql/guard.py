"""The gate: decides whether a statement may run, and in which words.

The text that may run is the text that was judged, character for character, but for what stands outside the statement
(a closing semicolon, ClickHouse's FORMAT): a tree written out again is not always the same statement. No row limit is
added, because the session caps rows without changing what the statement means.
"""

from sqlglot.tokenizer_core import TokenType

from core.access import Access
from core.catalog import Catalog
from core.values import Verdict, Violation
from sql.parse import Parsed, parse
from sql.policy.rewrite import Rewritten, rewrite
from sql.rules.constructs import constructs
from sql.rules.functions import functions
from sql.rules.known_columns import known_columns
from sql.rules.known_tables import known_tables
from sql.rules.nodes import nodes
from sql.rules.one_batch import one_batch
from sql.rules.resources import resources
from sql.rules.types import types
from sql.statement import Rule, Statement
from sql.tree import has

SHAPE_RULES: tuple[Rule, ...] = (one_batch, nodes)
"""What the statement is. Where these refuse, its names need not mean anything."""

MEANING_RULES: tuple[Rule, ...] = (constructs, functions, types, resources, known_tables, known_columns)

RULES = (*SHAPE_RULES, *MEANING_RULES)


def guard(
    sql: str, *, dialect: str, catalog: Catalog, policy: Access | None = None, row_limit: int | None = None
) -> Verdict:
    """Whether `sql` may run on the database that `catalog` describes; never raises for what stands in `sql`.

    With a `policy` the catalog is what that user may see, and the tables that it limits are read through their limits.
    `row_limit` is not written into the statement: connectors stop reading after that many rows.
    """
    parsed = parse(sql, dialect=dialect)
    if not isinstance(parsed, Parsed):
        return Verdict(ok=False, sql=sql, violations=parsed)
    statement = Statement(parsed, policy.catalog if policy else catalog)
    try:
        verdict = _judged(statement)
        return _governed(statement, verdict, policy) if policy and verdict.ok else verdict
    except RecursionError:
        violation = Violation(rule="size", message="The statement is nested too deeply.")
        return Verdict(ok=False, sql=sql, violations=[violation])


def _judged(statement: Statement) -> Verdict:
    violations = _violations(statement, SHAPE_RULES) or _violations(statement, MEANING_RULES)
    names = statement.names if not violations else None
    return Verdict(
        ok=not violations,
        sql=statement.parsed.text if violations else _as_it_may_run(statement.parsed),
        violations=violations,
        tables=list(dict.fromkeys(str(each.table.full_name) for each in names.tables)) if names else [],
        columns=[str(each) for each in names.columns] if names else [],
    )


def _governed(statement: Statement, verdict: Verdict, policy: Access) -> Verdict:
    found = rewrite(statement, verdict.sql, policy)
    if isinstance(found, Rewritten):
        update = {"sql": found.sql, "filtered": found.filtered, "masked": found.masked}
    else:
        update = {"ok": False, "sql": statement.parsed.text, "violations": found, "tables": [], "columns": []}
    return verdict.model_copy(update=update)


def _violations(statement: Statement, rules: tuple[Rule, ...]) -> list[Violation]:
    return list(dict.fromkeys(violation for rule in rules for violation in rule(statement)))


def _as_it_may_run(parsed: Parsed) -> str:
    """The text up to its last word; FORMAT goes, because the connector asks for the format that it reads."""
    if parsed.kind not in ("query", "explain"):
        return parsed.text.strip().rstrip(";").rstrip()
    tokens = parsed.tokens
    if (
        tokens[-2:-1]
        and tokens[-2].token_type == TokenType.FORMAT
        and any(has(node, "format") for node in parsed.nodes)
    ):
        tokens = tokens[:-2]
    return parsed.text[: tokens[-1].end + 1].strip()
