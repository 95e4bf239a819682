"""Questions that lean on the one before: `and by country?`, `only the last three`, `what about orders`."""

import re

from apex.intents.rule import Heard

_OPENINGS = re.compile(
    r"(ok |okay |now |so |great |thanks |please |can you |could you )*"
    r"(and|also|but|what about|how about|only|just|same|the same|instead|then|without|excluding|except|including|sort|order by|"
    r"order (it|them|this|that)|group (it|them|this|that|by)|break (it|that|this|them) down|split|filter|limit|now|or|versus|vs|as a|as percentage|"
    r"in percent|by|per|for each|for|in|from|since|before|after|with|more|fewer|less|again|next|previous|which (one|ones|of (them|these|those))|"
    r"who (are|were) (they|those)|why|show more|the (first|last|other|rest|others)|top|last|first|compared? (to|with)|drill)\b"
)
_PRONOUNS = re.compile(
    r"\b(them|those|these|they|their|its|it|that one|this one|ones|the same|that table|this table|of that|of those|that|this)\b"
)
_VERBS = re.compile(
    r"\b(show|list|give|tell|find|count|how many|what|which|who|how|display|get|describe|is|are|was|were|do|does|did|has|have|compare|calculate)\b"
)
_UNANCHORED = re.compile(
    r"(and|what about|how about|same|the same|also|instead|but|or|by|per|as a|compared? (to|with))\b"
)
_SHORT = 8
"""More words than this stand on their own, unless they begin like a follow-up."""


def leans_back(heard: Heard) -> bool:
    """Whether the question is elliptical: it has to be read with the one before."""
    text = " ".join(heard.folded)
    words = len(heard.folded)
    if _OPENINGS.match(text):
        return words <= 2 * _SHORT and (
            not _VERBS.search(text) or text.startswith(("and ", "what about", "how about", "also ", "now "))
        )
    return bool(words <= 2 * _SHORT and _PRONOUNS.search(text)) or (words <= 3 and not _VERBS.search(text))


def has_no_anchor(heard: Heard) -> bool:
    """Whether a short question begins in a way that only makes sense after another one."""
    text = " ".join(heard.folded)
    return bool(
        len(heard.folded) <= _SHORT
        and _UNANCHORED.match(text)
        and (not _VERBS.search(text) or text.startswith("what about") or text.startswith("how about"))
    )
