"""Members of the store's family that keep everything in this process."""

from collections import OrderedDict

from pydantic_core import to_json

from core.values import Result
from store.results import new_id, unknown_result


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
