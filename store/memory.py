"""Members of the store's family that keep everything in this process."""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from pydantic_core import to_json

from core.values import Result
from store.results import new_id, unknown_result
from store.values import MOST, NEAR, Stored

_LAST = chr(0x10FFFF)
"""No text of those that begin alike comes after the beginning with this behind it."""


class MemoryResults:
    """The port Results in memory: at most `max_bytes` (as JSON), the longest unread result goes first."""

    def __init__(self, *, max_bytes: int = 200_000_000) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[str, tuple[Result, int]] = OrderedDict()

    async def put(self, result: Result) -> str:
        """Store a result and return its id; a result larger than the bound takes the place of all others."""
        result_id = new_id()
        size = len(to_json(result))
        self._kept[result_id] = (result, size)
        self._bytes += size
        while self._bytes > self._max_bytes and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1][1]
        return result_id

    async def get(self, result_id: str, *, offset: int = 0, limit: int | None = None) -> Result:
        """Rows from `offset`; raises NotFoundError when the id is unknown or had to go."""
        if result_id not in self._kept:
            raise unknown_result()
        self._kept.move_to_end(result_id)
        result = self._kept[result_id][0]
        end = None if limit is None else offset + limit
        return result.model_copy(update={"rows": result.rows[offset:end]})


class MemoryValues:
    """The values of one database in memory: of few ones a look-up costs less than the way to the system database."""

    def __init__(self, values: Iterable[Stored]) -> None:
        self._values = sorted(values, key=lambda each: each.folded)
        self._folded = [each.folded for each in self._values]

    async def look_up(self, keys: Sequence[str], *, exact: Sequence[str], starts: Sequence[str]) -> list[Stored]:
        """Values that equal one of the folded texts, and some that begin with one of the others."""
        found: list[Stored] = []
        for text in exact:
            found += self._values[bisect_left(self._folded, text) : bisect_right(self._folded, text)]
        for start in starts:
            first, end = bisect_right(self._folded, start), bisect_left(self._folded, start + _LAST)
            found += self._values[first : min(end, first + NEAR)]
        return found[:MOST]
