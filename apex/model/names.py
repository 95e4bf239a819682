"""Names that are made from the names of columns and tables."""

import re

_KEY_TAIL = re.compile(r"(?<=[A-Za-z0-9])(_?(id|key|code|no|fk)|Id|ID)\Z")


def via_word(column: str) -> str:
    """What a referring column says of what it refers to: `source` of `source_id`."""
    return _KEY_TAIL.sub("", column).strip("_") or column
