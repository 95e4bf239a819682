"""Refuses what can be seen from the text to exhaust the database: series and repetitions of absurd size."""

from collections.abc import Iterable, Sequence

from sqlglot.tokenizer_core import Token, TokenType

from core.values import Violation
from sql.allowed import allowed
from sql.calls import calls
from sql.statement import Statement

MAX_ROWS = 10_000_000


def resources(statement: Statement) -> Iterable[Violation]:
    """Finds calls that make rows or characters, with a number above the limit among their arguments."""
    tokens, makers = statement.parsed.tokens, allowed(statement.dialect).makers
    places = {token.start: place for place, token in enumerate(tokens)}
    for call in calls(statement.parsed):
        if call.name in makers and _largest(tokens, places[call.start] + 1) > MAX_ROWS:
            yield Violation(
                rule="resources",
                message=f"{call.name} is asked for more than {MAX_ROWS} rows or characters.",
                hint="Use a smaller number.",
                start=call.start,
                end=call.end,
            )


def _largest(tokens: Sequence[Token], place: int) -> float:
    """The largest number that is written in the parenthesis which opens at `place`."""
    depth, largest = 0, 0.0
    for token in tokens[place:]:
        depth += (token.token_type == TokenType.L_PAREN) - (token.token_type == TokenType.R_PAREN)
        if depth == 0:
            break
        if token.token_type == TokenType.NUMBER:
            largest = max(largest, _number(token.text))
    return largest


def _number(text: str) -> float:
    try:
        return float(text.replace("_", ""))
    except ValueError:
        return 0.0
