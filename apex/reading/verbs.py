"""Which verbs only relate two things, and which say more: when it was done, by whom, and which rows are meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from apex.language.sections import listed
from apex.language.vocabulary import vocabulary
from apex.reading.pieces import Piece, around, with_sign

_WHEN = "iNZ"
_HAPPENINGS = re.compile(r"(?:[uz][oi]|[>~])b*(v)|(?<=~)[^&.]{1,4}&b*(v)")
"""Behind a number of days, behind `after`, or on both sides of `between`, stands what happened."""
_ASKED_WHEN = re.compile(r"K[^.,&K]*?[TBNVJ](?P<deed>[vC])")
_COUNTED = re.compile(r"#[^.,&rwh]*[TB]b$")
"""How many of some things are, were, have been."""


def with_verbs(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, in which what relates nothing is no verb, and what was done is one."""
    done = _with_agents(list(_with_deeds(list(_with_auxiliaries(_with_states(pieces))))))
    timed = _with_happenings(_with_moments(done))
    return _with_firsts(with_sign(timed, "x", _is_object))


def only_relates(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    """Whether a verb says nothing but that two things belong together."""
    return piece.sign == "v" and piece.degree is None and not _is_telling(before, after)


def _is_telling(before: Piece | None, after: Piece | None) -> bool:
    """Whether a verb alone says what was not done, or how often: `that were never rented`, `was rented the most`.

    Or what was done first, and when: `the last released movie`, `when was each parcel shipped`.
    """
    if before is not None and (before.sign == "K" or (before.sign == "t" and after is not None and after.sign in "TB")):
        return True
    denied = before is not None and before.sign == "!"
    return (denied and (after is None or after.sign in ".,&|k")) or (after is not None and after.sign in ">MU")


def _with_states(pieces: Sequence[Piece]) -> list[Piece]:
    """`how many orders were cancelled?`: a participle that relates nothing says which ones are meant."""
    return [
        replace(piece, sign="x")
        if piece.sign == "v" and _is_state(piece, pieces[:place], pieces[place + 1 :])
        else piece
        for place, piece in enumerate(pieces)
    ]


def _is_state(piece: Piece, before: Sequence[Piece], following: Sequence[Piece]) -> bool:
    """Whether nothing but a time is left of the sentence, or a word that belongs to the verb: `logged in`.

    Or whether it describes what is counted: `how many blocked members`.
    """
    known = piece.text.casefold() in listed("existing.txt")["existing"]
    if following and following[0].sign == "T" and before and before[-1].sign == "#":
        return not (piece.degree or known) and piece.text.casefold().endswith("ed")
    phrasal = bool(following) and following[0].sign == "i"
    left = following[1:] if phrasal else following
    if piece.degree or (left and left[0].sign not in ".,Zzt"):
        return False
    if not phrasal and known:
        return False
    return piece.value == "unknown" or _COUNTED.search("".join(each.sign for each in before)) is not None


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
            asked = (asked or piece.text.casefold() in listed("beside.txt")["auxiliaries"]) and piece.sign != "."
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


def _with_agents(pieces: Sequence[Piece]) -> list[Piece]:
    """`written by` says who, and groups nothing."""
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


def _with_moments(pieces: Sequence[Piece]) -> list[Piece]:
    """`when was each parcel shipped`: what happened stands behind `when`, so that one moment is asked for."""
    found = _ASKED_WHEN.search("".join(piece.sign or " " for piece in pieces))
    deed = pieces[found.start("deed")] if found else None
    if not found or not deed or not (deed.sign == "v" or deed.text.casefold().endswith("ed") or _is_done(deed)):
        return list(pieces)
    at, place = found.start() + 1, found.start("deed")
    return [*pieces[:at], replace(deed, sign="v"), *pieces[at:place], *pieces[place + 1 :]]


def _with_happenings(pieces: Sequence[Piece]) -> list[Piece]:
    """`within 30 days of signing up`, `between booking and paying`: a verb that tells a moment relates nothing."""
    signs = "".join(piece.sign for piece in pieces)
    places = {found.end() - 1 for found in _HAPPENINGS.finditer(signs)}
    return [
        replace(piece, sign="x") if place in places and piece.sign == "v" else piece
        for place, piece in enumerate(pieces)
    ]


def _is_object(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    """`users who use Windows`: a name that is nowhere stored, and no user is called so."""
    takes = before is not None and before.sign == "v" and before.degree is None and before.value != "unknown"
    return takes and piece.sign == "J" and piece.value == "name"


def _with_firsts(pieces: Sequence[Piece]) -> list[Piece]:
    """`the first customer to register` is the first registered customer."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.sign == "v" and "".join(each.sign for each in found[-3:]) in ("tTi", "tBi") and found[-1].text == "to":
            found[-2:] = [piece, found[-2]]
        else:
            found.append(piece)
    return found
