"""`from France`, `named "Kyle"`, `grade 10`, `4 cylinders`, `female students`, `cat or dog`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from apex.linking.link import Link
from apex.linking.people import people_in
from apex.model.words import name_words
from apex.names import words_of
from apex.reading.draft import OneOf, Ref, Term, Test
from apex.reading.parts import is_year
from apex.reading.pieces import Piece
from apex.reading.rules.constants import constant
from apex.reading.rules.deeds import deeds, subject_of
from apex.reading.scan import Scan, is_table

_CALLED = 0.85
"""How sure it is that rows are called by what shows them."""


def values(scan: Scan) -> bool:
    """Read one or several values, and the column beside them."""
    return _stored(scan) or _numeric(scan) or _keyed(scan)


def _stored(scan: Scan) -> bool:
    found = scan.match(
        r"(?P<lead>[wrhioev,k2&E]*)(?P<owner>[TB](?=C))?(?P<c>[CB])?(?P<is>[h=v]*)o?(?P<neg>!?)[iv=e2]*"
        r"(?P<v>[VJ](?:[,&|e]*[VJ])*)(?P<c2>[CB](?![VJN>~!]))?"
    )
    if not found or (found["c"] and "E" in found["lead"]):
        return False
    refs = [scan.value(place) for place in range(found.start("v"), found.end("v")) if scan.sign(place) in "VJ"]
    column, end = _column(scan, found, refs)
    if column is False:
        return False
    if found["owner"] and scan.head and not (found["lead"] or scan.draft.outputs):
        # "The cartoons written by Todd Casey": the cartoons are asked for.
        scan.latest = scan.table(found.start("owner"))
        scan.draft.subjects.append(scan.latest)
        scan.draft.outputs.append(Term(scan.latest))
    if scan.either and len(refs) > 1 and "&" in found["v"] and not _places(refs[0]) & _places(refs[1]):
        # "In Lima or in Paris and female": the alternatives end where something else is said.
        refs, end = refs[:1], found.start("v") + 1
    direction = _direction(scan, found)
    _lead(refs, direction)
    _unknown(scan, found, refs)
    if column and _is_of_its_own(scan, column, refs):
        scan.draft.skipped.append(column.piece)
    if direction and _is_another_end(scan, refs, direction):
        # "From Germany to France": one country of a passenger is not both.
        scan.draft.skipped += scan.pieces[found.start("v") : end]
        scan.at = end
        return True
    joined = scan.signs[found.start("v") : end] if len(refs) == 1 else found["v"]
    both = "2" in found.group() or (scan.pieces[found.start("v") + 1].value == "both" if len(joined) > 1 else False)
    _with_first_name(scan, refs, joined)
    if _is_one_name(joined, refs):
        for ref in refs[:-1]:
            scan.wish(OneOf([ref]))
        refs = refs[-1:]
    _keep_beside(refs, column)
    scan.wish(
        OneOf(
            refs, negated=bool(found["neg"]), all=both, joined="&" in joined, column=column or None, direction=direction
        )
    )
    if "&" in joined and not both:
        scan.draft.doubts.append("and between values")
    scan.head = scan.head and not found["lead"].strip(",&2e")
    scan.at = end
    return True


def _column(scan: Scan, found: re.Match[str], refs: list[Ref]) -> tuple[Ref | Literal[False] | None, int]:
    """The column that is named beside the values, where they may be its values; False where none fits."""
    behind = found.end("v")
    for name in ("c", "c2"):
        if found[name]:
            owner = scan.table(found.start("owner")) if found["owner"] and name == "c" else None
            column = scan.column(found.start(name), owner)
            places = {link.place for link in column.links}
            if all(ref.piece.value == "name" for ref in refs) and scan.head and name == "c" and not found["is"]:
                return False, scan.at
            told = name == "c" and found["c2"] and is_table(column.piece)
            if not told and all(not ref.links or places & {link.place for link in ref.links} for ref in refs):
                return column, found.end() if name == "c2" else behind
            if name == "c":
                # What stands before is asked for, and the value is a condition of its own.
                return False, scan.at
    if found["is"] and "v" in found["is"]:
        return scan.implied(scan.pieces[found.start("is")]), behind
    lead = found["lead"]
    if "v" in lead and (implied := _said_by(scan, scan.pieces[found.start("lead") + lead.rindex("v")])):
        places = {link.place for link in implied.links}
        if any(places & {link.place for link in ref.links} or not ref.links for ref in refs):
            return implied, behind
    return None, behind


def _is_of_its_own(scan: Scan, column: Ref, values: Sequence[Ref]) -> bool:
    """`drivers referred by Ann`: whom a row refers to is no value of the row itself."""
    meant = [link for value in values for link in value.links]
    refers = any(scan.model.refers_to_itself(link.table, link.column) for link in column.links[:1])
    return refers and not any(link.place == column.links[0].place for link in meant)


def _keep_beside(values: list[Ref], column: Ref | None) -> None:
    """Keep what values mean in the column that stands beside them, where they are values of it."""
    scores = {link.place: 0.5 + 0.5 * link.score for link in column.links} if column else {}
    for value in values:
        kept = (link for link in value.links if link.place in scores)
        value.links = tuple(replace(link, score=link.score * scores[link.place]) for link in kept) or value.links


def _said_by(scan: Scan, verb: Piece) -> Ref | None:
    """The column that a verb speaks of; `named` and `called` speak of what the rows before it are called by."""
    implied = scan.implied(verb)
    table = scan.latest.links[0].table if scan.latest and scan.latest.links else ""
    entity = scan.model.entity(table) if table else None
    if implied and entity and verb.degree and verb.degree.columns[:1] == (("name", True),):
        named = tuple(link for link in implied.links if link.table == table)
        # A first and a last name are told apart later.
        several = any("name" in name_words(other) for other in entity.display[1:2])
        shown = () if several else entity.display[:1]
        implied.links = (
            named or tuple(Link("column", table, name, score=_CALLED, why="implied") for name in shown) or implied.links
        )
    return implied


def _places(ref: Ref) -> set[tuple[str, str]]:
    return {link.place for link in ref.links}


def _direction(scan: Scan, found: re.Match[str]) -> frozenset[str]:
    """What the last preposition says: `from Oslo`, `to Bergen`."""
    pieces = [scan.pieces[place] for place in range(found.start(), found.start("v")) if scan.sign(place) == "i"]
    known = scan.names.vocabulary.directions
    return known.get(pieces[-1].text.casefold(), frozenset[str]()) if pieces else frozenset[str]()


def _unknown(scan: Scan, found: re.Match[str], refs: Sequence[Ref]) -> None:
    """`written by Sarah`: the name of somebody, which no value is; `reviewed "Blue Cafe"`: that of what has reviews."""
    last = scan.pieces[found.start("v") - 1] if found.start("v") else None
    unknown = [ref for ref in refs if not ref.links and ref.piece.sign == "J"]
    if last is None or not unknown:
        return
    if last.tokens[-1].folded == "by":
        tables = [each.table for each in people_in(scan.tables())]
        unknown = [ref for ref in unknown if ref.piece.value == "name"]
    else:
        tables = _done_with(scan, last) if last.sign == "v" else []
    for ref in unknown:
        ref.links = tuple(link for table in tables for link in _hidden_name(scan, table, ref))


def _done_with(scan: Scan, verb: Piece) -> list[str]:
    """With which rows something was done that others did: the shops that users reviewed."""
    rows, subject = deeds(scan, verb), subject_of(scan)
    done = scan.model.entity(rows.links[0].table) if rows else None
    edges = scan.model.relations(done.name) if done else ()
    others = {str(edge.target) for edge in edges if edge.forward and subject and edge.target != subject.name}
    return list(others) if len(others) == 1 else []


def _hidden_name(scan: Scan, table: str, ref: Ref) -> Iterator[Link]:
    """The column by which rows are called whose names are taken for personal data, so that none is known."""
    entity = scan.model.entity(table)
    if entity is None or not entity.display or any("name" in name_words(each) for each in entity.display[1:2]):
        return
    measured = scan.model.profile.columns.get((entity.name, entity.display[0]))
    if measured and measured.pii:
        yield Link("value", table, entity.display[0], ref.piece.text, score=_CALLED, why="name")


def _lead(refs: list[Ref], direction: frozenset[str]) -> None:
    """Keep of what values may be the columns that speak of their direction, where there are some."""
    for ref in refs:
        ref.links = tuple(link for link in ref.links if direction & set(words_of(link.column))) or ref.links


def _is_another_end(scan: Scan, refs: list[Ref], direction: frozenset[str]) -> bool:
    """Whether a value is where something ends that begins at another value of the same column of its own rows."""
    before = scan.draft.wishes[-1] if scan.draft.wishes else None
    if not isinstance(before, OneOf) or not before.direction or before.direction == direction or not scan.latest:
        return False
    own = {link.table for link in scan.latest.links}
    shared = _places(refs[0]) & _places(before.values[0])
    return any(table in own for table, _ in shared)


def _is_one_name(joined: str, refs: list[Ref]) -> bool:
    """`Linda Smith`: values side by side, of different columns of one table."""
    places = [{link.place for link in ref.links} for ref in refs]
    return len(refs) == 2 and not re.search(r"[,&|e]", joined) and places[0] != places[1]


def _with_first_name(scan: Scan, refs: list[Ref], joined: str) -> None:
    """`Linda Smith`, where only the last name is a known value: the first one is in the column beside it."""
    if joined not in ("JV", "VJ"):
        return
    known, unknown = sorted(refs, key=lambda ref: not ref.links)
    found: list[Link] = []
    for link in known.links:
        entity = scan.model.entity(link.table)
        pair = entity.display[:2] if entity else ()
        if len(pair) == 2 and link.column in pair:
            other = pair[1 - pair.index(link.column)]
            found.append(replace(link, column=other, value=unknown.piece.text))
    unknown.links = tuple(found)


def _keyed(scan: Scan) -> bool:
    """`department 70`, `district 1`: the table's key is the number."""
    found = scan.match(r"[wrhi,&ko]*e?(?P<t>T)(?P<n>N(?:[,|]+T?N)*)(?![CBT>p])")
    link = scan.table(found.start("t")).links[0] if found else None
    entity = scan.model.entity(link.table) if link else None
    if not found or link is None or entity is None or len(entity.key) != 1:
        return False
    column = Ref(scan.pieces[found.start("t")], "column", (Link("column", link.table, entity.key[0], score=0.8),))
    _among(scan, column, found)
    return True


def _among(scan: Scan, column: Ref, found: re.Match[str], suffix: str = "", *, negated: bool = False) -> None:
    """A condition on one or several numbers."""
    places = range(found.start(f"n{suffix}"), found.end(f"n{suffix}"))
    numbers = [constant(scan, place) for place in places if scan.sign(place) == "N"]
    scan.wish(Test(Term(column), "=" if len(numbers) == 1 else "in", numbers, negated=negated))
    scan.head = False
    scan.at = found.end()


def _says_when(scan: Scan, column: Ref, found: re.Match[str]) -> bool:
    """`the cost in 2023`, `closed within 30 days`: a year behind `in` is no cost, where something holds moments."""
    if found["n"] and scan.pieces[found.start("n") - 1].text.casefold() == "within":
        return True
    if not found["n"] or scan.sign(found.start("n") - 1) != "i" or not is_year(constant(scan, found.start("n"))):
        return False
    attribute = scan.attribute(column.links[0])
    measured = attribute is not None and attribute.role == "measure" and not attribute.is_moment
    # "Festivals in 2007": the festivals, and none of what they are called by.
    measured = measured or is_table(column.piece)
    return measured and "year" not in name_words(column.links[0].column) and scan.moments() is not None


def _numeric(scan: Scan) -> bool:
    found = scan.match(
        r"[wrhi,&k]*(?:(?P<t>[TB](?=C))?(?P<c>[CB])(?:[h=o]*)(?P<neg>!?)[ie]*(?P<n>N(?:u?[,|&]+N)*)(?!u?[CBT>pSMUG])|(?P<n2>N)u?(?P<c2>[CBH]))"
    )
    if not found:
        return False
    suffix = "" if found["n"] else "2"
    place = found.start(f"c{suffix}")
    owner = scan.table(found.start("t")) if found["t"] else None
    column = scan.implied(scan.pieces[place]) if scan.sign(place) == "H" else scan.column(place, owner)
    if column is None or not column.links or _says_when(scan, column, found):
        return False
    _among(scan, column, found, suffix, negated=bool(found["neg"]))
    return True
