"""What is wrong, or could be better, with a DataPoint; each with its place in a file."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal

from core.errors import UserError
from core.values.base import Value

Severity = Literal["error", "warning", "note"]


class Finding(Value):
    """One finding. An error keeps the DataPoint out of use; warnings and notes fail only where they are asked to."""

    severity: Severity
    rule: str
    message: str
    hint: str = ""
    id: str = ""
    """The DataPoint, where it is known."""
    path: str = ""
    line: int = 1
    column: int = 1

    @property
    def where(self) -> str:
        """`file:line:column`."""
        return f"{self.path}:{self.line}:{self.column}"

    def told(self) -> str:
        """All of it on one line."""
        return f"{self.where}: {self.severity}: {self.message}" + (f". {self.hint}" if self.hint else "")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The nearest of the known names as a question; nothing when none is near."""
    close = get_close_matches(name.lower(), {each.lower(): each for each in known}, 1)
    return f"Did you mean `{next(each for each in known if each.lower() == close[0])}`?" if close else ""


def refusal(findings: Iterable[Finding]) -> UserError:
    """The first error as one to raise."""
    first = next(each for each in findings if each.severity == "error")
    return UserError(f"{first.where}: {first.message}", hint=first.hint, code=first.rule)
