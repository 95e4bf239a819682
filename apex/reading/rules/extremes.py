"""`the youngest`, `with the most concerts`, `the highest price`, `the three largest`, `the most common city`."""

import re
from collections.abc import Callable
from dataclasses import replace

from apex.language.moments import ImpossibleError
from apex.language.sections import listed
from apex.reading.draft import Extreme, Ref, Term
from apex.reading.pieces import Piece
from apex.reading.rules.deeds import deeds, many_of
from apex.reading.scan import AGGREGATES, Scan, is_table


def extremes(scan: Scan) -> bool:
    """Read what is to be the largest or the smallest."""
    return (
        _most_common(scan)
        or _named_so(scan)
        or _most_described(scan)
        or _most_of(scan)
        or _adjective(scan)
        or _verb(scan)
        or _done(scan)
    )


def _most_described(scan: Scan) -> bool:
    """`with the most French students`: rows that a value describes are counted, which is read as one behind."""
    found = scan.match(r"[wrhiv,&o]*(?:t?(?P<n>N))?(?P<m>M)(?P<n2>N)?[o#dv]*(?=V(?:[,|&]*V)*(?P<t>[TB]))")
    if not found or (_speaks_of_number(scan, found) and "#" not in found.group()) or _counts_described(scan, found):
        return False
    place = found.start("t")
    if scan.pieces[place].sign == "B" and not is_table(scan.pieces[place]):
        return False
    counted = Term(None, "count", rows=scan.table(place))
    set_extreme(scan, Extreme(counted, scan.pieces[found.start("m")].value == "most", limit_of(scan, found)))
    scan.head = False
    scan.at = found.end()
    return True


def _most_of(scan: Scan) -> bool:
    """`most` and `highest` before what is counted or compared."""
    found = scan.match(
        r"(?P<lead>[wrhiv,&o]*)(?:t?(?P<n>N))?(?P<m>M)(?P<n2>N)?(?P<a>A)?[o#dv]*(?P<owner>[TB](?=C))?(?P<what>[TCBx])"
    )
    if not found or (found["what"] == "x" and not scan.numbered(found.start("what"))):
        return False
    if _counts_described(scan, found):
        return False
    piece = scan.pieces[found.start("m")]
    place = found.start("what")
    what, descending = scan.pieces[place], piece.value == "most"
    limit = limit_of(scan, found)
    if what.sign == "T" or (what.sign == "B" and is_table(what)):
        if piece.text.casefold() in listed("sizes.txt")["judging"]:
            return False
        if piece.degree and "#" not in found.group() and _speaks_of_number(scan, found):
            return False
        number = scan.own_number(place)
        term = Term(number, "sum") if number else Term(None, "count", rows=scan.table(place))
    else:
        owner = scan.table(found.start("owner")) if found["owner"] else None
        column = scan.numbered(place) or scan.column(place, owner) if what.sign == "x" else scan.column(place, owner)
        if _is_asked_itself(scan, found):
            return _ask_itself(scan, column, piece, descending=descending, end=found.end())
        term = _measured(scan, column, found)
    attached = scan.sign(scan.at - 1) == "T" and found["lead"][:1] in ("w", "r")
    set_extreme(scan, Extreme(term, descending, limit, of=scan.latest, attached=attached))
    scan.head = scan.head and not found["lead"]
    scan.at = found.end()
    return True


def _counts_described(scan: Scan, found: re.Match[str]) -> bool:
    """`the most 5 star reviews`: the number says which ones are counted."""
    return found["n2"] is not None and not _speaks_of_number(scan, found)


def _ask_itself(scan: Scan, column: Ref, piece: Piece, *, descending: bool, end: int) -> bool:
    """`the highest score`, `the second highest score`: the largest of all values, or of those that are left."""
    if piece.nth == 1:
        scan.draft.outputs.append(Term(column, "max" if descending else "min"))
    else:
        scan.draft.outputs.append(Term(column))
        scan.draft.distinct = True
        set_extreme(scan, Extreme(Term(column), descending, of=scan.latest))
    scan.at = end
    return True


def _named_so(scan: Scan) -> bool:
    """`which state has the lowest elevation`, where the column is called `lowest_elevation`."""
    found = scan.match(r"(?P<lead>[wrh]+)(?P<c>C)(?=$|[.,&ri])")
    if not found:
        return False
    column = scan.column(found.start("c"))
    mark = scan.names.vocabulary.marks.get((column.piece.tokens[0].folded,))
    if mark is None or mark.name not in _FIRST or len(column.piece.tokens) < 2:
        return False
    set_extreme(scan, Extreme(Term(column), mark.name in ("most", "maximum"), of=scan.latest))
    scan.head = False
    scan.at = found.end()
    return True


_FIRST = ("most", "least", "maximum", "minimum")


def _measured(scan: Scan, column: Ref, found: re.Match[str]) -> Term:
    if found["a"]:
        return Term(column, AGGREGATES[scan.pieces[found.start("a")].value])
    if scan.is_number(column) or scan.is_ordered(column):
        return Term(column)
    return Term(column, "count", distinct=True)


def _is_asked_itself(scan: Scan, found: re.Match[str]) -> bool:
    """`what is the highest score`: the score is the answer, not the row that has it."""
    named = found["n"] or found["n2"] or found["a"] or _asks_who(scan)
    return scan.head and not named and not found["lead"].strip(",&") and not scan.draft.subjects


def _asks_who(scan: Scan) -> bool:
    """`who has the highest score`: somebody is asked for, whatever the score."""
    return any(term.of is None and not term.measured for term in scan.draft.outputs)


def _speaks_of_number(scan: Scan, found: re.Match[str]) -> bool:
    """`the largest stadium` speaks of a size, `the most stadiums` of how many there are."""
    text = scan.pieces[found.start("m")].text.casefold()
    return text not in ("most", "least", "fewest")


def _adjective(scan: Scan) -> bool:
    """`youngest`, `most expensive`, `largest` before a table or nothing."""
    found = scan.match(r"(?P<lead>[wrhi,&]*)(?:t?(?P<n>N))?(?P<m>[SM])(?P<n2>N)?")
    if not found:
        return False
    piece = scan.pieces[found.start("m")]
    column = scan.column(found.start("m")) if piece.links else scan.implied(piece)
    end = found.end()
    named = scan.match(r"(?P<t>[TB])?(?P<c>C)", end)
    if named and is_done(scan.pieces[named.start("c")]):
        # "The oldest student enrolled": what the verb speaks of is no part of the name.
        named = None
    if named and piece.sign == "S":
        whose = scan.table(named.start("t")) if named["t"] else None
        column, end = scan.column(named.start("c"), whose), named.end()
    column = column or (_shown_of(scan, end) if piece.sign == "M" else None)
    if column is None or not column.links:
        return False
    if not named and scan.sign(end) in ("T", "B") and column.meant == "column" and column.owner is None:
        # The latest visit is that whose own moment is the latest.
        column.owner = _holding(scan.table(end), column)
        if column.owner is None and scan.sign(end) == "T" and piece.sign == "M" and scan.sign(end + 1) != "E":
            # "The lowest shipments": no price of what was shipped.
            return False
    of = _described(scan, column, end) if not named and scan.sign(end) in ("T", "B") else scan.latest
    descending = scan.rises(piece, column.links[0]) if piece.sign == "S" or piece.degree else piece.value == "most"
    if named and _is_asked_itself_by_adjective(scan, found):
        return _ask_itself(scan, column, piece, descending=descending, end=end)
    set_extreme(scan, Extreme(Term(column), descending, limit_of(scan, found), of=of))
    scan.at = end
    return True


def _described(scan: Scan, column: Ref, at: int) -> Ref | None:
    """`how many pets does the oldest student have`: the student is the oldest, and none of the pets."""
    shown = scan.draft.outputs
    return _holding(scan.table(at), column) if shown and all(term.measured for term in shown) else scan.latest


def _holding(rows: Ref, column: Ref) -> Ref | None:
    """The table behind an adjective, where it may tell what that speaks of: `the most recent order`."""
    tables = {link.table for link in column.links}
    return rows if any(link.table in tables for link in rows.links[:1]) else None


def is_done(piece: Piece) -> bool:
    """Whether a word that may name a column is a verb: `enrolled`, or `enroll` where that is called so."""
    return piece.tokens[-1].folded.endswith("ed") or any(link.why == "stem" for link in piece.links[:1])


def _shown_of(scan: Scan, at: int) -> Ref | None:
    """`the amount of the largest payment`: by the only number that is asked for."""
    only = scan.draft.outputs[0].of if len(scan.draft.outputs) == 1 and not scan.draft.outputs[0].measured else None
    return only if only and scan.sign(at) in ("T", "B") and only.meant == "column" and scan.is_number(only) else None


def _is_asked_itself_by_adjective(scan: Scan, found: re.Match[str]) -> bool:
    named = found["n"] or found["n2"] or _asks_who(scan)
    return scan.head and not found["lead"] and not named and not scan.draft.subjects


def _verb(scan: Scan) -> bool:
    """`who earns the most`, `that cost the least`."""
    found = scan.match(r"[wrh]*(?P<v>[vC])(?P<m>M)(?![TCB])")
    column = _said_of(scan, found.start("v")) if found else None
    if not found or column is None:
        return False
    descending = scan.pieces[found.start("m")].value == "most"
    set_extreme(scan, Extreme(Term(column), descending, of=scan.latest))
    scan.at = found.end()
    return True


def _said_of(scan: Scan, at: int) -> Ref | None:
    """What a verb speaks of, or names where it stands behind the one who did it: `who paid the most`."""
    if scan.sign(at) == "v":
        return scan.implied(scan.pieces[at])
    column = scan.column(at) if scan.is_verb_of(at) else None
    return column if column and scan.is_number(column) else None


def _most_common(scan: Scan) -> bool:
    """`the most common city`, `which city is most common`."""
    found = scan.match(r"[wrhiv]*(?:t?(?P<n>N))?(?P<u>U)(?P<n2>N)?[oi]*(?P<what>[TB]?C|[BT])?")
    if not found:
        return False
    descending = scan.pieces[found.start("u")].value == "popular"
    place = found.end("what") - 1 if found["what"] else None
    if place is not None and scan.head and not scan.draft.outputs:
        piece = scan.pieces[place]
        whose = scan.table(place - 1) if len(found["what"]) > 1 else None
        ref = scan.table(place) if piece.sign == "T" else scan.column(place, whose)
        scan.draft.outputs.append(Term(ref))
        scan.at = found.end()
        owner = scan.match("o(?P<t>[TB])")
        if owner and ref.meant == "column":
            ref.owner = scan.table(owner.start("t"))
            scan.at = owner.end()
    elif scan.draft.outputs or scan.draft.subjects:
        scan.at = found.end("n2") if found["n2"] else found.end("u")
    else:
        return False
    if found["what"] and scan.at >= found.end("what"):
        set_extreme(scan, Extreme(Term(None, "count"), descending, limit_of(scan, found)))
    else:
        _set_done(scan, found, descending, limit_of(scan, found))
    return True


def _done(scan: Scan) -> bool:
    """`the game that was played the most`: the table that the verb names has the most rows."""
    found = scan.match(r"[wrhiv]*(?P<m>M)(?P<n>N)?(?=$|[.,i&])")
    if not found or not scan.draft.outputs or _speaks_of_number(scan, found):
        return False
    told = len(scan.draft.subjects) != 1 or scan.match("i[TB]", found.end())
    if not told and not _deeds(scan, found) and len(set(many_of(scan))) != 1:
        return False
    descending = scan.pieces[found.start("m")].value == "most"
    _set_done(scan, found, descending, limit_of(scan, found, "n"))
    scan.head = False
    scan.at = found.end()
    return True


def _set_done(scan: Scan, found: re.Match[str], descending: bool, limit: int) -> None:
    """Keep what was done most often: the rows that tell what a verb says, else those that will be found to do so."""
    rows = _deeds(scan, found)
    set_extreme(scan, Extreme(Term(None, "count", rows=rows), descending, limit, done=rows is None))


def _deeds(scan: Scan, found: re.Match[str]) -> Ref | None:
    verbs = (scan.pieces[place] for place in range(found.start(), found.end()) if scan.sign(place) == "v")
    return next((rows for verb in verbs if (rows := deeds(scan, verb))), None)


def shown_or_most(scan: Scan, form: str, term_of: Callable[[Scan, re.Match[str]], Term | None]) -> bool:
    """Read what a form makes, shown or as what is largest: `the success rate`, `the gateways with the highest one`."""
    most = scan.match(rf"[wrh,&]*(?:t?(?P<n>N))?(?P<m>M)(?P<n2>N)?o?(?:{form})")
    found = most or (scan.match(rf"[,&Q]*(?:{form})") if scan.head else None)
    term = term_of(scan, found) if found else None
    if not found or term is None:
        return False
    if most:
        descending = scan.pieces[most.start("m")].value == "most"
        set_extreme(scan, Extreme(term, descending, limit_of(scan, most), of=scan.latest))
    else:
        scan.draft.outputs.append(term)
    scan.at = found.end()
    return True


def set_extreme(scan: Scan, extreme: Extreme) -> None:
    """Keep the extreme; a second one makes the draft doubtful, unless it is the same said again."""
    told = scan.draft.extreme
    if told and not (scan.told and _is_same(told, extreme)):
        scan.draft.doubts.append("two extremes")
    nth = next((piece.nth for piece in scan.pieces[scan.at :] if piece.sign in "MSU"), 1)
    scan.draft.extreme = told if told and "two extremes" not in scan.draft.doubts else replace(extreme, skip=nth - 1)


def _is_same(one: Extreme, other: Extreme) -> bool:
    """Whether both are by the same, the same way."""
    refs = [term.of or term.rows for term in (one.by, other.by)]
    places = [{link.place for link in ref.links} if ref else set[tuple[str, str]]() for ref in refs]
    same = one.by.aggregate == other.by.aggregate and one.descending == other.descending and one.limit == other.limit
    return same and bool(places[0] & places[1])


def limit_of(scan: Scan, found: re.Match[str], *names: str) -> int:
    """How many are asked for: one, where no number is said."""
    for name in names or ("n", "n2"):
        if found[name]:
            return so_many(scan.pieces[found.start(name)])
    return 1


def so_many(piece: Piece) -> int:
    """How many rows a number asks for. Raises ImpossibleError where it is no number of rows."""
    number = 1 if piece.number is None else piece.number
    if number < 1 or number != int(number):
        raise ImpossibleError(f"{piece.text} is no number of rows that can be shown. Ask for 1 or more.")
    return int(number)
