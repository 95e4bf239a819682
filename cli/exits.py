"""What the exit code of a command says; one table from outcomes to codes."""

from collections.abc import Mapping

from core.errors import DataChatError, LimitError, RefusedError, UserError
from core.values import Answer, Status

USAGE, UPSTREAM, LIMIT, INTERRUPTED = 2, 7, 8, 130

_BY_STATUS: Mapping[Status, int] = {"answered": 0, "clarify": 3, "abstain": 4, "refused": 5, "waiting": 6}
_REFUSED = 5
_OF_LIMITS = frozenset({LimitError.code, "timeout", "model_timeout", "model_bytes"})
_OF_USERS = frozenset({"bad_reply", "unknown_model"})
"""An answer carries the code of its error and not its class; codes that are nowhere else come from what is upstream."""


def exit_of_answer(answer: Answer) -> int:
    """The code of a finished or paused turn."""
    if answer.status in _BY_STATUS:
        return _BY_STATUS[answer.status]
    code = answer.error.code if answer.error else ""
    if code in _OF_LIMITS:
        return LIMIT
    return USAGE if code in _OF_USERS | _user_codes(UserError) else UPSTREAM


def exit_of_error(error: DataChatError) -> int:
    """The code of a command that ended in an expected error."""
    if isinstance(error, RefusedError):
        return _REFUSED
    if isinstance(error, LimitError):
        return LIMIT
    return USAGE if isinstance(error, UserError) else UPSTREAM


def _user_codes(kind: type[UserError]) -> set[str]:
    """The codes of all errors that their author can mend."""
    return {kind.code}.union(*(_user_codes(child) for child in kind.__subclasses__()))
