"""Questions that no database answers: weather, jokes, poems, translations, code, general knowledge."""

import re

from apex.intents.rule import Finding, Heard
from apex.questions.reading import words_in

_PERFORM = re.compile(
    r"\b(write|compose|tell|sing|draft|generate|create|make( up)?|give|recite|invent|say)\b( me| us| a| an| some| the| my| something| another| "
    r"short| long| funny| nice| little| good)*\b (poems?|jokes?|story|stories|songs?|essays?|haikus?|limericks?|riddles?|novels?|"
    r"lyrics|rap|speech|cover letter|(?:python|java|javascript|rust|go|c\+\+|bash|shell|php|ruby)( code| script| function| program)?|"
    r"fun facts?|blog post|tweet|recipe|email to|letter to|cv|resume|bedtime story|compliment|pun|puns|something funny)\b"
)
_KNOWLEDGE = re.compile(
    r"\bwhat( is|'s|s)?( the)? (weather|time is it|meaning of life|capital (city )?of|date today|stock price of|temperature (outside|today|in)"
    r"|news|latest news|exchange rate|score of|population of|distance (between|from|to)|square root of|speed of light|height of mount)\b|"
    r"\b(weather|temperature) (forecast|today|tomorrow|outside|in \w+( today| tomorrow| now)?$)|\b(will it|is it going to|is it) (rain|raining|"
    r"snow|snowing|sunny|cold|hot)\b|\bwhat time is it\b|\bwho (is|was) the (president|prime minister|king|queen|pope|chancellor) of\b|"
    r"\bwho (won|invented|discovered|painted|wrote) (the )?(world cup|super bowl|oscars?|election|lottery|telephone|light ?bulb|internet|wheel|mona lisa|romeo|hamlet|bible|harry potter|odyssey|america)\b|\btranslate\b.{1,80}\b(to|into) \w+|\bhow (do|can) (i|you) (cook|bake|"
    r"make (a )?(cake|pizza|coffee)|lose weight|learn to|tie a)\b|\b(recipe for|horoscope|lottery numbers)\b|\bplay (a game|music|some music|a song)"
    r"|\b(book|order|buy) (me )?(a|an|some) (flight|hotel|pizza|ticket|table|taxi)\b|\bwhat (is|are) \d+ ?[-+*/x×÷] ?\d+|^\d+ ?[-+*/x×÷] ?\d+ ?=?\??$|"
    r"\bset (a|an) (alarm|timer|reminder)\b|\bremind me\b|\bwho are (the beatles|you voting)\b|\bsolve (this|the) (equation|riddle)\b|"
    r"\b(movie|book|restaurant|film) recommendations?\b|\brecommend (me )?(a|some) (movies?|books?|restaurants?|films?)\b|"
    r"\bdebug (my|this) code\b|\b(who|what) (is|was) (god|love|elon musk|taylor swift|einstein|albert einstein)\b|\bexplain (quantum|relativity|"
    r"photosynthesis|black holes|machine learning|blockchain)\b|\bwho will win\b|\bwhat should i (wear|eat|cook|do with my life)\b"
)
_COMMON = frozenset(
    "what is the a an of in me tell who was write how do can you today tomorrow will it going to make some and for my please".split()
)


def out_of_scope(heard: Heard) -> Finding | None:
    """Something to perform or to know of the world at large."""
    text = " ".join(heard.text.casefold().replace("’", "'").split())
    if _PERFORM.search(text) or _KNOWLEDGE.search(text):
        return Finding(
            kind="out_of_scope",
            reason="not a question to a database",
            reply="That is outside of what DataChat does: it answers questions about the connected database. "
            "Ask for example: Which tables are there?",
        )
    return None


def topics(text: str) -> set[str]:
    """The words that would bring such a question back into scope, were a table or column called so."""
    return {word.folded for word in words_in(text) if word.folded not in _COMMON and len(word.folded) > 3}
