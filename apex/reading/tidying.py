"""Makes a row of pieces regular before rules read it: auxiliary verbs go, `3 or more` becomes `at least 3`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from apex.language.sections import listed
from apex.language.vocabulary import vocabulary
from apex.reading.follow_ups.words import back
from apex.reading.joining import joined
from apex.reading.pieces import Piece, around

_WHEN = "iNZ"
_HAPPENINGS = re.compile(r"(?:[uz][oi]|[>~])b*(v)|(?<=~)[^&.]{1,4}&b*(v)")
"""Behind a number of days, behind `after`, or on both sides of `between`, stands what happened."""
_ASKED_WHEN = re.compile(r"K[^.,&K]*?[TBNVJ](?P<deed>[vC])")
_COUNTED = re.compile(r"#[^.,&rwh]*[TB]b$")
"""How many of some things are, were, have been."""
_RELATIVE = frozenset({"which", "what", "who", "whom", "that"})
_AUXILIARIES = frozenset({"do", "does", "did"})


def tidy(pieces: Sequence[Piece], *, follows: bool = False) -> list[Piece]:
    """The pieces that rules read; a question that `follows` another may sort what was shown then."""
    states = _without_orders_behind(_with_states(list(_without_forms(pieces))))
    agents = _with_agents(_with_deeds(list(_with_auxiliaries(states))))
    spoken = _with_predicates(_without_pronouns(agents), follows=follows)
    timed = _with_firsts(_with_objects(_with_happenings(_with_moments(spoken))))
    kept = [
        piece
        for before, piece, after in around(timed)
        if piece.sign != "b"
        and not (piece.sign == "v" and piece.degree is None and not _is_telling(before, after))
        and not (follows and piece.sign == "x" and piece.text.casefold() in back()["results"])
    ]
    kept = _without_what_that_is(_without_those(kept)) if follows else kept
    kept = _without_opening(kept) if follows else kept
    kept = _with_bottoms(_with_comparisons_before(_with_places(joined(kept))))
    return list(_with_questions(_with_by(_with_units_before(kept)), sorts=follows))


def _with_happenings(pieces: Sequence[Piece]) -> list[Piece]:
    """`within 30 days of signing up`, `between booking and paying`: a verb that tells a moment relates nothing."""
    signs = "".join(piece.sign for piece in pieces)
    places = {found.end() - 1 for found in _HAPPENINGS.finditer(signs)}
    return [
        replace(piece, sign="x") if place in places and piece.sign == "v" else piece
        for place, piece in enumerate(pieces)
    ]


def _with_objects(pieces: Sequence[Piece]) -> list[Piece]:
    """`users who use Windows`: a name that is nowhere stored, and no user is called so."""
    return [
        replace(piece, sign="x")
        if piece.sign == "J" and piece.value == "name" and before and _takes_objects(before)
        else piece
        for before, piece, _ in around(pieces)
    ]


def _with_moments(pieces: Sequence[Piece]) -> list[Piece]:
    """`when was each parcel shipped`: what happened stands behind `when`, so that one moment is asked for."""
    found = _ASKED_WHEN.search("".join(piece.sign or " " for piece in pieces))
    deed = pieces[found.start("deed")] if found else None
    if not found or not deed or not (deed.sign == "v" or deed.text.casefold().endswith("ed") or _is_done(deed)):
        return list(pieces)
    at, place = found.start() + 1, found.start("deed")
    return [*pieces[:at], replace(deed, sign="v"), *pieces[at:place], *pieces[place + 1 :]]


def _with_firsts(pieces: Sequence[Piece]) -> list[Piece]:
    """`the first customer to register` is the first registered customer."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.sign == "v" and "".join(each.sign for each in found[-3:]) in ("tTi", "tBi") and found[-1].text == "to":
            found[-2:] = [piece, found[-2]]
        else:
            found.append(piece)
    return found


def _takes_objects(piece: Piece) -> bool:
    return piece.sign == "v" and piece.degree is None and piece.value != "unknown"


def _without_forms(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """`as a date` says how a moment is written."""
    for before, piece, after in around(pieces):
        leads = _says_as(piece) and after and _is_date(after)
        if not (leads or (_is_date(piece) and before and _says_as(before))):
            yield piece


def _says_as(piece: Piece) -> bool:
    return piece.sign == "i" and piece.text.casefold().startswith("as")


def _is_date(piece: Piece) -> bool:
    return piece.sign in "Cx" and piece.tokens[-1].lemma == "date" and len(piece.tokens) == 1


def _with_auxiliaries(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """`how many sales did each seller make`: what stands behind the seller is what is done, and no make of cars."""
    known, asked, before = vocabulary().relating, False, None
    for piece in pieces:
        does = asked and before is not None and before.sign in "TB" and piece.sign in "CB" and len(piece.tokens) == 1
        if does and ((piece.tokens[0].folded,) in known or _is_done(piece)):
            yield replace(piece, sign="v", degree=None)
            asked = False
        else:
            yield piece
            asked = (asked or piece.text.casefold() in _AUXILIARIES) and piece.sign != "."
        before = piece


def _is_done(piece: Piece) -> bool:
    """`did each agent close`: a column that the verb names by its stem alone, as `closed_at`."""
    return bool(piece.links) and all(link.why == "stem" for link in piece.links)


def _with_deeds(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """`who have not placed any trades`: what was not done, and no trades that were placed; `who opened ticket 5`."""
    for before, piece, after in around(pieces):
        denied = before is not None and before.sign == "!" and before.tokens[-1].folded not in ("no", "without")
        done = piece.sign == "C" and len(piece.tokens) == 1 and piece.text.casefold().endswith("ed")
        did = before is not None and before is pieces[0] and before.text.casefold() == "who"
        # `referred_by` says who, `delivered_on` does not.
        did = did and not any(link.column.endswith("by") for link in piece.links)
        deed = (denied and done and after is not None and after.sign == "T") or (did and done)
        yield replace(piece, sign="v", degree=None) if deed else piece


def _is_telling(before: Piece | None, after: Piece | None) -> bool:
    """Whether a verb alone says what was not done, or how often: `that were never rented`, `was rented the most`.

    Or what was done first, and when: `the last released movie`, `when was each parcel shipped`.
    """
    if before is not None and (before.sign == "K" or (before.sign == "t" and after is not None and after.sign in "TB")):
        return True
    denied = before is not None and before.sign == "!"
    return (denied and (after is None or after.sign in ".,&|k")) or (after is not None and after.sign in ">MU")


def _with_predicates(pieces: Sequence[Piece], *, follows: bool) -> list[Piece]:
    """`which shops are active`: what follows is said of the shops, and not asked for."""
    return [
        replace(piece, sign="r")
        if piece.sign == "b"
        and before
        and after
        and (_says_of_rows(before, after) or (follows and _counts(before, piece)))
        else piece
        for before, piece, after in around(pieces)
    ]


def _says_of_rows(before: Piece, after: Piece) -> bool:
    return before.sign in "TB" and after.sign == "C"


def _counts(before: Piece, piece: Piece) -> bool:
    """`how many are about refunds?`: how many of those that were spoken of."""
    return before.sign == "#" and before.text.casefold() == "how many" and piece.text.casefold() in ("are", "were")


def _without_pronouns(pieces: Sequence[Piece]) -> list[Piece]:
    """`one` that counts nothing stands for what was named before."""
    return [
        piece
        for before, piece, after in around(pieces)
        if piece.sign != "N"
        or piece.text.casefold() != "one"
        or (before and before.sign in ">h~wM")
        or (after and after.sign in "TCBp&")
    ]


def _with_states(pieces: Sequence[Piece]) -> list[Piece]:
    """`how many orders were cancelled?`: a participle that relates nothing says which ones are meant."""
    return [
        replace(piece, sign="x")
        if piece.sign == "v" and _is_state(piece, pieces[:place], pieces[place + 1 :])
        else piece
        for place, piece in enumerate(pieces)
    ]


def _is_state(piece: Piece, before: Sequence[Piece], following: Sequence[Piece]) -> bool:
    """Whether nothing but a time is left of the sentence, or a word that belongs to the verb: `logged in`."""
    phrasal = bool(following) and following[0].sign == "i"
    left = following[1:] if phrasal else following
    if piece.degree or (left and left[0].sign not in ".,Zzt"):
        return False
    if not phrasal and piece.text.casefold() in listed("existing.txt")["existing"]:
        return False
    return piece.value == "unknown" or _COUNTED.search("".join(each.sign for each in before)) is not None


def _without_orders_behind(pieces: Sequence[Piece]) -> list[Piece]:
    """Behind `which` and `who` no order follows: `which state`, `those who report to her` say what nothing explains."""
    return [
        replace(piece, sign="x")
        if before and before.text.casefold() in _RELATIVE and piece.sign == "Q" and len(piece.tokens) == 1
        else piece
        for before, piece, _ in around(pieces)
    ]


def _with_agents(found: Iterable[Piece]) -> list[Piece]:
    """`written by` says who, and groups nothing."""
    pieces = list(found)
    return [
        replace(piece, sign="i") if piece.sign == "E" and _is_agent(pieces, place) else piece
        for place, piece in enumerate(pieces)
    ]


def _is_agent(pieces: Sequence[Piece], place: int) -> bool:
    before = pieces[place - 1] if place else None
    if before is None or pieces[place].text.casefold() != "by":
        return False
    if before.sign in "vxh" or before.tokens[-1].folded.endswith("ed"):
        return True
    # "Sales made in 2025 by customers from France" says who made them, "made in 2025 by customer" groups them.
    behind = pieces[place + 1] if place + 1 < len(pieces) else None
    several = behind is not None and behind.sign == "T" and behind.tokens[-1].is_plural
    verb = next((piece for piece in reversed(pieces[:place]) if piece.sign not in _WHEN), None)
    return several and before.sign in _WHEN and verb is not None and verb.sign == "v"


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


def _with_by(pieces: Sequence[Piece]) -> list[Piece]:
    """`by` before a value says who did it, and groups nothing."""
    return [
        replace(piece, sign="i") if piece.sign == "E" and after and after.sign in "VJNPrS" else piece
        for _, piece, after in around(pieces)
    ]


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


def _without_those(pieces: Sequence[Piece]) -> list[Piece]:
    """`what are those customers' cities`: those of whom the question before spoke, and nothing relates."""
    return [
        piece
        for before, piece, after in around(pieces)
        if piece.sign != "r"
        or piece.text.casefold() not in back()["those"]
        or after is None
        or after.sign not in "TB"
        or (before is not None and before.sign not in "Q#A")
    ]


def _without_what_that_is(pieces: Sequence[Piece]) -> list[Piece]:
    """`the year of that song`: "that" says which rows are meant, and the noun behind it nothing more."""
    return [
        piece
        for before, piece, after in around(pieces)
        if piece.sign not in "Cx"
        or before is None
        or before.text.casefold() not in ("that", "this")
        or piece.text.casefold() in back()["present"]
        or (after is not None and after.sign not in ".,")
    ]


def _without_opening(pieces: Sequence[Piece]) -> list[Piece]:
    """`only those from France`: what is left of the answer before, and not all that somebody has."""
    opening = list(takewhile(lambda piece: piece.sign in "Q&x>" and not piece.number, pieces))
    empty = [piece for piece in opening if piece.text.casefold() in back()["means nothing"]]
    # What is to be done with the columns behind it is told by how the question begins.
    told = back()["removes"] | back()["more"]
    empty += [piece for piece in opening[:1] if piece.sign == "x" and piece.text.casefold() in told]
    return [piece for piece in pieces if piece not in empty]
