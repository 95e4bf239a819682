"""`of the students`, `singers who`, `which stadium`: the tables that the question is about."""

from apex.reading.draft import Term
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
    table = scan.table(place)
    owned = [term for term in scan.draft.outputs if term.of and term.of.meant == "column" and not scan.draft.common]
    before = scan.sign(place - 1)
    if "o" in found["lead"] or (not found["lead"] and scan.draft.outputs and before not in "Q,&d."):
        for term in owned:
            if term.of and term.of.owner is None:
                term.of.owner = table
    elif scan.head and not found["lead"]:
        scan.draft.outputs.append(Term(table))
    if before == "&" and scan.draft.subjects and scan.sign(place - 2) == "T":
        scan.draft.doubts.append("side by side")
    scan.head = scan.head and not {"r", "w"} & set(found["lead"])
    scan.draft.subjects.append(table)
    scan.latest = table
    scan.at = found.end()
    return True
