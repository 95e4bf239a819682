"""`without an email`, `whose phone is missing`, `blocked cards`, `not shipped yet`: whether something is there."""

import re

from apex.names import words_of
from apex.reading.draft import Ref, Term, Test
from apex.reading.scan import Scan

_LATER = frozenset({"at", "on", "date", "time", "day"})
"""Behind a participle these make the name of a moment: `blocked_at`, `shipped_date`."""
_END = "(?=$|[.,&|kwrOED]|i(?![NZ]))"


def missing(scan: Scan) -> bool:
    """Read whether a column that may be empty is filled."""
    return _left(scan) or _said(scan) or _lacked(scan) or _happened(scan) or _always(scan)


def _left(scan: Scan) -> bool:
    """`which members left`: those that did, where not all do."""
    found = scan.match(r"r?(?P<t>T)(?P<c>C)(?=$|\.)") if scan.head and not scan.draft.outputs else None
    column = _that_may_lack(scan, found) if found else None
    if not found or column is None or not _is_participle(column):
        return False
    rows = scan.table(found.start("t"))
    if column.links[0].table != rows.links[0].table:
        return False
    scan.draft.outputs.append(Term(rows))
    scan.draft.subjects.append(rows)
    return _wished(scan, found, column, filled=True)


def _said(scan: Scan) -> bool:
    """`whose phone is missing`, `with an unknown birth date`."""
    found = scan.match(rf"[wrhi,&k]*(?:(?:[TB](?=C))?(?P<c>[CB])[rhi]*(?P<neg>!)?[hi]*0{_END}|[hid]*0o?(?P<c2>[CB]))")
    if not found or not _is_spoken_of(scan):
        return False
    return _wished(scan, found, scan.column(found.start("c" if found["c"] else "c2")), filled=bool(found["neg"]))


def _lacked(scan: Scan) -> bool:
    """`without an email`, `who have no phone`, `that were not shipped`."""
    found = scan.match(rf"[,&k]*[wrhi]*![hdi]*(?P<c>C){_END}")
    if not found or not _is_spoken_of(scan):
        return False
    column = _that_may_lack(scan, found)
    return column is not None and _wished(scan, found, column, filled=False)


def _happened(scan: Scan) -> bool:
    """`that are blocked`, `blocked cards`, `who have an email`: what a moment tells that happened, or what is there."""
    found = scan.match(r"(?P<lead>[,&k]*[wrhi]*)(?P<c>C)(?:(?=$|[.,&|kwr])|(?P<t>(?=T)))")
    column = _that_may_lack(scan, found) if found else None
    if not found or column is None:
        return False
    told = "r" in found["lead"] or not scan.head or any(term.measured for term in scan.draft.outputs)
    has = told and "h" in found["lead"]
    if found["t"] is not None or _are_those(scan, found.end()):
        return _is_participle(column) and _wished(scan, found, column, filled=True)
    behind = scan.at > 0 and scan.sign(scan.at - 1) == "T" and not found["lead"]
    done = _is_participle(column) and (found["lead"].strip(",&") or behind)
    return bool(done or has) and _is_spoken_of(scan) and _wished(scan, found, column, filled=True)


def _are_those(scan: Scan, at: int) -> bool:
    """`only the blocked ones`, of the rows that the question before spoke of."""
    return scan.follows and scan.sign(at) == "r" and scan.pieces[at].text.casefold() == "ones"


def _always(scan: Scan) -> bool:
    """`how many returns were requested`: what is done with every row says no more than the row."""
    found = scan.match(r"[,]*r?(?P<c>C)(?=$|[.,&EZi])")
    refs = [*scan.draft.subjects[:1], *(term.of for term in scan.draft.outputs[-1:] if term.of)]
    spoken = {link.table for ref in refs for link in ref.links[:1]}
    column = scan.column(found.start("c")) if found and spoken else None
    if not found or column is None:
        return False
    said = column.piece.text
    if not (said.casefold().endswith("ed") or any(tells_when(link.column, said) for link in column.links[:1])):
        return False
    told = any(term.measured for term in scan.draft.outputs) or not scan.head
    own = [link for link in column.links if link.table in spoken and not _may_lack(scan, link.table, link.column)]
    if not (told and own and _rest(own[0].column, {column.piece.tokens[0].folded})):
        return False
    scan.at = found.end()
    return True


def _is_spoken_of(scan: Scan) -> bool:
    return bool(scan.draft.outputs or scan.draft.subjects)


def _that_may_lack(scan: Scan, found: re.Match[str]) -> Ref | None:
    """The column, where it may be empty in the likeliest table."""
    column = scan.column(found.start("c"))
    least = max((link.score for link in column.links), default=0.0) - 0.1
    nullable = [link for link in column.links if link.score >= least and _may_lack(scan, link.table, link.column)]
    column.links = tuple(nullable)
    return column if nullable else None


def _may_lack(scan: Scan, table: str, column: str) -> bool:
    entity = scan.model.entity(table)
    return entity is not None and entity.attributes[column].nullable


def _is_participle(column: Ref) -> bool:
    """Whether the name says when what the word says was done."""
    said = {token.folded for token in column.piece.tokens}
    return len(said) == 1 and all(_rest(link.column, said) for link in column.links[:1])


def tells_when(name: str, deed: str) -> bool:
    """Whether a column is called by nothing but a deed and a word for its time: `paid_at`, `sold_on`."""
    return _rest(name, {deed.casefold()})


def _rest(name: str, said: set[str]) -> bool:
    words = set(words_of(name))
    return said < words and words - said <= _LATER


def _wished(scan: Scan, found: re.Match[str], column: Ref | None, *, filled: bool) -> bool:
    scan.wish(Test(Term(column), "is null", negated=filled))
    scan.head = False
    scan.at = found.end()
    return True
