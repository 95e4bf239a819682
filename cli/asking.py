"""One turn, told while it runs: what `ask`, `chat` and `demo` have in common."""

from collections.abc import Callable
from contextlib import aclosing

from core.values import Answer, Event
from graph.assembly import House
from graph.turns import Events, Turns


def turns_of(house: House) -> Turns:
    """The turns of the house: checkpointed, unless the settings say otherwise."""
    return house.turns if house.settings.checkpoints else house.passing


async def answer_of(events: Events, *, tell: Callable[[Event], None]) -> Answer:
    """The answer that a turn's events lead to; `tell` hears every one of them."""
    answer: Answer | None = None
    async with aclosing(events):
        async for event in events:
            tell(event)
            if event.type == "answer":
                answer = Answer.model_validate(event.data)
    if answer is None:
        raise AssertionError("a turn ended without an answer")
    return answer
