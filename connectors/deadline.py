"""How long one statement may take, from the wait for a session to its last row."""

import asyncio
from types import TracebackType

from core.errors import DataChatError, LimitError, UpstreamError


class Deadline:
    """Entered around each await of one statement, as often as needed: what is not done in time ends with a LimitError.

    The time of the reader between two batches counts as well, because the statement lives on meanwhile.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = asyncio.get_running_loop().time() + seconds
        self._timeout: asyncio.Timeout | None = None
        self._ended = False
        self._left = asyncio.Event()
        self._left.set()

    async def __aenter__(self) -> None:
        if self._ended:
            raise self._error()
        self._timeout = asyncio.timeout_at(self._end)
        await self._timeout.__aenter__()
        self._left.clear()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        timeout, self._timeout = self._timeout, None
        self._left.set()
        try:
            if timeout:
                await timeout.__aexit__(kind, error, trace)
        except TimeoutError:
            raise self._error() from None

    async def end(self) -> None:
        """Let the statement end now, because its connector is being closed, and wait until its await is left."""
        self._ended = True
        if self._timeout:
            self._timeout.reschedule(0)
        await self._left.wait()

    def _error(self) -> DataChatError:
        return UpstreamError("The connection was closed", code="closed") if self._ended else too_slow(self._seconds)


def too_slow(seconds: float) -> LimitError:
    """The error of a statement that took longer than its limit."""
    return LimitError(
        f"The statement took longer than {seconds:g} s and was cancelled",
        hint="Ask for less, e.g. a shorter period, or raise the limit of seconds",
        code="timeout",
    )
