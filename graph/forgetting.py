"""Forgets what is known of a database, wherever it is kept."""

from collections.abc import Sequence
from pathlib import Path

from graph.relinking import FreshLineage
from store.datapoints import DataPoints
from store.documents import Documents
from store.profiles import Profiles
from store.system import System
from store.values import Values
from store.wordings import Wordings


async def forget_knowledge(database: str, system: System, lineage: FreshLineage) -> Sequence[Path]:
    """Forget what was measured, indexed, written and linked of a stored database.

    Gives the users' own files that speak of it, which stay.
    """
    files = await DataPoints(system).forget(database)
    await lineage.forget(database)
    await Documents(system).remove(database)
    await Values(system).forget(database)
    await Profiles(system).forget(database)
    await Wordings(system, database).forget()
    return files
