"""What is said where tables were not measured, so that what they hold is not known."""

from collections.abc import Collection

from core.catalog import Catalog
from core.profile import Profile


def words_of_unmeasured(catalog: Catalog, profile: Profile, read: Collection[str], *, name: str) -> str:
    """How many tables were never measured, with the next step; empty where all that were `read` are."""
    tables = [each for each in catalog.tables if each.kind == "table"]
    left = [each for each in tables if each.full_name not in profile.tables]
    if not any(str(each.full_name) in read for each in left):
        return ""
    return (
        f"{len(left):,} of {len(tables):,} tables were not measured yet, so their values could not be looked up: "
        f"`datachat profile {name}` measures them."
    )
