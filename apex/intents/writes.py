"""Requests to change data. DataChat only reads, so they end here; `which rows were deleted?` is a question and passes."""

import re

from apex.intents.rule import Finding, Heard

_LEAD = (
    r"(?:(?:please|pls|kindly|now|just|then|and|also|ok|okay|hey|hi|hello|datachat|go ahead and|can you|could you|would you|will you|"
    r"i want you to|i want to|i need to|i need you to|i would like to|i'd like to|you must|you should|let's|lets|help me|try to|"
    r"ignore \w+( \w+){0,4} and|first|quickly|immediately|simply)[\s,.:]+)*"
)
_VERBS = (
    r"(?:delete|drop|truncate|insert|alter|grant|revoke|erase|purge|wipe|destroy|overwrite|vacuum|reindex|upsert|"
    r"update(?! me\b)|remove|create|rename|modify|add|set|change|replace|merge|clear|move|copy|import|write|append|deactivate|edit|"
    r"restore|rollback|commit|shut ?down|kill)"
)
_ALWAYS = re.compile(
    rf"{_LEAD}(?:delete|drop|truncate|insert|alter|grant|revoke|erase|purge|wipe|destroy|overwrite|vacuum|reindex|upsert)\b(?!-)"
)
_WITH_OBJECT = re.compile(
    rf"{_LEAD}{_VERBS}\b.{{0,40}}?\b(?:table|tables|row|rows|record|records|column|columns|index|database|schema|view|user|users|"
    r"customer|customers|order|orders|account|accounts|entry|entries|into|from the|where|data|price|prices|status|value|values|"
    r"role|password|employee|employees|product|products|everything|all)\b"
)
_UPDATE = re.compile(rf"{_LEAD}(?:update|set|change|modify|rename|replace)\b.{{0,80}}?\b(?:to|set|=|with|by|as)\b")
_SQL = re.compile(
    r"(?:^|;|\bthen\b|\band\b|\bnow\b|--|\bexecute\b|\brun\b:?)\s*(?:delete\s+from|drop\s+(?:table|view|schema|database|index|column)|"
    r"truncate\s+(?:table\b|\w+\s*;?$)|alter\s+(?:table|role|user|system|database)|insert\s+into|update\s+\S+\s+set|"
    r"create\s+(?:or\s+replace\s+)?(?:table|view|index|user|role|function|extension|schema|database|temp)|grant\s+\w+\s+(?:on|to)|revoke\s+\w+\s+(?:on|from))\b"
)
_READING_OBJECTS = re.compile(
    rf"{_LEAD}(?:create|add|set|update|modify|write|copy|make|change|remove|clear|move|edit|merge|append|replace|drop|insert)\b.{{0,40}}?\b(?:report|chart|"
    r"charts|graph|plot|list|summary|overview|breakdown|histogram|dashboard|query|queries|sql|select|pivot|comparison|ranking|"
    r"visuali[sz]ation|diagram|up|filter|filters|limit|duplicates|nulls|outliers|formatting|sorting|legend|title|axis|"
    r"poem|story|joke|essay|email|song|haiku|function|script|program|code|letter)\b"
)


def write_request(heard: Heard) -> Finding | None:
    """An order to change, create or remove something in the database."""
    text = " ".join(heard.text.casefold().replace("’", "'").split())
    if _SQL.search(text) or (_orders_a_change(text) and not _READING_OBJECTS.match(text)):
        return Finding(
            kind="out_of_scope",
            reason="asks to change data",
            reply="DataChat only reads: it does not change, create or delete anything in a database. "
            "Ask for the rows in question instead, for example: Show me 5 rows of the table.",
        )
    return None


def _orders_a_change(text: str) -> bool:
    return bool(_ALWAYS.match(text) or _WITH_OBJECT.match(text) or _UPDATE.match(text))
