"""`currency EUR`, `in EUR`: a value for a parameter of SQL that is written down."""

from apex.language.tokens import tokenize
from apex.metric_questions.scan import CannotError, Scan
from apex.names import words_of
from datapoints.parts.parameters import Parameter

_JOINS = frozenset({"is", "=", "of", "in"})


def parameter(scan: Scan, at: int) -> int | None:
    """One of the values that a parameter lists, or whatever stands behind its name."""
    for match in scan.matches:
        execution = scan.facts[match.ids[0]].execution
        for name, each in (execution.parameters if execution else {}).items():
            if each.type not in ("enum", "identifier", "string", "number"):
                continue
            for start in dict.fromkeys((scan.end_of(at, "with"), at)):
                listed = _listed(scan, start, each)
                if listed and name not in scan.ask.arguments:
                    scan.ask.arguments[name], end = listed
                    return end
            behind = at + len(words_of(name))
            if tuple(scan.words[at:behind]) == words_of(name) and behind < len(scan.words):
                end = _named(scan, behind + (scan.words[behind] in _JOINS), name, each)
                if end:
                    return end
    return None


def _listed(scan: Scan, at: int, parameter: Parameter) -> tuple[str, int] | None:
    """The value of the list whose words stand here, and the place behind it."""
    for value in sorted(parameter.values, key=len, reverse=True):
        words = [token.folded for token in tokenize(value)]
        if words and scan.words[at : at + len(words)] == words:
            return value, at + len(words)
    return None


def _named(scan: Scan, at: int, name: str, parameter: Parameter) -> int | None:
    """The value behind a parameter's name; refuses one that is not in its list."""
    token = scan.tokens[at] if at < len(scan.tokens) else None
    if token is None:
        return None
    listed = _listed(scan, at, parameter)
    if parameter.values and listed is None:
        end = at + 1 + (at + 1 < len(scan.tokens) and scan.tokens[at + 1].kind == "number")
        told = f"{scan.said(at, end)!r} is not among the values of {name.replace('_', ' ')}"
        raise CannotError(f"{told}: {', '.join(parameter.values)}.")
    if listed:
        scan.ask.arguments[name], end = listed
        return end
    number = token.number if parameter.type == "number" else None
    scan.ask.arguments[name] = number if number is not None else token.text
    return at + 1
