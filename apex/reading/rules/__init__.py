"""The operators of a question, one file each. A rule reads the pieces from where the scan stands, or leaves them."""

from collections.abc import Callable, Mapping, Sequence

from apex.reading.rules.averages import averages
from apex.reading.rules.besides import besides
from apex.reading.rules.calculated import calculated
from apex.reading.rules.coincident import coincident
from apex.reading.rules.columns import columns
from apex.reading.rules.common import common
from apex.reading.rules.comparisons import comparisons
from apex.reading.rules.connectives import connectives
from apex.reading.rules.counted import counted
from apex.reading.rules.counts import counts
from apex.reading.rules.dated import dated
from apex.reading.rules.elapsed import elapsed
from apex.reading.rules.elliptical import elliptical
from apex.reading.rules.ends import ends
from apex.reading.rules.exceptions import exceptions
from apex.reading.rules.existence import existence
from apex.reading.rules.extremes import extremes
from apex.reading.rules.firsts import firsts
from apex.reading.rules.flags import flags
from apex.reading.rules.grouping import grouping
from apex.reading.rules.how_much import how_much
from apex.reading.rules.including import including
from apex.reading.rules.lacking import lacking
from apex.reading.rules.lasting import lasting
from apex.reading.rules.latest import latest
from apex.reading.rules.missing import missing
from apex.reading.rules.moments import grains, moments
from apex.reading.rules.often import often
from apex.reading.rules.ordering import ordering
from apex.reading.rules.outputs import outputs
from apex.reading.rules.own import own
from apex.reading.rules.patterns import patterns
from apex.reading.rules.ranges import ranges
from apex.reading.rules.ranking import ranking
from apex.reading.rules.rates import rates
from apex.reading.rules.referred import referred
from apex.reading.rules.restating import restating
from apex.reading.rules.rivals import rivals
from apex.reading.rules.sharing import sharing
from apex.reading.rules.subjects import subjects
from apex.reading.rules.trailing import trailing
from apex.reading.rules.undone import undone
from apex.reading.rules.unions import unions
from apex.reading.rules.values import values
from apex.reading.rules.years import years
from apex.reading.scan import Scan

Rule = Callable[[Scan], bool]

RULES: tuple[Rule, ...] = (
    restating,
    including,
    elliptical,
    ranking,
    coincident,
    lasting,
    elapsed,
    dated,
    calculated,
    grains,
    moments,
    ordering,
    averages,
    columns,
    sharing,
    rivals,
    ranges,
    counts,
    often,
    how_much,
    rates,
    own,
    counted,
    trailing,
    ends,
    latest,
    extremes,
    firsts,
    comparisons,
    patterns,
    common,
    grouping,
    years,
    flags,
    missing,
    undone,
    lacking,
    values,
    existence,
    referred,
    exceptions,
    unions,
    outputs,
    besides,
    subjects,
    connectives,
)
"""Order is design: what says more comes first, so that "more than the average" is no "more than"."""

_NEEDED: Mapping[Rule, str] = {
    ranking: "EOi", coincident: "=d", calculated: "mu&", grains: "Zz", moments: "Z", ordering: "ODSMt", averages: "X>G",
    columns: ">", sharing: "=", rivals: ">G", ranges: "~N", counts: "N", often: "N#", how_much: "$", rates: "%",
    own: "V", counted: "#", trailing: "M", ends: "AMS", latest: "S", firsts: "tN", comparisons: ">G", common: "c",
    years: "NJ", undone: "!", lacking: "!", referred: "wrh", exceptions: ">", unions: "&", besides: "w&",
}  # fmt: skip
"""Signs without one of which a rule reads nothing, for rules that would be tried at every piece for nothing."""


def rules_for(signs: str) -> Sequence[Rule]:
    """The rules that may read something of a sentence, in their order."""
    held = frozenset(signs)
    return [rule for rule in RULES if rule not in _NEEDED or not held.isdisjoint(_NEEDED[rule])]
