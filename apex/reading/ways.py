"""Which of several relations between two tables a question speaks of."""

from collections.abc import Iterable, Sequence

from apex.compounds import parts_of
from apex.language.vocabulary import vocabulary
from apex.linking.forms import stem
from apex.model import Model
from apex.model.words import name_words, speaks_of
from apex.names import common_form, letters_alike, words_of

ALIKE = 4
"""Words that begin with so many letters alike are forms of one verb: `likes` and `liked`."""


def way_of(alternatives: Sequence[str], words: Sequence[str], model: Model) -> tuple[str, bool]:
    """The referring column that is meant, and whether the words say so; empty where it is open.

    A column that the words name, else the one that is called as what it refers to, else whose rows these are, else the
    usual one.
    """
    ways = list(dict.fromkeys(alternatives))
    linked = _linked(ways)
    if linked:
        subject, other = linked
        return (other, True) if _is_passive(other, words) else (subject, False)
    asked = {stem(common_form(word)) for word in words} | _directed(words)
    own = {via: _own_words(via, ways) for via in ways}
    named = [via for via in ways if own[via] & asked]
    named = named or (apart if len(apart := _told_apart(ways, words)) == 1 else [])
    whole = sorted((via for via in named if own[via] <= asked), key=lambda via: -len(own[via]))
    if len(named) == 1 or (whole and all(len(own[via]) < len(own[whole[0]]) for via in whole[1:])):
        return (whole or named)[0], True
    ways = named or ways
    spoken = [via for via in ways if {stem(word) for word in _words(via.split(".")[1])} <= asked]
    if not named and len(spoken) == 1:
        # "Users who wrote reviews of shops": by their reviews, not by their tips.
        return spoken[0], True
    for rest in ([via for via in ways if _is_same_name(via, model)], [via for via in ways if _is_usual(via)]):
        if len(rest) == 1:
            return rest[0], False
    return "", False


def _directed(words: Sequence[str]) -> set[str]:
    """What verbs say of where something goes: to the airport where flights land."""
    known = vocabulary().directions
    return {column for word in words if len(word) >= ALIKE and word != "from" for column in known.get(word, ())}


def _linked(ways: Sequence[str]) -> tuple[str, str] | None:
    """A table of friends holds whose friend it is beside `friend_id`: the former has friends, the latter is one."""
    others = [via for via in ways if _speaks_of_table(via)]
    if len(ways) != 2 or len(others) != 1 or len({via.rsplit(".", 1)[0] for via in ways}) > 1:
        return None
    return next(via for via in ways if via not in others), others[0]


def _speaks_of_table(via: str) -> bool:
    table, column = _words(via.split(".")[1]), _words(via.split(".")[2])
    return bool(column) and all(any(_alike(one, other) for other in table) for one in column)


def _is_passive(via: str, words: Sequence[str]) -> bool:
    """Whether the words say to whom it is done: `who are liked`, `followed by Kyle`."""
    known = vocabulary().marks
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        participle = word.endswith("ed") and any(_alike(word, other) for other in _words(via.split(".")[1]))
        auxiliary = known.get((before,))
        if participle and (after == "by" or (auxiliary and auxiliary.name == "be")):
            return True
    return False


def _alike(one: str, other: str) -> bool:
    shared = letters_alike(one, other)
    return one == other or shared >= max(ALIKE, min(len(one), len(other)) - 1)


def _words(name: str) -> set[str]:
    return {common_form(part) for word in words_of(name) for part in parts_of(word)} - {"id"}


def _stems(names: Iterable[str]) -> list[set[str]]:
    return [{stem(word) for word in _words(name)} for name in names]


def _told_apart(ways: Sequence[str], words: Sequence[str]) -> list[str]:
    """The ways of which a word is said as it is written: the `cited` paper is not the `citing` one."""
    names = {via: _words(via.split(".")[2]) for via in ways}
    own = {via: names[via].difference(*(names[other] for other in ways if other != via)) for via in ways}
    return [via for via in ways if own[via].intersection(words)]


def _own_words(via: str, ways: Sequence[str]) -> set[str]:
    """The words of a referring column that the others do not have."""
    column, *others = _stems(each.split(".")[2] for each in (via, *(other for other in ways if other != via)))
    return column - set[str].intersection(*others) if others else column


def _is_same_name(via: str, model: Model) -> bool:
    schema, table, column = via.split(".", 2)
    entity = model.entity(f"{schema}.{table}")
    for edge in model.relations(entity.name) if entity else ():
        if edge.forward and edge.relation.columns[0] == column:
            return edge.relation.referenced_columns[0].lower() == column.lower()
    return False


def _is_usual(via: str) -> bool:
    """Whether a reference is the one that is meant where nothing is said: the current address, not the former."""
    return speaks_of(name_words(via.split(".")[2]), "usual references")
