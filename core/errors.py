"""Errors divided by who can act: the user, something upstream, or a limit. Anything else is our bug."""


class DataChatError(Exception):
    """Base of every expected error: a stable `code`, a `message` that names the thing, a `hint` with the next step."""

    code = "error"

    def __init__(self, message: str, *, hint: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or type(self).code


class UserError(DataChatError):
    """The request, a setting or a file is wrong; its author can mend it."""

    code = "bad_input"


class SetupError(UserError):
    """Nothing to ask yet: no database is configured, or something must be installed first."""

    code = "not_set_up"


class NotFoundError(UserError):
    """The named thing does not exist."""

    code = "not_found"


class StaleError(UserError):
    """The request speaks of a state that has moved on."""

    code = "stale"


class RefusedError(UserError):
    """The guard or a policy does not allow it."""

    code = "refused"


class UpstreamError(DataChatError):
    """A database, a model server or a disk failed; trying again later may help."""

    code = "upstream_failed"


class StatementError(DataChatError):
    """The database refused one statement (syntax, unknown column, type); another statement may pass."""

    code = "statement_refused"


class LimitError(DataChatError):
    """A limit of rows, seconds, bytes, tokens or rate was crossed.

    `retry_after` is in how many seconds the same may pass, None when waiting does not help.
    """

    code = "limit"

    def __init__(
        self, message: str, *, hint: str = "", code: str | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(message, hint=hint, code=code)
        self.retry_after = retry_after
