"""Where a reading stands: the pieces, the place among them, and the draft so far; rules move it on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from apex.language.vocabulary import Degree
from apex.linking.link import Link
from apex.linking.names import COUNTS, NameIndex
from apex.linking.people import people_in
from apex.model import Attribute, Model
from apex.model.words import name_words
from apex.reading.draft import Draft, Either, Exists, OneOf, Ref, Term, Test, Wish
from apex.reading.pieces import Piece
from apex.reading.worth import amounts_of, is_amount, sum_of, worth_of
from core.catalog import Table
from core.values.plans import Aggregate, ColumnOf

AGGREGATES: dict[str, Aggregate] = {
    "total": "sum", "average": "avg", "minimum": "min", "maximum": "max", "median": "median"
}  # fmt: skip
_BEHIND = frozenset({"count", "counts"})
IMPLIED, TOLD = 0.85, 0.6
"""How sure a column is that only an adjective or a verb speaks of, and a moment that nothing but its table tells."""


@dataclass
class Scan:
    """One pass over a sentence."""

    pieces: Sequence[Piece]
    names: NameIndex
    model: Model
    draft: Draft = field(default_factory=Draft)
    at: int = 0
    follows: bool = False
    """Whether the question may lean on the one before."""
    head: bool = True
    """Whether what is asked for is still being said."""
    either: bool = False
    """Whether "or" was just read."""
    negated: bool = False
    """Whether "not" was just read."""
    told: Sequence[Term] = ()
    """What was asked for before a second sentence said it anew."""
    latest: Ref | None = None
    """The table that was named last."""
    scope: Exists | Term | None = None
    """Other rows, of which more is still being said."""

    def __post_init__(self) -> None:
        """Keep the signs as one text, which patterns match."""
        self.signs = "".join(piece.sign for piece in self.pieces)
        self._looked: dict[str, tuple[int, int]] = {}

    def match(self, pattern: str, at: int | None = None) -> re.Match[str] | None:
        """Match signs from here on; up to where they are found next, the same are not looked for again."""
        at = self.at if at is None else at
        looked = self._looked.get(pattern)
        if looked and looked[0] <= at < looked[1]:
            return None
        found = _pattern(pattern).search(self.signs, at)
        start = found.start() if found else len(self.signs) + 1
        self._looked[pattern] = at, start
        return found if start == at else None

    def sign(self, at: int) -> str:
        """The sign at a place; empty behind the end."""
        return self.signs[at] if 0 <= at < len(self.signs) else ""

    def column(self, at: int, owner: Ref | None = None) -> Ref:
        """The piece as a column."""
        piece = self.pieces[at]
        return Ref(piece, "column", piece.only("column"), owner)

    def table(self, at: int) -> Ref:
        """The piece as a table."""
        piece = self.pieces[at]
        return Ref(piece, "table", piece.only("table"))

    def value(self, at: int) -> Ref:
        """The piece as a value."""
        piece = self.pieces[at]
        return Ref(piece, "value", piece.only("value"), literal=piece.text)

    def implied(self, piece: Piece) -> Ref | None:
        """The column that an adjective or a verb speaks of: in each table the first that exists."""
        if piece.degree is None:
            return None
        found: dict[str, Link] = {}
        for place, (words, _) in enumerate(piece.degree.columns):
            for link in self.names.named(words):
                score = IMPLIED * link.score * 0.99**place
                if link.table not in found or found[link.table].score < score:
                    found[link.table] = replace(link, score=score, why="implied")
        told = self._told_by_time() if any(words == "date" for words, _ in piece.degree.columns) else {}
        found = {**told, **self._implied_in_part(piece.degree), **found}
        if not any("date" in words.split() for words, _ in piece.degree.columns):
            # "How long": a time that goes by is no point in time.
            found = {table: link for table, link in found.items() if not self.is_moment(*link.place)}
        return Ref(piece, "column", tuple(sorted(found.values(), key=lambda link: -link.score))) if found else None

    def is_verb_of(self, at: int) -> bool:
        """Whether a word follows `who` at once, so that it says what somebody did: `who paid`."""
        return self.sign(at - 1) == "P" and self.pieces[at].tokens[0].start == self.pieces[at - 1].tokens[-1].end + 1

    def moments(self) -> Ref | None:
        """The moment that tells most of each table, where none is named."""
        found = tuple(self._told_by_time().values())
        return Ref(self.pieces[self.at], "column", found, owner=self.latest) if found else None

    def of_deed(self, links: list[Link]) -> list[Link]:
        """Of some moments those of what was done, where a verb says so: `customers who ordered in May`."""
        deed = self.latest if self.latest and self.latest.piece.tokens[-1].folded.endswith("ed") else None
        tables = {link.table for link in deed.links} if deed else set[str]()
        return [link for link in links if link.table in tables] or links

    def _told_by_time(self) -> dict[str, Link]:
        entities = (self.model.entity(table.full_name) for table in self.tables())
        return {
            str(each.name): Link("column", str(each.name), each.times[0], score=TOLD, why="implied")
            for each in entities
            if each and each.times
        }

    def people(self, piece: Piece) -> Ref | None:
        """The tables of people, of whom `who` and `people` speak."""
        found = people_in(self.tables())
        return Ref(piece, "table", found) if found else None

    def says_times(self, at: int) -> bool:
        """Whether a number with what stands behind it says how often: `twice`, `three times`."""
        unit = self.pieces[at + 1].text.casefold() if self.sign(at + 1) == "u" else ""
        return self.pieces[at].text.casefold() in ("once", "twice") or unit in ("times", "time")

    def aged(self) -> Ref | None:
        """The age of what was named last: `students under 20`."""
        table = self.latest.links[0].table if self.latest and self.latest.links else ""
        found = tuple(link for link in self.names.named("age") if link.table == table)
        return Ref(self.pieces[self.at], "column", found) if found else None

    def priced(self, at: int) -> Ref | None:
        """The amount of what was named last, where a number is one of money: `payments above 500 euro`."""
        unit = self.pieces[at + 1].value if self.sign(at + 1) == "u" else ""
        table = self.latest.links[0].table if self.latest and self.latest.links else ""
        money = table and (unit == "money" or self.pieces[at].tokens[0].is_money)
        link = sum_of(table, self.model, IMPLIED) if money else None
        return Ref(self.pieces[at], "column", (link,)) if link else None

    def numbered(self, at: int) -> Ref | None:
        """The column that holds the number of something that has no name of its own: `more than 15000 students`."""
        links = self.names.numbered(self.pieces[at].tokens[0].folded)
        return Ref(self.pieces[at], "column", tuple(links)) if links else None

    def _implied_in_part(self, degree: Degree) -> dict[str, Link]:
        """Columns whose names hold the words among others: `price_range` for what something costs."""
        found: dict[str, Link] = {}
        for words, _ in degree.columns:
            for link in self.names.find(tuple(words.split())):
                attribute = self.attribute(link) if link.kind == "column" and link.why == "part" else None
                if attribute and (degree.more == 0 or attribute.is_moment or attribute.is_numeric):
                    found.setdefault(link.table, replace(link, score=IMPLIED * link.score, why="implied"))
        return found

    def rises(self, piece: Piece, link: Link) -> bool:
        """Whether more of the adjective is a larger value in this column."""
        for words, larger in piece.degree.columns if piece.degree else ():
            if any(other.place == link.place for other in self.names.named(words)):
                return larger
        ways = dict(piece.degree.columns) if piece.degree else {}
        if self.is_moment(link.table, link.column):
            return ways.get("date", True)
        # A column that is called otherwise is a year where the adjective speaks of years.
        return next(iter(ways.values())) if len(set(ways.values())) == 1 else ways.get("year", True)

    def wish(self, wish: Wish) -> None:
        """Add a condition; behind "or" it is an alternative to the one before."""
        if self.match("[,&]+[rwhv!]|k"):
            # What joins a clause of its own is said of what was asked for.
            self.scope = None
        inside = self.scope is not None and wish is not self.scope
        wishes = self.scope.where if self.scope and inside else self.draft.wishes
        if isinstance(wish, Test) and wish.left.of and wish.left.of.owner is None:
            wish.left.of.near = self._antecedent()
        if isinstance(wish, OneOf) and not wish.column and self.match("(?<=T)(?:[iEo]|J)") and self.latest:
            for value in wish.values:
                value.near = self.latest
        if self.negated:
            wish.negated = not wish.negated
        if self.either and wishes:
            last = wishes[-1]
            wishes[-1] = Either([*last.of, wish] if isinstance(last, Either) else [last, wish])
        else:
            wishes.append(wish)
        self.either = self.negated = False

    def _antecedent(self) -> Ref | None:
        """What a relative clause speaks of: the table, or the rows with a value, before it."""
        before = self.sign(self.at - 1) if self.sign(self.at) == "r" else ""
        piece = self.pieces[self.at - 1] if before in ("T", "V") else None
        if piece is None:
            return None
        tables = {link.table: Link("table", link.table, score=link.score) for link in piece.links}
        return self.table(self.at - 1) if before == "T" else Ref(piece, "table", tuple(tables.values()))

    def term(self, at: int) -> tuple[Term, int] | None:
        """What is measured or shown from a place on, and where it ends."""
        counted = self.match(r"d?#[do]*(?P<owner>[TB](?=C))?(?P<what>[TBC])", at)
        if counted and counted["owner"] and self._tells_of_rows(counted.start("what")):
            # "How many students enrolled in 2020": the students are counted, whatever column the verb names.
            return Term(None, "count", rows=self.table(counted.start("owner"))), counted.end("owner")
        if counted:
            return self._counted(counted), counted.end()
        behind = self.match(r"A?(?P<what>[TB])(?P<how>#)(?=$|[.,&iw])", at)
        if behind and self.pieces[behind.start("how")].text.casefold() in _BEHIND:
            # "The total sales count": the sales are counted.
            return Term(None, "count", rows=self.table(behind.start("what"))), behind.end()
        summed = self.match(r"(?P<how>A)o?(?P<what>[TB])(?P<sum>A)(?=$|[.,&EiwroZz])", at)
        worth = self._worth(self.pieces[summed.start("what")], self.pieces[summed.start("sum")]) if summed else None
        if summed and worth:
            return Term(worth, AGGREGATES[self.pieces[summed.start("how")].value]), summed.end()
        measured = self.match(r"d?(?P<how>A)[odA]*#?o?(?P<owner>[TB](?=o?C))?o?(?P<what>[CBT])", at)
        of = self._measured(measured) if measured else None
        if measured and of:
            how = AGGREGATES[self.pieces[measured.start("how")].value]
            named = self._names_amount(measured.end())
            ends = measured.end() + (measured["what"] == "T" and named)
            return Term(of, how, distinct="d" in measured.group()), self._behind_count(of, ends)
        shown = self.match(r"(?P<d>d)?(?:(?P<owner>[TB](?=o?[CB]))o?)?(?P<what>[CB])", at)
        if shown:
            owner = self.table(shown.start("owner")) if shown["owner"] else None
            of = self.column(shown.start("what"), owner)
            return Term(of, distinct=bool(shown["d"])), self._behind_count(of, shown.end())
        return None

    def _behind_count(self, of: Ref, at: int) -> int:
        """`the page count`: the pages, where they are a number already."""
        return at + (self.sign(at) == "#" and self.pieces[at].tokens[0].folded in _BEHIND and self.is_number(of))

    def _worth(self, piece: Piece, total: Piece) -> Ref | None:
        """`the average order total`: what the orders are worth."""
        if total.value != "total":
            return None
        tables = piece.only("table")
        found = tuple(link for each in tables if (link := sum_of(each.table, self.model, IMPLIED)))
        return Ref(piece, "column", found) if found else None

    def _tells_of_rows(self, at: int) -> bool:
        """Whether a name says what somebody does, or when something happens, rather than what is counted."""
        verb = any(token.folded.endswith("ed") for token in self.pieces[at].tokens)
        links = self.pieces[at].only("column")[:1]
        return verb or any(self.is_moment(link.table, link.column) for link in links)

    def _measured(self, match: re.Match[str]) -> Ref | None:
        """What an aggregate is of: a column, or what the rows of a table are worth."""
        piece = self.pieces[match.start("what")]
        owner = self.table(match.start("owner")) if match["owner"] else None
        if owner and piece.sign == "C":
            return Ref(piece, "column", amounts_of(piece, owner.piece, self.model), owner)
        of = self.column(match.start("what"), owner)
        counted = "#" in match.group() or not (piece.sign == "T" or is_table(piece))
        worth = () if counted else worth_of(piece, self.model)
        if not (worth or counted) and piece.sign == "T" and self._names_amount(match.end()):
            # "The average order value": the sum of each.
            worth = tuple(found for link in piece.only("table") if (found := sum_of(link.table, self.model, TOLD)))
        if worth:
            return Ref(piece, "column", worth, owner)
        return of if piece.sign != "T" or self.is_number(of) else None

    def _names_amount(self, at: int) -> bool:
        return self.sign(at) in ("x", "A") and is_amount(self.pieces[at])

    def _counted(self, match: re.Match[str]) -> Term:
        place = match.start("what")
        piece, distinct = self.pieces[place], "d" in match.group()
        number = None if distinct else self.own_number(place)
        if number:
            return Term(number, "sum")
        if piece.sign == "T" or (piece.sign == "B" and not distinct and is_table(piece)):
            return Term(None, "count", distinct, rows=self.table(place))
        column = self.column(place, self.table(match.start("owner")) if match["owner"] else None)
        attribute = self.attribute(column.links[0]) if column.links else None
        if attribute and attribute.role in ("key", "reference") and column.links[0].why == "part":
            # Students are counted by the `student_id` of something else, for want of a table of students.
            self.draft.doubts.append("counts by a reference")
        counts = attribute is not None and attribute.is_numeric and bool(COUNTS & set(name_words(attribute.name)))
        if (self.is_number(column) or counts) and not distinct:
            return Term(column, "sum")
        return Term(column, "count", True)

    def own_number(self, at: int) -> Ref | None:
        """The number that a table holds of what it is called: the degrees that were given, in a table of degrees."""
        piece = self.pieces[at]
        tables = {link.table for link in piece.only("table")[:1]} if piece.sign == "B" else set[str]()
        own = tuple(link for link in piece.only("column") if link.table in tables and link.why == "name")
        column = Ref(piece, "column", own[:1] or tuple(self._counts_kept(piece.only("table")[:1])))
        return column if is_table(piece) and self.is_number(column) else None

    def _counts_kept(self, tables: Sequence[Link]) -> Iterator[Link]:
        """The number of what each row stands for, where that is all that it tells: `count` of check-ins."""
        for link in tables:
            entity = self.model.entity(link.table)
            names = [each.name for each in entity.measures if name_words(each.name) == ("count",)] if entity else []
            yield from (Link("column", link.table, name, score=IMPLIED, why="implied") for name in names)

    def is_number(self, ref: Ref) -> bool:
        """Whether the likeliest column is one to calculate with."""
        attribute = self.attribute(ref.links[0]) if ref.links else None
        return bool(attribute and attribute.is_numeric and attribute.role == "measure")

    def is_ordered(self, ref: Ref) -> bool:
        """Whether the likeliest column has an order that people speak of: a number or a moment."""
        attribute = self.attribute(ref.links[0]) if ref.links else None
        return bool(attribute and (attribute.is_moment or attribute.is_numeric))

    def is_moment(self, table: str, column: str) -> bool:
        """Whether a column is a date or a point in time."""
        attribute = self.model.attribute(ColumnOf(table=table, column=column))
        return bool(attribute and attribute.is_moment)

    def rather_table(self, ref: Ref) -> bool:
        """Whether words that may be a column name a table too, and that rather."""
        return is_table(ref.piece)

    def tables(self) -> Sequence[Table]:
        """The tables that the question may be about."""
        return self.names.tables

    def attribute(self, link: Link) -> Attribute | None:
        """What the model knows of a column."""
        return self.model.attribute(ColumnOf(table=link.table, column=link.column))


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def is_table(piece: Piece) -> bool:
    """Whether a piece that may be a table or a column is rather the table."""
    tables, columns = piece.only("table"), piece.only("column")
    return bool(tables) and (not columns or tables[0].score >= columns[0].score - 0.02)
