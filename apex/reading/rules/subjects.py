"""`of the students`, `singers who`, `which stadium`: the tables that the question is about."""

from apex.reading.draft import Exists, Ref, Term
from apex.reading.scan import Scan, is_table


def subjects(scan: Scan) -> bool:
    """Read a table: shown by its name where it is asked for, else what the columns beside it belong to."""
    found = scan.match(r"(?P<lead>[oirwE]*)(?P<t>[TB])")
    if not found:
        return False
    place = found.start("t")
    piece = scan.pieces[place]
    if piece.sign == "B" and not is_table(piece):
        return False
    described = scan.match(r"T(?=T(?![VJNC]))", place) if "o" in found["lead"] else None
    if described:
        place += 1
    table = scan.table(place)
    # "The product features": features are spoken of, whatever product they are of.
    table.near = scan.table(place - 1) if described else None
    owned = [term for term in scan.draft.outputs if term.of and term.of.meant == "column" and not scan.draft.common]
    before = scan.sign(place - 1)
    if "o" in found["lead"] or (not found["lead"] and scan.draft.outputs and before not in "Q,&d."):
        for term in owned:
            if term.of and term.of.owner is None:
                term.of.owner = table
    elif scan.head and not found["lead"] and not _goes_on(scan, place):
        scan.draft.outputs.append(Term(table))
    if before == "&" and scan.draft.subjects and scan.sign(place - 2) == "T":
        scan.draft.doubts.append("side by side")
    scan.head = scan.head and not {"r", "w"} & set(found["lead"])
    if not _is_of_others(scan, table):
        scan.draft.subjects.append(table)
    scan.at, scan.latest = place + 1, table
    return True


def _is_of_others(scan: Scan, table: Ref) -> bool:
    """`who do not live in any dorm`: the dorm is of the rows that there are not."""
    if not isinstance(scan.scope, Exists):
        return False
    if not {link.table for link in scan.scope.rows.links} & {link.table for link in table.links[:1]}:
        scan.wish(Exists(table))
    return True


def _goes_on(scan: Scan, place: int) -> bool:
    """`shared by students and teachers`: both say more of what is asked for."""
    return bool(scan.draft.outputs) and scan.match(r"[TB][iE]T&T", place - 4) is not None
