"""Small samples of hashes that tell how much of one column's values occur in another, without the values themselves.

The k smallest hashes of a column's different values (Bar-Yossef et al., 2002): two columns that are sketched by the
same hash are sampled alike, so that what the samples share estimates what the columns share.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import md5

SIZE = 1_024
_DIGITS = 15
_SPACE = float(16**_DIGITS)


@dataclass(frozen=True)
class Sketch:
    """The smallest hashes, ascending, as hexadecimal text; all of them where there are fewer than `size`."""

    hashes: tuple[str, ...]
    size: int = SIZE

    @property
    def is_whole(self) -> bool:
        """Whether every value is in it."""
        return len(self.hashes) < self.size

    @property
    def distinct(self) -> float:
        """About how many different values the column has."""
        if self.is_whole:
            return len(self.hashes)
        return (len(self.hashes) - 1) / (int(self.hashes[-1][:_DIGITS], 16) / _SPACE)

    def contained_in(self, other: "Sketch") -> float | None:
        """About which share of its values occur in the other column; None where the sketches overlap too little."""
        bound = min((each.hashes[-1] for each in (self, other) if not each.is_whole and each.hashes), default="g")
        own = [each for each in self.hashes if each <= bound]
        return len(set(own) & set(other.hashes)) / len(own) if own else None


def sketch(hashes: Iterable[str], *, size: int = SIZE) -> Sketch:
    """A sketch of hashes, in any order and with repetitions."""
    return Sketch(tuple(sorted(set(hashes))[:size]), size)


def hash_of(value: str) -> str:
    """The hash that the engines compute of a value as text."""
    return md5(value.encode(), usedforsecurity=False).hexdigest()


def sketch_of(values: Sequence[str], *, size: int = SIZE) -> Sketch:
    """A sketch of values that are at hand."""
    return sketch(map(hash_of, values), size=size)
