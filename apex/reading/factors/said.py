"""What the question says: words that no rule read, and words that are often misread."""

from collections.abc import Mapping, Sequence

from apex.reading.factors.case import Case
from apex.reading.pieces import Piece

_OPERATORS = frozenset("AMSGE>~!#$%OXDULKpkl2ed")
_CONTENT = frozenset("TCBVJNxHSGMA#v")
_NAMES = frozenset("TCB")


def said(case: Case) -> Mapping[str, float]:
    """How the words of the question were taken."""
    signs, pieces = case.signs, case.pieces
    unknown = sum(piece.sign == "v" and piece.value == "unknown" for piece in pieces)
    heard = {token.start for piece in pieces for token in piece.tokens}
    silent = sum(word.kind == "word" and word.start not in heard for word in case.words)
    wishes = len(case.candidate.draft.wishes) + bool(case.candidate.draft.extreme)
    return {
        "unknown verbs": float(unknown),
        "known verbs": float(signs["v"] - unknown),
        "pieces": len(pieces) / 10,
        "words": len(case.words) / 10,
        "silent words": float(silent),
        "table or column": float(signs["B"]),
        "two questions": float("." in case.candidate.signs),
        "who": float("P" in case.candidate.signs),
        "where left": float(sum(sign in "wh" for sign in case.candidate.signs) > wishes),
        "clauses": float(signs["r"]),
        "places": float(signs["i"]),
        "belongings": float(signs["o"]),
        "lists": float(signs["&"] + signs[","]),
        "popular": float(signs["U"] > 0),
        "different": float(signs["d"] > 0),
        "idle": float(_idle(case)),
        "begins with a count": float(case.candidate.signs.startswith("#")),
        "operators": float(len(set(case.candidate.signs) & _OPERATORS)),
        **_unread(case),
    }


def _unread(case: Case) -> Mapping[str, float]:
    """What no rule read; operators and numbers among it are worse than a noun said twice."""
    skipped = case.candidate.draft.skipped
    missed = [piece for piece in skipped if piece.sign != "u"]
    content = sum(sign in _CONTENT for sign in case.signs.elements())
    tokens = sum(len(piece.tokens) for piece in case.pieces)
    place = {id(piece): at for at, piece in enumerate(case.pieces)}
    at = [place[id(piece)] for piece in skipped if id(piece) in place]
    first = next((at for at, piece in enumerate(case.pieces) if piece.sign in _NAMES), len(case.pieces))
    candidate = case.candidate
    return {
        "all explained": float(not (skipped or candidate.notes or candidate.draft.doubts)),
        "unexplained": min(1.0, sum(len(piece.tokens) for piece in missed) / max(1, content)),
        "unread share": sum(len(piece.tokens) for piece in skipped) / max(1, tokens),
        "units": float(len(skipped) > len(missed)),
        "unread operators": float(any(piece.sign in _OPERATORS for piece in skipped)),
        "unread numbers": float(any(piece.sign == "N" for piece in skipped)),
        "unread words": float(sum(piece.sign in "xv" for piece in skipped)),
        "unread twice": float(len(skipped) > 1),
        "unread first": float(any(each < first for each in at)),
        "unread last": float(any(each == len(case.pieces) - 1 for each in at)),
        "unread beside a name": float(any(_is_beside(case.pieces, each) for each in at)),
    }


def _is_beside(pieces: Sequence[Piece], place: int) -> bool:
    around = [each for each in (place - 1, place + 1) if 0 <= each < len(pieces)]
    return any(pieces[each].sign in _NAMES for each in around)


def _idle(case: Case) -> int:
    """Openings behind which nothing was said that a rule could read."""
    signs = case.candidate.signs.rstrip(".")
    return int(signs[-1:] in set("rwhi&|,o!E#A>~lM")) + signs.count("!!") + ("Q" in signs.lstrip("iEQTCB,od")[1:])
