"""Types whose values mean the same to a definition: a longer text is a text, a wider number is a number."""

import re

_WRAPPER = re.compile(r"(?:nullable|lowcardinality)\((.*)\)\Z")
_FAMILIES = (
    ("array", r".*\[\d*\]\Z|array"),
    ("interval", r"interval"),
    ("text", r".*char|.*text|string|citext|clob|fixedstring|enum"),
    ("boolean", r"bool|tinyint\(1\)"),
    ("number", r"(?:tiny|small|medium|big|huge|u)*int(?:eger)?(?:\d+|\b)|.*serial|dec|num|real|float|double|money"),
    ("timestamp", r"timestamp|datetime|smalldatetime"),
    ("date", r"date\d*\b"),
)


def family(type_text: str) -> str:
    """The family of an engine's own text of a type; the bare type where it belongs to none."""
    name = type_text.lower().strip()
    while wrapped := _WRAPPER.match(name):
        name = wrapped[1]
    return next((each for each, form in _FAMILIES if re.match(form, name)), name.partition("(")[0].strip())
