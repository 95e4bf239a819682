"""Tells what kind of question it is, without a model: rules in order, of which the first to recognise it decides."""

import re
import unicodedata
from collections.abc import Sequence

from apex.intents.catalog import about_catalog
from apex.intents.courtesies import capabilities, goodbye, help_wanted, small_talk
from apex.intents.folding import fold
from apex.intents.follow_ups import has_no_anchor, leans_back
from apex.intents.language import other_language
from apex.intents.malformed import LONGEST, malformed
from apex.intents.rule import Finding, Heard, Rule
from apex.intents.scope import out_of_scope
from apex.intents.setup import setup
from apex.intents.writes import write_request
from core.values import Clarification, Exchange, Intent

RULES: tuple[Rule, ...] = (
    malformed,
    goodbye,
    small_talk,
    help_wanted,
    capabilities,
    write_request,
    setup,
    out_of_scope,
    about_catalog,
    other_language,
)
"""Order is design: a text must be readable first, and an order to change data is refused before more is made of it."""


_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
UNANCHORED = "There is no earlier question in this conversation to go on from. What would you like to know?"


def tell_intent(question: str, *, exchanges: Sequence[Exchange] = (), follows: bool = False, model: str = "") -> Intent:
    """The kind of a question; `follows` says that there were earlier turns, `model` names the configured model."""
    heard = Heard(text=tidy(fold(question, exchanges)), model=model)
    for rule in RULES:
        finding = rule(heard)
        if finding:
            return _intent(heard, finding, rule=rule.__name__, follows=follows, clarified=bool(exchanges))
    return _intent(
        heard, Finding(kind="data", reason="asks about the data"), follows=follows, clarified=bool(exchanges)
    )


def tidy(text: str) -> str:
    """The text composed (NFC), without invisible marks, and with single spaces."""
    visible = "".join(each for each in text if each not in _INVISIBLE)
    return re.sub(r" {2,}", " ", unicodedata.normalize("NFC", visible)).strip()


def _intent(heard: Heard, finding: Finding, *, rule: str = "", follows: bool, clarified: bool) -> Intent:
    ends = bool(finding.reply)
    asks_back = not (ends or follows or clarified) and has_no_anchor(heard)
    return Intent(
        kind=finding.kind,
        text=heard.text[:LONGEST],
        follow_up=follows and not ends and leans_back(heard),
        rule=rule,
        reason=finding.reason,
        reply=finding.reply,
        clarification=Clarification(question=UNANCHORED) if asks_back else None,
    )
