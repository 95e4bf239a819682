"""`how many French students`, `the number of pending orders`, `how many dogs`: rows that a value names are counted."""

from apex.linking.link import Link
from apex.reading.draft import Ref, Term, Test
from apex.reading.rules.flags import truth_in
from apex.reading.rules.missing import tells_when
from apex.reading.scan import AGGREGATES, Scan, is_table


def counted(scan: Scan) -> bool:
    """Read that rows are counted; the values that describe them are read by the rule of values."""
    return scan.head and (
        _with_their_table(scan) or _done(scan) or _flagged(scan) or _by_value_alone(scan) or _unknown(scan)
    )


def _with_their_table(scan: Scan) -> bool:
    found = scan.match(r"d?#[do]*(?=V(?:[,|&]*V)*(?P<t>[TB]))")
    if not found:
        return False
    place = found.start("t")
    if scan.pieces[place].sign == "B" and not is_table(scan.pieces[place]):
        return False
    return _count(scan, scan.table(place), found.end())


def _done(scan: Scan) -> bool:
    """`the number of closed tickets`: those of which a moment tells that it was done."""
    found = scan.match(r"#[do]*(?P<c>C)(?P<t>T)")
    piece = scan.pieces[found.start("c")] if found else None
    if not found or piece is None or len(piece.tokens) > 1:
        return False
    rows, column = scan.table(found.start("t")), scan.column(found.start("c"))
    table = rows.links[0].table
    regular = piece.text.casefold().endswith("ed")
    told = tuple(
        each
        for each in column.links
        if each.table == table
        and scan.is_moment(table, each.column)
        and (regular or tells_when(each.column, piece.text))
    )
    if not told:
        return False
    column.links = told
    scan.at = found.end()
    scan.wish(Test(Term(column), "is null", negated=True))
    scan.draft.outputs.append(Term(None, "count", rows=rows))
    scan.draft.subjects.append(rows)
    return True


def _flagged(scan: Scan) -> bool:
    """`how many doctors accept new patients`: those of whom a column of yes and no says so, and not yes and no."""
    found = scan.match(r"#o*(?:(?P<t>T)(?P<c>C)|(?P<c2>C)(?P<t2>T))(?=$|[.,&iEwrOZ])")
    if not found:
        return False
    end = "" if found["t"] else "2"
    rows, column = scan.table(found.start(f"t{end}")), scan.column(found.start(f"c{end}"))
    link = next(iter(column.links), None)
    truth = truth_in(scan, link) if link and link.table == rows.links[0].table else None
    if link is None or truth is None:
        return False
    column.links = (link,)
    scan.wish(Test(Term(column), "=", [truth]))
    return _count(scan, rows, found.end())


def _by_value_alone(scan: Scan) -> bool:
    """A value that is written as a noun stands for the rows that have it: `how many dogs`."""
    found = scan.match(r"d?#[do]*(?=(?P<v>V))")
    if not found:
        return False
    piece = scan.pieces[found.start("v")]
    if (piece.tokens[0].capital and not piece.tokens[-1].is_plural) or piece.tokens[0].kind == "quoted":
        return False
    tables = {link.table: Link("table", link.table, score=link.score) for link in piece.only("value")}
    return _count(scan, Ref(piece, "table", tuple(tables.values())), found.end())


def _count(scan: Scan, rows: Ref, end: int) -> bool:
    scan.draft.outputs.append(Term(None, "count", rows=rows))
    scan.head = False
    scan.at = end
    return True


def _unknown(scan: Scan) -> bool:
    """`how many universities`, where no name says so: the rows that the rest of the question is about."""
    found = scan.match(r"d?(?P<a>A)?#[do]*(?=x)")
    if not found or scan.draft.outputs:
        return False
    column = scan.numbered(found.end())
    if found["a"] and not column:
        return False
    how = AGGREGATES[scan.pieces[found.start("a")].value] if found["a"] else "sum"
    scan.draft.outputs.append(Term(column, how) if column else Term(None, "count"))
    scan.at = found.end() + (column is not None)
    again = scan.column(scan.at).links[:1] if column and scan.sign(scan.at) == "C" else ()
    # "The number of students enrolled", where the enrolment is their number.
    scan.at += bool(again and column and again[0].place == column.links[0].place)
    return True
