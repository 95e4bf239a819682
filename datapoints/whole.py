"""What only shows when all DataPoints are seen together: references that lead nowhere, and circles."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import cast

from core.yaml_file import KeyPath
from datapoints.fact import Fact
from datapoints.files import Filed, Folder
from datapoints.findings import did_you_mean


def checked(folder: Folder) -> Folder:
    """The folder without what cannot be used, and with why.

    A dependency that is only told of (`relationships`) may lead nowhere: the other may be written later.
    """
    by_id = {each.datapoint.id: each for each in folder.filed}
    findings = list(folder.findings)
    unusable: set[str] = set()
    for filed in folder.filed:
        for keys, target in filed.datapoint.mentions():
            if target in by_id:
                continue
            told = keys[0] == "relationships"
            message = f"there is no DataPoint `{target}`"
            hint = did_you_mean(target, by_id)
            findings.append(filed.finding("warning" if told else "error", "dangling", message, keys=keys, hint=hint))
            if not told:
                unusable.add(filed.datapoint.id)
    for circle in circles({each: by_id[each].datapoint for each in by_id}):
        unusable |= set(circle)
        filed = by_id[circle[0]]
        message = f"these depend on one another in a circle: {' -> '.join([*circle, circle[0]])}"
        findings.append(filed.finding("error", "cycle", message, keys=_towards(filed, circle)))
    kept = tuple(each for each in folder.filed if each.datapoint.id not in unusable)
    return replace(folder, filed=kept, findings=tuple(findings))


def complete(datapoints: Iterable[Fact]) -> tuple[Fact, ...]:
    """Those whose calculation is there as a whole: a ratio goes out of use with its numerator."""
    kept = {each.id: each for each in datapoints}
    while True:
        broken = [
            id
            for id, each in kept.items()
            if any(keys[0] == "execution" and target not in kept for keys, target in each.mentions())
        ]
        if not broken:
            return tuple(kept.values())
        for id in broken:
            del kept[id]


def circles(datapoints: Mapping[str, Fact]) -> Iterator[tuple[str, ...]]:
    """Circles of references, each id depending on the next; no two of them share a DataPoint."""
    towards = {
        name: {target for _, target in each.mentions() if target in datapoints} for name, each in datapoints.items()
    }
    while True:
        try:
            TopologicalSorter(towards).prepare()
        except CycleError as error:
            circle = tuple(reversed(cast(list[str], error.args[1])[1:]))
            yield circle
            towards = {name: targets - {*circle} for name, targets in towards.items() if name not in circle}
        else:
            return


def _towards(filed: Filed, circle: tuple[str, ...]) -> KeyPath:
    following = circle[1 % len(circle)]
    return next((keys for keys, target in filed.datapoint.mentions() if target == following), ())
