"""Judges DataPoints: what is wrong with their files, with what they promise, and with what they name."""

from collections.abc import Callable, Iterable, Iterator

from core.catalog import Catalog
from datapoints.binding import bind
from datapoints.contracts import CONTRACTS
from datapoints.files import Filed, Folder
from datapoints.findings import Finding, Severity
from datapoints.whole import checked

CatalogOf = Callable[[str | None], Catalog | None]
"""The catalog of a database by its name, of the default one for None; None where it is not known."""

_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


def lint(folder: Folder, *, catalog_of: CatalogOf = lambda _: None) -> list[Finding]:
    """Every finding, by file and line; SQL and names are looked up where the database's catalog is known."""
    found = [*checked(folder).findings, *_shared_words(folder.filed)]
    for filed in folder.filed:
        found += _kept_contracts(filed)
        found += _bound(filed, catalog_of(filed.datapoint.database))
    return sorted(found, key=lambda each: (each.path, each.line, each.column, _RANK[each.severity]))


def fails(findings: Iterable[Finding], *, strict: bool = False) -> bool:
    """Whether a check does not pass: for an error, in strict mode for a warning too."""
    return any(each.severity == "error" or (strict and each.severity == "warning") for each in findings)


def _kept_contracts(filed: Filed) -> Iterator[Finding]:
    for contract in CONTRACTS:
        for issue in contract(filed.datapoint):
            yield filed.finding(issue.severity, issue.rule, issue.message, keys=issue.keys, hint=issue.hint)


def _bound(filed: Filed, catalog: Catalog | None) -> Iterator[Finding]:
    for each in bind(filed.datapoint, catalog).missing:
        yield filed.finding("error", each.rule, each.message, keys=each.keys, hint=each.hint)


def _shared_words(filed: Iterable[Filed]) -> Iterator[Finding]:
    """A word that finds two DataPoints of one kind and one database finds neither for sure."""
    first: dict[tuple[str, str | None, str], Filed] = {}
    for each in filed:
        it = each.datapoint
        for word in dict.fromkeys([it.name.lower(), *(synonym.lower() for synonym in it.synonyms)]):
            earlier = first.setdefault((it.kind, it.database, word), each)
            if earlier is not each:
                message = f"`{word}` also means `{earlier.datapoint.id}`"
                yield each.finding("warning", "synonyms", message, keys=("synonyms",), hint="Tell them apart.")
