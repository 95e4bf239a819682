"""Follows a changed schema: marks what it left behind, and lets plain repairs wait for a review."""

import asyncio

from core.catalog import Catalog
from core.profile import Profile
from datapoints.drift import RETYPED, Drift, drift, mended
from store.datapoints import DataPoints


async def follow(
    datapoints: DataPoints,
    database: str,
    before: Catalog,
    after: Catalog,
    *,
    measured_before: Profile | None = None,
    measured_after: Profile | None = None,
) -> Drift:
    """Take the step from one catalog of a database to the next; returns what became stale and what was proposed.

    What is there again is believed again, save where a type had changed: that needs a person.
    """
    rows = [
        each
        for each in await datapoints.all()
        if each.status == "approved" and each.datapoint.database in (None, database)
    ]
    found = await asyncio.to_thread(
        drift,
        [each.datapoint for each in rows if not each.stale],
        before,
        after,
        measured_before=measured_before,
        measured_after=measured_after,
    )
    waiting = [each.datapoint for each in rows if each.stale and RETYPED not in each.stale_reason]
    healthy = await asyncio.to_thread(mended, waiting, after)
    if found.stale or healthy:
        await datapoints.mark_stale(found.stale, healthy=healthy)
    if found.repairs:
        await datapoints.propose(found.repairs, origin="drift", confidence=0.9)
    return found
