"""Makes a row of pieces regular before rules read it: auxiliary verbs go, `3 or more` becomes `at least 3`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from apex.language.sections import listed
from apex.reading.follow_ups.pointing import without_pointing
from apex.reading.joining import joined
from apex.reading.pieces import Piece, around, with_sign, without
from apex.reading.verbs import only_relates, with_verbs


def tidy(pieces: Sequence[Piece], *, follows: bool = False) -> list[Piece]:
    """The pieces that rules read; a question that `follows` another may sort what was shown then."""
    kept = without(without(pieces, _says_how_written), _is_pronoun)
    kept = with_verbs(with_sign(kept, "x", _is_no_order))
    kept = with_sign(kept, "r", _says_of_rows)
    if follows:
        kept = with_sign(kept, "r", _says_how_many)
    kept = without(kept, _says_nothing)
    kept = joined(without_pointing(kept) if follows else kept)
    kept = _with_bottoms(_with_comparisons_before(_with_places(kept)))
    kept = with_sign(_with_units_before(kept), "i", _says_by_whom)
    return list(_with_questions(kept, sorts=follows))


def _says_nothing(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    return piece.sign == "b" or only_relates(before, piece, after)


def _says_how_written(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    """`as a date` says how a moment is written."""
    leads = _says_as(piece) and after is not None and _is_date(after)
    return leads or (_is_date(piece) and before is not None and _says_as(before))


def _says_as(piece: Piece) -> bool:
    return piece.sign == "i" and piece.text.casefold().startswith("as")


def _is_date(piece: Piece) -> bool:
    return piece.sign in "Cx" and piece.tokens[-1].lemma == "date" and len(piece.tokens) == 1


def _is_pronoun(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    """`one` that counts nothing stands for what was named before."""
    counts = (before is not None and before.sign in ">h~wM") or (after is not None and after.sign in "TCBp&")
    return piece.sign == "N" and piece.text.casefold() == "one" and not counts


def _is_no_order(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    """Behind `which` and `who` no order follows: `which state`, `those who report to her` say what nothing explains."""
    relates = before is not None and before.text.casefold() in listed("beside.txt")["relative"]
    return relates and piece.sign == "Q" and len(piece.tokens) == 1


def _says_of_rows(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    """`which shops are active`: what follows is said of the shops, and not asked for."""
    between = before is not None and before.sign in "TB" and after is not None and after.sign == "C"
    return between and piece.sign == "b"


def _says_how_many(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    """`how many are about refunds?`: how many of those that were spoken of."""
    counted = before is not None and before.sign == "#" and before.text.casefold() == "how many"
    return counted and after is not None and piece.sign == "b" and piece.text.casefold() in ("are", "were")


def _says_by_whom(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    """`by` before a value says who did it, and groups nothing."""
    return piece.sign == "E" and after is not None and after.sign in "VJNPrS"


def _with_comparisons_before(pieces: Sequence[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if piece.sign == "p":
            # "300 or more", and "300 pages or more".
            number = next((at for at in (-1, -2) if len(found) >= -at and found[at].sign == "N"), 0)
            if number == -1 or (number and found[-1].sign in "CTB"):
                found.insert(len(found) + number, replace(piece, sign=">"))
        else:
            found.append(piece)
    return found


def _with_bottoms(pieces: Sequence[Piece]) -> list[Piece]:
    """`the bottom 3 shops by sales` says which end of an order, as `the top 3` does."""
    by = any(piece.text.casefold() == "by" for piece in pieces)
    return [
        replace(piece, sign="t") if by and piece.text.casefold() == "bottom" and after and after.sign == "N" else piece
        for _, piece, after in around(pieces)
    ]


def _with_places(pieces: Sequence[Piece]) -> list[Piece]:
    """`the second highest` is the highest but one."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        nth = _place_of(before) if before and piece.sign in "MSU" else 0
        if nth:
            found[-1] = replace(piece, nth=nth)
        else:
            found.append(piece)
    return found


def _place_of(piece: Piece) -> int:
    said = piece.text.casefold()
    return next((int(place) for place, phrases in listed("ordinals.txt").items() if said in phrases), 0)


def _with_units_before(pieces: Sequence[Piece]) -> list[Piece]:
    """`the total monthly price` is what `the monthly total price` is."""
    found: list[Piece] = []
    for piece in pieces:
        cut = piece.sign == "z" and found and (found[-1].sign == "#" or found[-1].value == "total")
        found.insert(len(found) - bool(cut), piece)
    return found


def _with_questions(pieces: Sequence[Piece], *, sorts: bool) -> Iterator[Piece]:
    """`which` and `who` at the beginning of a sentence ask, elsewhere they relate."""
    begins, sorted_by = True, False
    for place, piece in enumerate(pieces):
        if piece.sign == "O" and place == 0 and not sorts:
            # "Sort the shops by ...": what is sorted is asked for.
            yield replace(piece, sign="Q")
            begins, sorted_by = False, True
            continue
        if sorted_by and piece.sign == "E" and piece.text.casefold() == "by":
            yield replace(piece, sign="O")
            sorted_by = False
            continue
        if (
            begins
            and piece.sign in "rw"
            and piece.text.casefold().split()[0] in ("which", "who", "whose", "what", "whom")
        ):
            yield replace(
                piece, sign="Q" if "wh" in piece.text.casefold() and "who" not in piece.text.casefold() else "P"
            )
            begins = False
        elif piece.sign == "i" and begins:
            yield piece
        else:
            begins = piece.sign in ".," or (begins and piece.sign == "&")
            yield piece
