"""Requests to change data. DataChat only reads, so they end here; `which rows were deleted?` passes."""

import re

from apex.intents.phrases import alternatives, any_of
from apex.intents.rule import Finding, Heard

REPLY = (
    "DataChat only reads: it does not change, create or delete anything in a database. Ask for the rows in question "
    "instead, for example: Show me 5 rows of the table."
)

_POLITE = alternatives(r"""
    please|pls|kindly|now|just|then|and|also|ok|okay|hey|hi|hello|datachat|go ahead and|can you|could you
    would you|will you
    i want you to|i want to|i need to|i need you to|i would like to|i'd like to|you must|you should|let's|lets
    help me|try to
    ignore \w+( \w+){0,4} and|first|quickly|immediately|simply
""")
_LEAD = rf"(?:{_POLITE}[\s,.:]+)*"
_DESTROYS = (
    "(?:delete|drop|truncate|insert|alter|grant|revoke|erase|purge|wipe|destroy|overwrite|vacuum|reindex|upsert)"
)
_CHANGES = (
    "(?:update(?! me)|remove|create|rename|modify|add|set|change|replace|merge|clear|move|copy|import|write|append|"
    "deactivate|edit|restore|rollback|commit|shut ?down|kill)"
)
_STORED = alternatives(r"""
    (table|row|record|column|index|database|schema|view|role|password|value)s?
    (user|customer|order|account|price|employee|product)s?
    entry|entries|indexes|into|from the|where|data|status|everything|all
""")
_ON_SCREEN = alternatives(r"""
    report|charts?|graph|plot|list|summary|overview|breakdown|histogram|dashboard|query|queries|sql|select|pivot
    comparison|ranking
    visuali[sz]ation|diagram|up|filters?|limit|duplicates|nulls|outliers|formatting|sorting|legend|title|axis
    poem|story|joke|essay|email|song|haiku|function|script|program|code|letter
""")
_ORDER = any_of(rf"""
    {_LEAD}{_DESTROYS}\b(?!-)
    {_LEAD}{_CHANGES}\b.{{0,40}}?\b{_STORED}\b
    {_LEAD}(?:update|set|change|modify|rename|replace)\b.{{0,80}}?\b(?:to|set|with|by|as)\b
""")
_ABOUT_THE_ANSWER = re.compile(rf"{_LEAD}(?:{_DESTROYS}|{_CHANGES})\b.{{0,40}}?\b{_ON_SCREEN}\b")
_START = r"(?:^|;|--|\b(?:then|and|now|execute|run):?)\s*"
_SQL = any_of(rf"""
    {_START}delete\s+from\b
    {_START}drop\s+(?:table|view|schema|database|index|column)\b
    {_START}truncate\s+(?:table\b|\w+\s*;?$)
    {_START}alter\s+(?:table|role|user|system|database)\b
    {_START}insert\s+into\b
    {_START}update\s+\S+\s+set\b
    {_START}create\s+(?:or\s+replace\s+)?(?:table|view|index|user|role|function|extension|schema|database|temp)\b
    {_START}(?:grant|revoke)\s+\w+\s+(?:on|to|from)\b
""")


def write_request(heard: Heard) -> Finding | None:
    """An order to change, create or remove something in the database."""
    text = " ".join(heard.text.casefold().replace("’", "'").split())
    if _SQL.search(text) or (_ORDER.match(text) and not _ABOUT_THE_ANSWER.match(text)):
        return Finding(kind="out_of_scope", reason="asks to change data", reply=REPLY)
    return None
