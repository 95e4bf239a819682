"""Questions that lean on the one before: `and by country?`, `only the last three`, `what about orders`."""

from apex.intents.phrases import any_of
from apex.intents.rule import Heard

_SHORT, _LONG = 8, 16
"""A question of more words than `_SHORT` mostly stands on its own, above `_LONG` always."""
_FRAGMENT = 3

_CONTINUES = any_of(r"""
    (and|also|but|what about|how about|same|the same|instead|or|now|then|again)\b
    ((ok|okay|great|thanks|so|please|can you|could you) )+(and|also|what about|how about|now|only|just)\b
""")
"""Openings that only make sense behind another question."""
_NARROWS = any_of(r"""
    ((please|can you|could you|now) )*(only|just|without|excluding|exclude|except|including|include|limit|filter)\b
    ((please|can you|could you|now) )*(sort|order|group|break|split|show|plot|rank) (it|them|this|that|those|by)\b
    (as a|as percentage|in percent|by|per|for each|for|in|from|since|before|after|with|more|fewer|less|next|previous)\b
    (the )?(first|last|other|others|rest|top)\b
    (which|who|how many|what) (one|ones|of (them|these|those)|are (they|those))\b
    why|show more|drill|versus|vs|compared (to|with)
""")
_PRONOUNS = any_of(r"\b(them|those|these|they|their|its|it|that one|this one|ones|that table|this table|of that)\b")
_VERBS = any_of(r"""
    \b(show|list|give|tell|find|count|display|get|describe|compare|calculate)\b
    \b(what|which|who|how|is|are|was|were|do|does|did|has|have)\b
""")


def leans_back(heard: Heard) -> bool:
    """Whether the question is elliptical: it has to be read with the one before."""
    text, words = " ".join(heard.folded), len(heard.folded)
    if words > _LONG:
        return False
    if _CONTINUES.match(text) or _PRONOUNS.search(text):
        return True
    bare = not _VERBS.search(text)
    return bool(_NARROWS.match(text) and (bare or words <= _SHORT)) or (bare and words <= _FRAGMENT)


def has_no_anchor(heard: Heard) -> bool:
    """Whether a short question begins in a way that only makes sense after another one."""
    text = " ".join(heard.folded)
    about = text.startswith(("what about", "how about"))
    fragment = _CONTINUES.match(text) or text.startswith(("by ", "per ", "as a "))
    return len(heard.folded) <= _SHORT and bool(about or (fragment and not _VERBS.search(text)))
