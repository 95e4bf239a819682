"""Numbers as a metric's `format` writes them: `0.00 %`, `#,##0`, `€ 0.00`."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_FORMAT = re.compile(r"(?P<before>[^#0]*?)[#,]*0(?:,?[#0,]*)(?:\.(?P<decimals>[0#]+))?(?P<after>[^#0]*)")


@dataclass(frozen=True, slots=True)
class Form:
    """So many decimals, and what stands around the number."""

    decimals: int
    before: str = ""
    after: str = ""

    @property
    def names_unit(self) -> bool:
        """Whether it says what is counted."""
        return bool(self.before.strip() or self.after.strip())

    def written(self, number: Decimal) -> tuple[str, bool]:
        """The number, and whether decimals were left out."""
        kept = round(number, self.decimals)
        sign = "-" if kept < 0 else ""
        return f"{sign}{self.before}{abs(kept):,.{self.decimals}f}{self.after}", kept != number


@lru_cache(maxsize=500)
def form_of(text: str) -> Form | None:
    """What a format says; None where it is none, or says nothing of digits."""
    found = _FORMAT.fullmatch(text.strip())
    return Form(len(found["decimals"] or ""), found["before"], found["after"]) if found else None
