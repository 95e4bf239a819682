"""T-SQL runs statement after statement without a semicolon between them, and sqlglot takes a lone word for an alias."""

from collections.abc import Iterable

from core.values import Violation
from sql.allowed import allowed_syntax
from sql.parse import QUOTED_TOKENS
from sql.statement import Statement


def one_batch(statement: Statement) -> Iterable[Violation]:
    """Refuses reserved words that would begin a second statement; as a name they need brackets anyway."""
    if statement.dialect != "tsql":
        return
    for token in statement.parsed.tokens:
        if token.token_type not in QUOTED_TOKENS and token.text.lower() in allowed_syntax().starts:
            yield Violation(
                rule="one_batch",
                message=f"{token.text.upper()} begins another statement.",
                hint=f"Write [{token.text}] if it is a name.",
                start=token.start,
                end=token.end + 1,
            )
