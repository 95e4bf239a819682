"""What a rule of the intent gate is: a look at the question, and an intent when it recognises its kind."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from apex.questions.reading import Reading, Word, read, words_in
from core.values import IntentKind


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A question as it came, and what is around it. `model` is the name of the configured model, empty without one."""

    text: str
    model: str = ""

    @cached_property
    def words(self) -> list[Word]:
        """Its words."""
        return words_in(self.text)

    @cached_property
    def folded(self) -> list[str]:
        """Its words in lower case."""
        return [word.folded for word in self.words]

    @cached_property
    def reading(self) -> Reading:
        """It, read without a catalog."""
        return read(self.text)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule found: the kind, why, and the words that end the turn, if it ends here."""

    kind: IntentKind
    reason: str
    reply: str = ""


Rule = Callable[[Heard], Finding | None]
