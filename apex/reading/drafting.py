"""Lets the rules read a row of pieces, and mends what they drafted where only the whole of it tells what is asked."""

from apex.reading.draft import HOW_MANY, Draft, Term
from apex.reading.rules import rules_for
from apex.reading.scan import Scan

_DAYS = frozenset({"date", "day"})


def scanned(scan: Scan) -> Scan:
    """Let the rules read all pieces."""
    rules = rules_for(scan.signs)
    while scan.at < len(scan.pieces):
        place = scan.at
        for rule in rules:
            if rule(scan):
                scan.draft.rules.append(rule.__name__)
                break
        if scan.at <= place:
            raise AssertionError(f"{scan.draft.rules[-1:]} read nothing")
    _mended(scan)
    scan.draft.never = any(piece.value == "never" for piece in scan.pieces)
    _doubted(scan)
    return scan


def _mended(scan: Scan) -> None:
    _by_time(scan)
    _of_all(scan)
    if _names_what_is_measured(scan):
        scan.draft.outputs += [term for term in scan.told if term.measured]
    if scan.told and len(scan.draft.outputs) == len([each for each in scan.told if each in scan.draft.outputs]):
        scan.draft.outputs = list(scan.told)
    _by_whom(scan)
    _all_in_order(scan.draft)
    _by_what_is_ordered(scan.draft)


def _doubted(scan: Scan) -> None:
    if _asks_for_some(scan.draft):
        scan.draft.doubts.append(HOW_MANY)
    if scan.negated or scan.either:
        scan.draft.doubts.append("left open")
    if scan.negated and not scan.draft.skipped:
        # What is denied was not understood.
        scan.draft.skipped += [piece for piece in scan.pieces if piece.sign == "!"][-1:]


def _by_time(scan: Scan) -> None:
    """`the total amount per month` is a sum, though a column is called so; and the date is the day that it is of."""
    cut = [each for each in scan.draft.groups if each.grain]
    for term in (*scan.told, *scan.draft.outputs) if cut else ():
        total = term.of is not None and not term.measured and term.of.piece.tokens[0].lemma == "total"
        if term.of and total and scan.is_number(term.of):
            term.aggregate = "sum"
    if len(cut) == 1 and cut[0].grain == "day" and any(term.measured for term in (*scan.told, *scan.draft.outputs)):
        told = [term for term in scan.draft.outputs if term.of and term.of.piece.text.casefold() in _DAYS]
        scan.draft.outputs = [term for term in scan.draft.outputs if term.measured or term not in told]


def _of_all(scan: Scan) -> None:
    """`the total of paid invoices` is one number, though each of them has a total."""
    only = scan.draft.outputs[0] if len(scan.draft.outputs) == 1 else None
    if not (only and only.of) or only.measured or scan.draft.extreme or scan.draft.orders or scan.draft.limit:
        return
    total = [token.folded for token in only.of.piece.tokens] == ["total"] and scan.is_number(only.of)
    if total and any(ref.piece.tokens[-1].is_plural for ref in scan.draft.subjects[:1]):
        only.aggregate = "sum"


def _names_what_is_measured(scan: Scan) -> bool:
    """`What is the average price of each brand? Return the name.`: the name stands beside the price."""
    draft = scan.draft
    measured = any(term.measured for term in scan.told) and not any(term.measured for term in draft.outputs)
    cut = [*(term for term, _ in draft.orders), *draft.outputs]
    ordered = bool(draft.orders) and not all(term.of and term.of.grain for term in cut)
    return measured and bool(draft.groups and draft.outputs) and not (draft.extreme or draft.limit or ordered)


def _by_whom(scan: Scan) -> None:
    """`who sang in the concert`: people are asked for, where what is spoken of is something else."""
    shown = scan.draft.outputs
    place = next((place for place, term in enumerate(shown) if term.of is None and not term.measured), None)
    asked = next((piece for piece in scan.pieces if piece.sign == "P"), None)
    people = scan.people(asked) if asked and place is not None and not scan.follows else None
    if not people or place is None:
        return
    tables = {link.table for link in people.links}
    if not any(link.table in tables for subject in scan.draft.subjects for link in subject.links[:1]):
        shown[place] = Term(people)
        scan.draft.subjects.insert(0, people)


def _by_what_is_ordered(draft: Draft) -> None:
    """`the total quantity ordered by item`: one number has no order, so that it is asked of each item."""
    refs = [term.of for term, _ in draft.orders if term.of and not term.measured and term.of.meant == "column"]
    measured = bool(draft.outputs) and all(term.measured for term in draft.outputs)
    if measured and len(refs) == len(draft.orders) and not (draft.groups or draft.extreme or draft.limit):
        draft.groups, draft.orders = refs, []


def _asks_for_some(draft: Draft) -> bool:
    """`Which cities have the most orders?`: more than one is asked for, and not how many."""
    extreme, shown = draft.extreme, next((term.of for term in draft.outputs if term.of), None)
    if not extreme or extreme.limit != 1 or draft.limit or extreme.by.aggregate != "count":
        return False
    first = shown or next(iter(draft.subjects), None)
    last = first.piece.tokens[-1] if first else None
    return last is not None and last.is_plural


def _all_in_order(draft: Draft) -> None:
    """`Which lakes have the largest areas, from largest to smallest?`: all of them, with what they are ordered by."""
    extreme, first = draft.extreme, next((term.of for term in draft.outputs if term.of), None)
    several = first is not None and first.piece.tokens[-1].is_plural
    if not extreme or not draft.orders or not several or extreme.limit != 1 or draft.limit or extreme.by.measured:
        return
    by = {link.place for link in extreme.by.of.links} if extreme.by.of else set[tuple[str, str]]()
    if any(
        term.of and term.of is not first and not by & {link.place for link in term.of.links} for term, _ in draft.orders
    ):
        return
    draft.extreme, draft.orders = None, [(extreme.by, extreme.descending)]
    draft.outputs.append(extreme.by)
