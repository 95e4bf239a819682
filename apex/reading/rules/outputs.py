"""`names and ages of`, `how many singers`: what is asked for."""

from apex.reading.draft import Ref, Term
from apex.reading.happening import moment_of
from apex.reading.rules.missing import tells_when
from apex.reading.scan import Scan


def outputs(scan: Scan) -> bool:
    """Read what is shown."""
    if not scan.head:
        return False
    return _everything(scan) or _named_after(scan) or _all_of(scan) or _of_others(scan) or _term(scan) or _implied(scan)


def _named_after(scan: Scan) -> bool:
    """`the name of every city`, `of film studios`, `the party name`, where the city or the party is a text itself."""
    found = scan.match(r"(?P<name>C)[oE]+(?:[TB](?=C))?(?P<of>C)(?!C)|(?P<of2>C)(?P<name2>C)(?![CN])")
    suffix = "" if found and found["name"] else "2"
    if not found or not _is_bare_name(scan, found.start(f"name{suffix}")):
        return False
    column = scan.column(found.start(f"of{suffix}"))
    attribute = scan.attribute(column.links[0]) if column.links else None
    if attribute is None or attribute.stored != "text" or attribute.role != "dimension":
        return False
    scan.draft.outputs.append(Term(column))
    scan.at = found.end()
    return True


def _is_bare_name(scan: Scan, at: int) -> bool:
    return {token.lemma for token in scan.pieces[at].tokens} == {"name"}


def _all_of(scan: Scan) -> bool:
    """`show all colors`: each of them once, where no rows are spoken of."""
    found = scan.match(r"(?P<c>C)(?=\.?$)")
    if not found or scan.follows or scan.signs[: scan.at].strip("Q") or scan.pieces[scan.at].tokens[-1].lemma == "name":
        return False
    column = scan.column(scan.at)
    attribute = scan.attribute(column.links[0]) if column.links else None
    if attribute is None or attribute.role != "dimension":
        return False
    scan.draft.outputs.append(Term(column, distinct=True))
    scan.at = found.end()
    return True


def _everything(scan: Scan) -> bool:
    if scan.sign(scan.at) != "*":
        return False
    last = scan.draft.outputs[-1].of if scan.draft.outputs and scan.sign(scan.at - 1) in ("T", "B") else None
    if last and last.meant == "table":
        # "The customer information" is all that is known of the customers.
        scan.draft.outputs.pop()
    scan.draft.everything = True
    scan.at += 1
    return True


def _of_others(scan: Scan) -> bool:
    """`the names of users of companies in Oslo`: of the companies only that the users are theirs."""
    found = scan.match(r"(?P<t>[TB])o(?P<c>C)(?![,&CNVJ>~e])") if scan.sign(scan.at - 1) == "o" else None
    shown = [term.of for term in scan.draft.outputs if term.of and not term.measured and term.of.meant == "column"]
    if not found or not shown:
        return False
    table, column = scan.table(found.start("t")), scan.column(found.start("c"))
    if {link.table for link in column.links} & {link.table for link in table.links[:1]}:
        return False
    for ref in shown:
        ref.owner = ref.owner or table
    scan.draft.subjects.append(table)
    scan.at, scan.latest = found.end(), table
    return True


def _term(scan: Scan) -> bool:
    term = scan.term(scan.at)
    if not term or (scan.sign(scan.at) == "B" and term[0].of and scan.rather_table(term[0].of)):
        return False
    if not term[0].measured and (scan.is_verb_of(scan.at) or _happened(scan, term[1])):
        return False
    if scan.draft.outputs and scan.sign(scan.at - 1) in "CBTV":
        scan.draft.doubts.append("side by side")
    if _is_one_name(scan, term[0]) or _only_tells_of(scan, term[0]):
        scan.at = term[1]
        return True
    if term[0].of and not term[0].measured:
        _begins_alike(scan, term[0].of)
    scan.draft.outputs.append(term[0])
    if term[0].aggregate in ("avg", "min", "max", "sum") and "A" in scan.signs[scan.at : term[1]]:
        return _also_measured(scan, term[0], term[1])
    if term[0].rows:
        scan.latest = term[0].rows
        scan.draft.subjects.append(term[0].rows)
    scan.at = term[1]
    return True


def _happened(scan: Scan, end: int) -> bool:
    """`tickets sold in the past 2 weeks`: the verb says of what the time is."""
    deed = scan.pieces[end - 1]
    names = [link.column for link in deed.only("column")[:1]]
    told = end - scan.at > 1 and scan.match("i?Z", end) is not None
    return told and any(tells_when(name, deed.text) for name in names)


def _begins_alike(scan: Scan, column: Ref) -> None:
    """`the color code and description`: what a name begins with belongs to the next one, too."""
    before = scan.pieces[scan.at - 2] if scan.match(r"C[,&]+C", scan.at - 2) else None
    if before is None or len(before.tokens) < 2 or len(column.piece.tokens) > 1:
        return
    words = tuple(token.folded for token in (*before.tokens[:-1], *column.piece.tokens))
    whole = tuple(link for link in scan.names.find(words) if link.kind == "column" and link.score >= _WHOLE)
    column.links = whole or column.links


_WHOLE = 0.97
"""How sure a name must be that nobody says in full."""


def _is_one_name(scan: Scan, term: Term) -> bool:
    """`the name and the year of the song`, where columns are called `song_name` and `song_year`."""
    shown = [each.of for each in scan.draft.outputs if each.of and not each.measured]
    if scan.sign(scan.at - 1) != "o" or term.aggregate or not term.of or len(shown) != len(scan.draft.outputs):
        return False
    said = [tuple(token.folded for token in of.piece.tokens) for of in (term.of, *shown)]
    whole = [
        tuple(link for link in scan.names.find(said[0] + words) if link.kind == "column" and link.score >= _WHOLE)
        for words in said[1:]
    ]
    if not whole or not all(whole):
        return False
    for of, links in zip(shown, whole, strict=True):
        of.links = links
    return True


def _only_tells_of(scan: Scan, term: Term) -> bool:
    """`the price of the wine`: a column behind "of" says whose price it is."""
    before = scan.draft.outputs[-1] if scan.draft.outputs else None
    if before and before.of is None and not before.measured and term.of and not term.measured:
        # "Who are the owners": the owners are shown, and nobody else.
        scan.draft.outputs.pop()
        return False
    if scan.sign(scan.at - 1) != "o" or term.aggregate or before is None or before.rows or term.of is None:
        # "The number of students for the cities" tells of the cities beside it.
        return False
    if before.of and before.of.owner is None:
        before.of.owner = term.of
    return True


def _also_measured(scan: Scan, first: Term, at: int) -> bool:
    """`the maximum price and score`: what follows is measured like the first."""
    scan.at = at
    while more := scan.match(r"[,&]+(?P<what>C)(?![CVJN])"):
        column = scan.column(more.start("what"))
        if not scan.is_number(column) or (column.piece.tokens[-1].folded,) in scan.names.vocabulary.marks:
            break
        scan.draft.outputs.append(Term(column, first.aggregate))
        scan.at = more.end()
    return True


def _implied(scan: Scan) -> bool:
    """`how old`, `where`, `when`."""
    if scan.sign(scan.at) not in "HLK" or scan.at >= len(scan.pieces):
        return False
    if scan.sign(scan.at) == "H" and scan.sign(scan.at - 1) in tuple("CTBVJvH"):
        # "The salary paid by each shop" is no other than the salary, and "paid late" says how.
        return False
    deed = scan.pieces[scan.at + 1] if scan.sign(scan.at) == "K" and _is_deed(scan, scan.at + 1) else None
    column = (moment_of(scan, [deed]) if deed else None) or scan.implied(scan.pieces[scan.at])
    if column is None:
        return False
    scan.draft.outputs.append(Term(column))
    scan.at += 1 + (deed is not None)
    return True


def _is_deed(scan: Scan, place: int) -> bool:
    """Whether what follows `when` is what happened then; in order, something else comes before it."""
    at = [scan.pieces[each].tokens[0].start for each in (place, place + 1)] if place + 1 < len(scan.pieces) else []
    return scan.sign(place) == "v" and at != sorted(at)
