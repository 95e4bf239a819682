"""Stops work when a signal asks for it: the work is cancelled, tidies up, and nothing can interrupt that."""

import asyncio
import signal
import sys
from collections.abc import Coroutine, Generator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, contextmanager
from signal import Signals
from typing import Protocol, TypeVar

T = TypeVar("T")
U = TypeVar("U")

_PATIENCE_SECONDS = 1.0

SIGNALS = (Signals.SIGINT, Signals.SIGTERM, Signals.SIGHUP)


class StoppedError(Exception):
    """A signal ended the work; `times` counts how often signals came until it had tidied up."""

    def __init__(self, by: Signals, times: int = 1) -> None:
        super().__init__(by.name)
        self.by = by
        self.times = times

    @property
    def code(self) -> int:
        """The exit code by which a shell knows what ended a program."""
        return 128 + self.by


async def stoppable(work: Coroutine[None, None, T]) -> T:
    """Do the work in the task that runs this; the first signal cancels it, later ones do not disturb it in tidying up.

    Raises StoppedError when a signal ended it.
    """
    came: list[Signals] = []
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def stop(by: Signals) -> None:
        came.append(by)
        if len(came) == 1 and task:
            task.cancel()
            loop.call_later(_PATIENCE_SECONDS, sys.stderr.write, "Stopping, which takes a moment.\n")

    before = {each: signal.getsignal(each) for each in heeded()}
    for each in before:
        loop.add_signal_handler(each, stop, each)
    try:
        return await work
    except asyncio.CancelledError:
        if came:
            raise StoppedError(came[0], len(came)) from None
        raise
    finally:
        for each, handler in before.items():
            loop.remove_signal_handler(each)
            signal.signal(each, handler)


def heeded() -> list[Signals]:
    """The signals that whoever started this program (nohup, a shell's `&`) has not asked it to ignore."""
    return [each for each in SIGNALS if signal.getsignal(each) != signal.SIG_IGN]


@contextmanager
def stopping_reads() -> Generator[None]:
    """Let signals interrupt a blocking read: Ctrl-C with KeyboardInterrupt, the others with StoppedError."""

    def stop(number: int, _frame: object) -> None:
        raise StoppedError(Signals(number))

    handlers = {each: signal.default_int_handler if each == Signals.SIGINT else stop for each in heeded()}
    before = {each: signal.signal(each, handler) for each, handler in handlers.items()}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


class Do(Protocol):
    """Does a piece of work to its end while nothing else goes on; a signal ends that piece alone."""

    def __call__(self, work: Coroutine[None, None, T]) -> T:
        """What the work results in; raises StoppedError when a signal ended it."""
        ...


@contextmanager
def opened(place: AbstractAsyncContextManager[T]) -> Generator[tuple[T, Do]]:
    """Something open for a program that reads its input between pieces of work, when no loop is there to be blocked."""
    with asyncio.Runner() as runner, stopping_reads():

        def do(work: Coroutine[None, None, U]) -> U:
            return runner.run(stoppable(work))

        stack = AsyncExitStack()
        try:
            yield do(stack.enter_async_context(place)), do
        finally:
            with _deaf():
                runner.run(stack.aclose())


@contextmanager
def _deaf() -> Generator[None]:
    """Let no signal disturb what tidies up."""
    before = {each: signal.signal(each, signal.SIG_IGN) for each in heeded()}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
