"""`name contains "US"`, `starting with the letter M`."""

from apex.reading.draft import Ref, Term, Test
from apex.reading.scan import Scan
from core.values.plans import Operator

_OPERATORS: dict[str, Operator] = {"contains": "contains", "starts": "starts with", "ends": "ends with"}


def patterns(scan: Scan) -> bool:
    """Read a column compared with a part of its text."""
    found = scan.match(r"[wrhi,&k]*(?P<c>[CB])?[rh]*(?P<neg>!)?h?(?P<l>l)i?(?P<what>[JVNxCTB])(?:i(?P<c2>[CB]))?")
    if not found:
        return False
    piece = scan.pieces[found.start("what")]
    if piece.sign in "xCTB" and len(piece.text) > 3:
        return False
    named = next((found.start(name) for name in ("c", "c2") if found[name]), None)
    column = scan.column(named) if named is not None else _shown(scan)
    if column is None:
        return False
    operator = _OPERATORS[scan.pieces[found.start("l")].value]
    text = piece.tokens[0].text if piece.sign == "J" else piece.text
    scan.wish(Test(Term(column), operator, [text.strip("%")], negated=bool(found["neg"]), fold=True))
    scan.head = False
    scan.at = found.end()
    return True


def _shown(scan: Scan) -> Ref | None:
    """What is asked for, where it is one text."""
    outputs = [term.of for term in scan.draft.outputs if term.of and not term.measured]
    return outputs[0] if len(outputs) == 1 else None
