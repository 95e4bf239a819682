"""Who asks, and what a turn may use."""

from pydantic import Field, JsonValue

from core.values.base import Value


class User(Value):
    """Who asks. `attributes` feed row filters."""

    name: str = "local"
    attributes: dict[str, JsonValue] = {}


class Limits(Value):
    """What one turn may use. Enforced where the work happens, shown in the answer when it bites."""

    rows: int = Field(default=1_000, gt=0, description="Rows of a result; the rest is cut.")
    scan_rows: int = Field(default=100_000_000, gt=0, description="Rows a statement reads; above, it waits for review.")
    seconds: float = Field(default=30.0, gt=0, lt=1e9, description="Time of one statement, then it is cancelled.")
    bytes: int = Field(default=20_000_000, gt=0, description="Size of a result; the rest is cut.")
    cell_bytes: int = Field(default=1_000_000, gt=0, description="Size of one cell; a larger one is cut.")
    model_seconds: float = Field(default=60.0, gt=0, lt=1e9, description="Time of one model call with all its tries.")
    model_bytes: int = Field(default=200_000, gt=0, description="Size of one reply of the model.")
    prompt_tokens: int = Field(default=1_000, gt=0, description="Tokens of tables and columns in a prompt, about.")
    repairs: int = Field(default=3, ge=0, description="Further drafts after a refused statement.")
    clarifications: int = Field(default=3, ge=0, description="Questions back in one turn.")
    review_below: float = Field(default=0.7, ge=0, le=1, description="A draft less sure than this waits for review.")
