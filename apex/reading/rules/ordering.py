"""`ordered by age descending`, `in alphabetical order of name`, `from oldest to youngest`."""

from apex.language.sections import listed
from apex.reading.draft import Ref, Term
from apex.reading.scan import Scan

_OF_TIME = frozenset({"earliest", "latest", "oldest", "newest", "recent"})
_ENDS = {"first": "earliest", "last": "latest"}
TURNS = {"ascending": False, "alphabetical": False, "descending": True, "reversed": True}


def ordering(scan: Scan) -> bool:
    """Read by what the rows are ordered, and which way."""
    return (
        _from_its_end(scan)
        or _by_unit(scan)
        or _by_adjectives(scan)
        or _by_count(scan)
        or _by_terms(scan)
        or _by_quality(scan)
        or _by_what_is_shown(scan)
    )


def _by_unit(scan: Scan) -> bool:
    """`in order of month`, where rows are grouped by month."""
    found = scan.match(r"[,&i]*O[ioT]*(?P<d>D)?[ioE]*(?P<z>[zuC])[,&iO]*(?P<d2>D)?(?=$|[.,])")
    if not found:
        return False
    said = scan.pieces[found.start("z")].tokens[-1].lemma
    column = _cut_to(scan, said)
    if column is None:
        return False
    place = next((found.start(name) for name in ("d", "d2") if found[name]), None)
    scan.draft.orders.append((Term(column), place is not None and TURNS[scan.pieces[place].value]))
    scan.at = found.end()
    return True


def _by_count(scan: Scan) -> bool:
    """`ordered by the count`, `in descending order of the count`: of what was counted."""
    found = scan.match(r"[,&i]*(?:O[io]*(?P<d>D)?|(?P<d2>D))[oiE]*#[,i]*(?P<d3>D)?(?=$|[.])")
    counted = next((term for term in (*scan.draft.outputs, *scan.told) if term.aggregate == "count"), None)
    if not found or counted is None:
        return False
    place = next((found.start(name) for name in ("d", "d2", "d3") if found[name]), None)
    scan.draft.orders.append((counted, place is not None and TURNS[scan.pieces[place].value]))
    scan.at = found.end()
    return True


def _from_its_end(scan: Scan) -> bool:
    """`starting from the earliest month`, `most recent week first`, where rows are grouped so."""
    found = scan.match(r"[,&]*(?P<o>[Ol])?[io]*(?P<m>[St])(?P<z>[zuC])(?P<first>t)?(?=$|[.,])")
    if not found or not (found["o"] or found["first"] or scan.sign(scan.at) == ","):
        return False
    piece = scan.pieces[found.start("m")]
    column = _cut_to(scan, scan.pieces[found.start("z")].tokens[-1].lemma)
    way = scan.names.vocabulary.adjectives.get((_ENDS.get(piece.text.casefold(), piece.text.casefold()),))
    degree = piece.degree or way
    if (
        column is None
        or degree is None
        or (("date", True) not in degree.columns and ("date", False) not in degree.columns)
    ):
        return False
    scan.draft.orders.append((Term(column), ("date", True) in degree.columns))
    scan.at = found.end()
    return True


def _cut_to(scan: Scan, said: str) -> Ref | None:
    """The group whose moments are cut to a unit; the only one, where they are called dates."""
    cut = [each for each in scan.draft.groups if each.grain]
    named = [each for each in cut if each.grain and each.grain.split()[0] == said]
    return next(iter(named or (cut if said == "date" and len(cut) == 1 else [])), None)


def _by_terms(scan: Scan) -> bool:
    opened = scan.match(r"[,&i]*(?:O[iotdTQO]*?(?P<d>D)?|(?P<d2>D)|E(?=[TB]?C[,&]*D))[ioE]*(?:(?<=E)D)?(?=[#ACBTd])")
    if not opened:
        return False
    if scan.sign(opened.start()) == "E" and scan.pieces[opened.start()].text.casefold() != "by":
        # "For each channel in descending order" groups by the channel.
        return False
    found: list[Term] = []
    end = opened.end()
    while term := scan.term(end):
        found.append(term[0])
        end = term[1]
        more = scan.match(r"[,&]+E?(?=[#ACBd]+[,&.D]*(?:$|[,&.DO]))", end)
        end = more.end() if more else end
        if not more:
            break
    if not found:
        return False
    behind = scan.match(r"(?:o[TB])?[,&iO]*(?P<d>D)", end)
    place = next((opened.start(name) for name in ("d", "d2") if opened[name]), None)
    if behind:
        place, end = behind.start("d"), behind.end()
    turned = place is not None and TURNS[scan.pieces[place].value]
    scan.draft.orders += [(term, turned) for term in found]
    scan.at = end
    return True


def _by_quality(scan: Scan) -> bool:
    """`in ascending order of age`, where only a day of birth is known, which is the later the younger."""
    found = scan.match(r"[,&i]*(?:O[io]*(?P<d>D)?E?|(?P<d2>D)[oiE]*)(?P<q>H)[,&]*(?P<d3>D)?")
    piece = scan.pieces[found.start("q")] if found else None
    column = scan.implied(piece) if piece else None
    if not found or not piece or not column:
        return False
    place = next((found.start(name) for name in ("d", "d2", "d3") if found[name]), None)
    turned = place is not None and TURNS[scan.pieces[place].value]
    scan.draft.orders.append((Term(column), turned == scan.rises(piece, column.links[0])))
    scan.at = found.end()
    return True


def _by_what_is_shown(scan: Scan) -> bool:
    """`in alphabetical order`, without saying of what: of the first thing shown."""
    alone = scan.match(r"[,&i]*(?:O[ioT]*)?(?P<d>D)(?P<t>T(?=$|[.,]))?")
    shown = scan.draft.outputs or scan.told
    if not alone or not shown:
        return False
    # "From most to least sales" orders by how many there are.
    counted = [
        term
        for term in shown
        if alone["t"] and term.rows and term.rows.piece.links == scan.pieces[alone.start("t")].links
    ]
    turn = scan.pieces[alone.start("d")]
    words = {token.folded for token in turn.tokens}
    # "The name and the number of sales in descending order", "highest first": the numbers descend.
    sized = words & listed("sizes.txt")["sizes"] or (turn.value == "descending" and scan.draft.each)
    numbers = [term for term in shown if term.measured] if sized else []
    cut = [Term(each) for each in scan.draft.groups if each.grain] if words & _OF_TIME else []
    scan.draft.orders.append(((cut or counted or numbers or shown)[0], TURNS[turn.value]))
    scan.at = alone.end()
    return True


def _by_adjectives(scan: Scan) -> bool:
    fromto = scan.match(r"[,&]*(?:O[io]*|i)(?P<first>[SM])A?#?(?P<c>[CT])?[,&]*i(?P<last>[SM])A?#?[CT]?")
    fromto = fromto or scan.match(r"[,&]*(?P<first>S)(?P<c>C)?t(?=$|[.])")
    fromto = fromto or scan.match(r"[,&]*(?P<starts>l)(?P<first>[SM])(?P<c>C)?(?=$|[.])")
    if not fromto or ("starts" in fromto.groupdict() and scan.pieces[fromto.start("starts")].value != "starts"):
        return False
    piece = scan.pieces[fromto.start("first")]
    named = scan.sign(fromto.start("c")) == "C" if fromto["c"] else False
    column = scan.column(fromto.start("c")) if named else scan.implied(piece)
    measured = next((term for term in reversed(scan.draft.outputs) if term.measured), None)
    if not column and not (measured and piece.sign == "M"):
        return False
    largest_first = piece.value == "most" if piece.sign == "M" or not column else scan.rises(piece, column.links[0])
    if scan.draft.orders and (scan.sign(scan.at) == "i" or scan.sign(fromto.end() - 1) == "t"):
        # "by age from the oldest to the youngest": the way of the order before.
        scan.draft.orders[-1] = (scan.draft.orders[-1][0], largest_first)
    else:
        # "The number of orders, from the most to the least" orders by that number.
        rather = measured if measured and piece.sign == "M" and not named else Term(column)
        scan.draft.orders.append((rather, largest_first))
    scan.at = fromto.end()
    return True
