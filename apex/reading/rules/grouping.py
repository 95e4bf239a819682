"""`for each country`, `by department and year`, `per student`."""

from apex.reading.draft import Ref, Term
from apex.reading.scan import Scan, is_table

_BY = frozenset({"by", "per"})


def grouping(scan: Scan) -> bool:
    """Read by what the rows are grouped."""
    if _again(scan) or _in_order(scan):
        return True
    found = scan.match(r"(?:[,&i]*|o)E[odri]*(?P<first>(?:[TB](?=C))?[TBC])")
    if not found or (found.group()[0] == "o" and scan.at and not scan.draft.extreme):
        return False
    refs, end = _refs(scan, found.start("first"))
    if _says_by_whom(scan, refs, end):
        return False
    _count_bare(scan, found.start("first"))
    if _only_says_whose(scan, refs):
        scan.at = end
        return True
    refs = [ref for ref in refs if not _is_shown(scan, ref)]
    scan.draft.groups_first = not scan.draft.outputs and all(ref.meant == "table" for ref in refs)
    scan.draft.groups += refs
    scan.draft.each = True
    scan.at = end
    return True


def _says_by_whom(scan: Scan, refs: list[Ref], end: int) -> bool:
    """`albums by the artist "Metallica"`: one of them, and no group for each."""
    whose = {link.table for ref in refs for link in ref.links[:1] if ref.meant == "table"}
    by = scan.pieces[scan.signs.index("E", scan.at)].text.casefold().split()[0] == "by"
    value = scan.pieces[end] if by and len(refs) == 1 and scan.sign(end) == "V" else None
    return value is not None and any(link.table in whose for link in value.links)


def _count_bare(scan: Scan, at: int) -> None:
    """`customers by country and segment`: rows that nobody asks to be shown are counted."""
    shown, before = scan.draft.outputs, scan.pieces[:at]
    by = any(piece.sign == "E" and piece.text.casefold() in _BY for piece in before)
    bare = len(shown) == 1 and shown[0].of is not None and shown[0].of.meant == "table" and not shown[0].measured
    # Behind `the value of`, which says little elsewhere, rows are not counted.
    opens = scan.pieces[0].tokens[0].start <= len("the ")
    asked = any(piece.sign in "Q#w" for piece in before) or scan.follows or not opens
    if by and bare and not asked and not (scan.draft.extreme or scan.draft.orders or scan.draft.groups):
        scan.draft.outputs[:] = [Term(None, "count", rows=shown[0].of)]


def _again(scan: Scan) -> bool:
    """`the different colors and how many shops are in each`: in each of what is shown."""
    found = scan.match(r"E(?=$|[.])")
    if not found or not scan.draft.outputs or scan.draft.outputs[0].measured or not scan.draft.outputs[-1].measured:
        return False
    scan.draft.each = True
    scan.at = found.end()
    return True


def _in_order(scan: Scan) -> bool:
    """`names of shops by size`: where nothing is measured, nothing is grouped."""
    found = scan.match(r"[,]?(?P<by>E)(?P<c>C)(?=$|[.])")
    shown = scan.draft.outputs
    if not found or scan.pieces[found.start("by")].text.casefold() != "by" or not shown or scan.follows:
        return False
    column = scan.column(found.start("c"))
    texts = all(term.of and term.of.meant == "column" and not scan.is_number(term.of) for term in shown)
    if not scan.is_ordered(column) or not texts or any(term.measured for term in shown):
        return False
    scan.draft.orders.append((Term(column), False))
    scan.at = found.end()
    return True


def _is_shown(scan: Scan, group: Ref) -> bool:
    """`card type codes and the number of cards in each type`: what is shown says more of what it is grouped by."""
    shown = [
        term.of.piece for term in scan.draft.outputs if term.of and term.of.meant == "column" and not term.measured
    ]
    said = {token.lemma for token in group.piece.tokens}
    return any(said < {token.lemma for token in piece.tokens} for piece in shown)


def _only_says_whose(scan: Scan, refs: list[Ref]) -> bool:
    """`the detail of each visitor`: nothing is measured, so that it is told of all of them."""
    shown = scan.draft.outputs
    if (
        scan.draft.extreme
        or len(refs) != 1
        or refs[0].meant != "table"
        or not shown
        or any(term.measured for term in shown)
    ):
        return False
    if scan.draft.extreme and scan.draft.extreme.limit == 1:
        # "The date of the latest order for each customer": one of each.
        return False
    for term in shown:
        if term.of and term.of.meant == "column" and term.of.owner is None:
            term.of.owner = refs[0]
    scan.draft.subjects.append(refs[0])
    scan.draft.each = True
    return True


def _refs(scan: Scan, at: int) -> tuple[list[Ref], int]:
    refs: list[Ref] = []
    # "Each student's name" tells of the students, unless something is measured by it.
    of = "o?" if any(term.measured for term in scan.draft.outputs) else ""
    while group := scan.match(rf"(?:(?P<owner>[TB](?={of}C)){of})?(?P<what>[TBC])", at):
        place = group.start("what")
        piece = scan.pieces[place]
        owner = scan.table(group.start("owner")) if group["owner"] else None
        table = piece.sign == "T" or (piece.sign == "B" and is_table(piece))
        refs.append(scan.table(place) if table and not owner else scan.column(place, owner))
        at = group.end()
        more = scan.match(r"[&,]+(?=[TB]?C(?:$|[,&.]|[wr]))", at)
        if not more:
            break
        at = more.end()
    return refs, at
