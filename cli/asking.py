"""One turn, told while it runs: what `ask`, `chat` and `demo` have in common."""

from collections.abc import Callable
from contextlib import aclosing

from core.values import Answer, Event
from graph.assembly import House
from graph.turns import Question


async def answer_to(house: House, question: Question, *, tell: Callable[[Event], None]) -> Answer:
    """The answer to a question, or to a reply where its conversation waits for one; `tell` hears every event."""
    turns = house.turns if house.settings.checkpoints else house.passing
    answer: Answer | None = None
    async with aclosing(turns.say(question)) as events:
        async for event in events:
            tell(event)
            if event.type == "answer":
                answer = Answer.model_validate(event.data)
    if answer is None:
        raise AssertionError("a turn ended without an answer")
    return answer
