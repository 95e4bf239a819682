"""Words that join the others: `and`, `or`, `not`, `but`, `that`, and the end of a sentence."""

from apex.reading.draft import Term
from apex.reading.idle import is_idle
from apex.reading.pieces import Piece
from apex.reading.scan import Scan


def connectives(scan: Scan) -> bool:
    """Read one joining piece, or leave a piece that nothing explains."""
    return _told_apart(scan) or _joined(scan)


def _told_apart(scan: Scan) -> bool:
    """`with and without a discount`: all of them, and no rule counts both kinds."""
    found = scan.match("w[&|]!")
    if found:
        scan.draft.skipped += scan.pieces[found.start() : found.end()]
        scan.at = found.end()
    return found is not None


def _joined(scan: Scan) -> bool:
    piece = scan.pieces[scan.at]
    sign = piece.sign
    if sign == "|":
        scan.either = True
    elif sign == "!":
        scan.negated = True
        scan.head = scan.head and not scan.draft.outputs
    elif sign in "rwhi" and (scan.draft.outputs or (scan.draft.subjects and not _asks(scan, piece))):
        scan.head = False
    elif sign in ".k":
        scan.scope = None
    elif sign == "d" and scan.head and (scan.sign(scan.at + 1) != "T" or scan.sign(scan.at - 1) == "o"):
        scan.draft.distinct = True
    elif sign == "P":
        scan.draft.outputs.append(Term(None))
    elif _asks(scan, piece):
        scan.head = True
    elif sign == "u" and scan.sign(scan.at - 1) == "i":
        # "In meters" says how numbers are told.
        pass
    elif sign not in "&,orwhi2eQd" and not (_only_relates(scan, piece) or is_idle(scan, piece)):
        scan.draft.skipped.append(piece)
    scan.at += 1
    return True


def _asks(scan: Scan, piece: Piece) -> bool:
    """Whether what is asked for comes behind: `in 2014, on which day`."""
    if piece.sign == "r":
        return not scan.draft.outputs and piece.text.casefold().endswith(("which", "what"))
    following = scan.sign(scan.at + 1)
    # "The number of late orders and the average price"
    counted = bool(scan.draft.outputs) and all(term.measured for term in scan.draft.outputs)
    measures = following == "#" or (following == "A" and counted and scan.sign(scan.at - 1) == "T")
    return piece.sign == "Q" or (piece.sign in "&," and measures)


def _only_relates(scan: Scan, piece: Piece) -> bool:
    """Whether a verb that might imply a column may as well say only that two things belong together."""
    spoken = scan.draft.outputs or scan.draft.subjects
    if scan.sign(scan.at + 1) in ("T", "B", "C") and not _takes_one(scan):
        # Before what it describes ("graduated students") it says which are meant.
        return False
    return (
        bool(spoken)
        and piece.sign in "vO"
        and tuple(token.folded for token in piece.tokens) in scan.names.vocabulary.relating
    )


def _takes_one(scan: Scan) -> bool:
    """`customers made a sale`: between two tables, and before an article, a verb connects them."""
    if scan.sign(scan.at - 1) != "T" or scan.sign(scan.at + 1) != "T":
        return False
    verb, behind = scan.pieces[scan.at].tokens[-1], scan.pieces[scan.at + 1].tokens[0]
    return behind.start > verb.end + 1
