"""Questions that no database answers: weather, jokes, poems, translations, code, general knowledge."""

import re

from apex.intents.phrases import alternatives, any_of
from apex.intents.rule import Finding, Heard
from apex.questions.reading import words_in

REPLY = (
    "That is outside of what DataChat does: it answers questions about the connected database. "
    "Ask for example: Which tables are there?"
)

_WORKS = alternatives(r"""
    poems?|jokes?|story|stories|songs?|essays?|haikus?|limericks?|riddles?|novels?|lyrics|rap|speech
    cover letter|fun facts?
    blog post|tweet|recipe|email to|letter to|cv|resume|compliment|puns?|something funny
    (?:python|java|javascript|typescript|rust|go|c\+\+|bash|shell|php|ruby)( code| script| function| program)?
""")
_PERFORM = re.compile(
    r"\b(write|compose|tell|sing|draft|generate|create|make( up)?|give|recite|invent|say)\b"
    rf"( (me|us|a|an|some|the|my|something|another|short|long|funny|nice|little|good|bedtime))* {_WORKS}\b"
)
_KNOWLEDGE = any_of(r"""
    \bwhat( is|'s|s)?( the)? (weather|time is it|meaning of life|capital (city )?of|date today|stock price of)\b
    \bwhat( is|'s|s)?( the)? (exchange rate|score of|population of|square root of|speed of light|height of mount)\b
    \bwhat( is|'s|s)?( the)? (latest )?news\b
    \b(weather|temperature) (forecast|today|tomorrow|outside|in \w+( today| tomorrow| now)?$)
    \b(will it|is it going to|is it) (rain|raining|snow|snowing|sunny|cold|hot)\b
    \bwhat time is it\b|\bwho will win\b|\bwhat should i (wear|eat|cook|do with my life)\b
    \bwho (is|was) the (president|prime minister|king|queen|pope|chancellor) of\b
    \b(who|what) (is|was) (god|love|elon musk|taylor swift|(albert )?einstein)\b
    \bwho (won|invented|discovered|painted|wrote) (the )?(world cup|super bowl|oscars?|election|telephone|mona lisa)\b
    \bwho (won|invented|discovered|painted|wrote) (the )?(romeo|hamlet|bible|harry potter|odyssey|america)\b
    \btranslate\b.{1,80}\b(to|into) \w+
    \bexplain (quantum|relativity|photosynthesis|black holes|machine learning|blockchain)\b
    \bhow (do|can) (i|you) (cook|bake|make (a )?(cake|pizza|coffee)|lose weight|learn to|tie a)\b
    \b(recipe for|horoscope|lottery numbers)\b|\bplay (a game|music|some music|a song)\b|\bdebug (my|this) code\b
    \b(book|order|buy) (me )?(a|an|some) (flight|hotel|pizza|ticket|taxi)\b
    \bwhat (is|are) \d+ ?[-+*/x×÷] ?\d+|^\d+ ?[-+*/x×÷] ?\d+ ?=?\??$|\bsolve (this|the) (equation|riddle)\b
    \bset (a|an) (alarm|timer|reminder)\b|\bremind me\b
    \b(movie|book|restaurant|film) recommendations?\b
    \brecommend (me )?(a|some) (movies?|books?|restaurants?|films?)\b
""")
_COMMON = frozenset(
    {"what", "tell", "make", "some", "that", "this", "today", "tomorrow", "going", "with", "from", "will"}
)
_TELLING = 4
"""Shorter words do not say what a question is about."""


def out_of_scope(heard: Heard) -> Finding | None:
    """Something to perform or to know of the world at large."""
    text = " ".join(heard.text.casefold().replace("’", "'").split())
    if _PERFORM.search(text) or _KNOWLEDGE.search(text):
        return Finding(kind="out_of_scope", reason="not a question to a database", reply=REPLY)
    return None


def topics(text: str) -> set[str]:
    """The words that would bring such a question back into scope, were a table or column called so."""
    return {word.folded for word in words_in(text) if word.folded not in _COMMON and len(word.folded) >= _TELLING}
