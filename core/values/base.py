"""What all values share."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Base of all values in the state: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Explained(Value):
    """A finding with its reason in words; the trace shows both."""

    @property
    def decision(self) -> str:
        """The finding in one or two words."""
        raise NotImplementedError

    @property
    def because(self) -> str:
        """Why, in one plain sentence, without values from the database."""
        return ""
