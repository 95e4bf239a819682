"""Lets DataPoints that were made from a profile wait for a review."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.catalog import Catalog
from core.ports import ChatModel
from core.profile import Profile
from core.values import Limits, Usage
from indexers.generate.propose import ORIGIN, generate
from indexers.generate.wording import Worded, worded
from store.datapoints import DataPoints
from store.system import System
from store.wordings import Wordings


@dataclass(frozen=True)
class Proposed:
    """The ids that wait, what a model cost, and what of its words could not be used."""

    waiting: Sequence[str]
    usage: Usage = field(default_factory=Usage)
    refused: Sequence[str] = field(default_factory=tuple[str, ...])


async def propose(
    system: System,
    datapoints: DataPoints,
    database: str,
    catalog: Catalog,
    profile: Profile,
    *,
    model: ChatModel | None = None,
    limits: Limits | None = None,
) -> Proposed:
    """Propose what can be told of a database, in a model's words where one is lent; the same is proposed once.

    What a person described is left alone. Raises UpstreamError or LimitError when the model fails.
    """
    approved = await datapoints.approved(database)
    known = [each for each in approved if each.origin != ORIGIN and not each.origin.startswith("model:")]
    found = Worded(list(generate(database, catalog, profile, known=known)))
    if model:
        replies = Wordings(system, database)
        found = await worded(
            found.proposals, model, replies, catalog=catalog, profile=profile, limits=limits or Limits()
        )
    waiting: list[str] = []
    for origin in sorted({each.origin for each in found.proposals}):
        waiting += await datapoints.propose([each for each in found.proposals if each.origin == origin], origin=origin)
    return Proposed(sorted(waiting), found.usage, tuple(found.refused))
