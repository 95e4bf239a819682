"""`name contains "US"`, `starting with the letter M`."""

from apex.language.sections import listed
from apex.reading.draft import Ref, Term, Test
from apex.reading.pieces import Piece
from apex.reading.scan import Scan
from core.values.plans import Operator

_OPERATORS: dict[str, Operator] = {"contains": "contains", "starts": "starts with", "ends": "ends with"}


def patterns(scan: Scan) -> bool:
    """Read a column compared with a part of its text."""
    found = scan.match(
        r"[wrhi,&k]*(?P<c>[CB])?[rh]*(?P<neg>!)?h?(?P<l>l)?i?(?P<what>[JVNxCTB])(?P<more>(?:[,|]+l?[JVNx])*)"
        r"(?:[io]+(?P<c2>[CB]))?"
    )
    if not found:
        return False
    piece = scan.pieces[found.start("what")]
    told = bool(found["l"]) and scan.pieces[found.start("l")].tokens[-1].folded in listed("beside.txt")["texts"]
    if piece.sign in "xCTB" and not (told or _is_letters(piece)):
        return False
    if not (found["l"] or (found["c"] and _is_domain(piece)) or (found["c2"] and _is_part(piece))):
        return False
    named = next((found.start(name) for name in ("c", "c2") if found[name]), None)
    column = scan.column(named) if named is not None else _shown(scan)
    if column is None:
        return False
    operator = _OPERATORS[scan.pieces[found.start("l")].value] if found["l"] else "contains"
    others = [scan.pieces[place] for place in range(found.start("more"), found.end("more"))]
    for each in (piece, *(other for other in others if other.sign in "JVN" or _is_letters(other))):
        scan.either = scan.either or each is not piece
        text = each.tokens[0].text if each.sign == "J" else each.text
        scan.wish(Test(Term(column), operator, [text.strip("%")], negated=bool(found["neg"]), fold=True))
    scan.head = False
    scan.at = found.end()
    return True


def _is_part(piece: Piece) -> bool:
    """Whether it is looked for inside of a text that is named behind it: `'Ford' in the name`."""
    quoted = piece.sign == "J" and piece.tokens[0].kind == "quoted"
    return piece.sign != "N" and (len(piece.text) <= 1 or quoted)


def _is_domain(piece: Piece) -> bool:
    """Whether it is where mail is sent to: `an email at gmail.com`."""
    text = piece.text.casefold()
    return piece.sign == "J" and text == piece.tokens[0].lemma.casefold() and "." in text and " " not in text


def _is_letters(piece: Piece) -> bool:
    """Whether a word that may be anything is rather a few letters."""
    return piece.sign in "xCTB" and len(piece.text) <= 3


def _shown(scan: Scan) -> Ref | None:
    """What is asked for, where it is one text."""
    outputs = [term.of for term in scan.draft.outputs if term.of and not term.measured]
    return outputs[0] if len(outputs) == 1 else None
