"""`currency EUR`, `in EUR`: a value for a parameter of SQL that is written down."""

from apex.metric_questions.scan import Scan
from apex.names import words_of

_JOINS = frozenset({"is", "=", "of", "in"})


def parameter(scan: Scan, at: int) -> int | None:
    """One of the values that a parameter lists, or whatever stands behind its name."""
    for match in scan.matches:
        execution = scan.facts[match.ids[0]].execution
        for name, each in (execution.parameters if execution else {}).items():
            if each.type not in ("enum", "identifier", "string", "number"):
                continue
            listed = {value.casefold(): value for value in each.values}
            for start in dict.fromkeys((scan.end_of(at, "with"), at)):
                if scan.word(start) in listed and name not in scan.ask.arguments:
                    scan.ask.arguments[name] = listed[scan.word(start)]
                    return start + 1
            behind = at + len(words_of(name))
            if tuple(scan.words[at:behind]) == words_of(name) and behind < len(scan.words):
                behind += scan.words[behind] in _JOINS
                token = scan.tokens[behind] if behind < len(scan.tokens) else None
                if token:
                    number = token.number if each.type == "number" else None
                    scan.ask.arguments[name] = number if number is not None else listed.get(token.folded, token.text)
                    return behind + 1
    return None
