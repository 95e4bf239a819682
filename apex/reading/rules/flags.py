"""`who are active`, `on scholarship`, `that allow pets`: a column that says yes or no, beside nothing else."""

from apex.linking.flags import truth_of_values
from apex.linking.link import Link
from apex.reading.draft import Ref, Term, Test
from apex.reading.scan import Scan
from core.profile import Scalar

_TRUTHS = {"true": True, "yes": True, "false": False}


def flags(scan: Scan) -> bool:
    """Read a condition that a column of yes and no says by its name."""
    found = scan.match(r"(?P<lead>[wrhiv,&k]*)(?P<neg>!)?[hiv]*(?P<c>[CB])(?P<truth>[h=]*x)?(?=$|[.,&|wriOEk])")
    if not found or (scan.head and not (scan.draft.outputs or scan.draft.subjects)):
        return False
    if not (found["neg"] or {"w", "r", "h", "i", "v"} & set(found["lead"])):
        return False
    told = _TRUTHS.get(scan.pieces[found.end("truth") - 1].text.casefold()) if found["truth"] else True
    if told is None:
        return False
    column = scan.column(found.start("c"))
    truths = [(link, truth) for link in column.links if (truth := truth_in(scan, link)) is not None]
    if not truths or truths[0][0].score < column.links[0].score:
        return False
    truth = truths[0][1]
    of = Ref(column.piece, "column", tuple(link for link, each in truths if each == truth))
    scan.wish(Test(Term(of), "=", [truth], negated=bool(found["neg"]) == told))
    scan.head = False
    scan.at = found.end()
    return True


def truth_in(scan: Scan, link: Link) -> Scalar:
    """What yes is in a column of truths, or in one whose values are all known."""
    attribute = scan.attribute(link)
    if attribute and attribute.stored == "boolean":
        return True
    return truth_of_values(attribute.values) if attribute and attribute.values else None
