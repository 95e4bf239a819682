"""`who have at least two pets`, `with more than 3 orders`, `that have exactly one album`."""

from apex.reading.draft import Term, Test
from apex.reading.rules.comparisons import operator_of
from apex.reading.scan import Scan, is_table


def counts(scan: Scan) -> bool:
    """Read how many related rows there must be."""
    found = scan.match(
        r"[wrhiv,&k]*(?P<op>>)(?P<n>N)[do]*(?P<t>[TB])|[wrhiv]*(?:h|w)[hv]*(?P<n2>N)d?(?P<t2>[TB])"
        r"|[wrh,&]*#[o]*(?P<t3>[TB])[hv]*(?P<op3>>)(?P<n3>N)|[wrh,&]*(?P<t4>T)(?P<op4>>)(?P<n4>N)(?P<u4>u?)(?=$|[.,&O])"
    )
    if not found:
        return False
    suffix = next(each for each in ("", "2", "3", "4") if found[f"n{each}"])
    place = found.start(f"t{suffix}")
    piece = scan.pieces[place]
    if piece.sign == "B" and (scan.own_number(place) or (not is_table(piece) and scan.is_number(scan.column(place)))):
        return False
    if suffix == "4" and not scan.says_times(found.start("n4")):
        return False
    if suffix == "3" and scan.head and not scan.draft.outputs and "many" in scan.pieces[found.start("t3") - 1].text:
        # "How many payments are above 50": so many are asked for, and not compared.
        return False
    operator = "=" if suffix == "2" else operator_of(scan.pieces[found.start(f"op{suffix}")])
    number = scan.pieces[found.start(f"n{suffix}")].number or 0
    if operator is None:
        return False
    scan.latest = scan.table(place)
    scan.wish(Test(Term(None, "count", rows=scan.latest), operator, [int(number)]))
    scan.head = False
    scan.at = found.end()
    return True
