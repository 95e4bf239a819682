"""Greetings, thanks, farewells, and questions about DataChat itself: recognised when the whole question is one."""

from apex.intents.phrases import any_of, plain
from apex.intents.rule import Finding, Heard

HELP = (
    "Ask in plain English. About the catalog, without a model: Which tables are there? What columns does orders have? "
    "How many rows does orders have? Show me 5 rows of orders. How are orders and customers related? "
    "About the data: How many customers signed up last month? Revenue by country this year? "
    'Follow-ups such as "and by month?" continue the last question. DataChat only reads.'
)
CAPABILITIES = (
    "DataChat answers questions about your database in plain language and shows the SQL, the tables and the steps "
    "behind each answer. Without a model it answers questions about the catalog (tables, columns, types, keys, row "
    "counts, sample rows, distinct values), about metrics and terms that are defined, and about the data where it "
    "understands every word. With a model it also writes SQL for the rest; every statement is checked first, and it "
    "only ever reads. When it is not sure, it asks."
)

_GREETINGS = (
    "hi hii hello hallo hey heya hiya howdy greetings yo sup morning afternoon evening hola bonjour ciao salut "
    "moin servus namaste ok okay k alright nice great cool awesome perfect wow lol haha hahaha yes yep yeah no "
    "nope sorry oops excellent amazing wonderful super brilliant understood test testing ping appreciated fine "
    "sure"
)
_THANKS = "thanks thank thx ty cheers danke merci gracias grazie"
_AROUND = (
    "good day there everyone all team datachat bot friend again you u so much very a lot many got it well done "
    "job work that's is that this was helpful useful to meet pleased welcome my bad the help your for are how "
    "doing going things today whats what's what up been while long time see"
)
"""Words that a greeting may have around it."""
_REPLIES = frozenset({"yes", "yep", "yeah", "no", "nope"})
_LEADING = frozenset({"hi", "hello", "hey", "hallo", "ok", "okay", "so", "well", "please", "and", "datachat"})
_TRAILING = frozenset({"please", "thanks", "pls", "plz"})
_LONGEST_GREETING = 8

_SMALL_TALK = any_of(r"""
    how (are (you|u|things)|is it going|do you do|'s it going)( doing)?( today)?
    how's it going|what's up|whats up|long time no see|nice to meet you|well done
    are you (there|ok|alive|real|human|a (bot|robot|human|person)|an ai|busy)
    good (morning|afternoon|evening|day|night|job|work)
    i (love|like|hate) you|you('re| are) (great|awesome|the best|amazing|smart|stupid|useless|funny|welcome)
    (what is|what's|whats) your name|how old are you|tell me about yourself
    do you (like|love|sleep|dream|have feelings)( me)?
""")
_GOODBYE = any_of(r"""
    ((ok|okay|thanks|thank you|well|alright|that's all|so|please) )*(bye|good ?bye|bye bye|see (you|ya)|cya)( .{1,20})?
    ((ok|okay|please) )?(exit|quit|close|stop|end|leave|log ?out|cancel|q|:q|/exit|/quit)( (now|please|datachat|chat))?
    (talk to you |see you )?later|farewell|ciao|adios|tschüss|au revoir|auf wiedersehen|good night|take care
    ((ok|okay|thanks|thank you) )?(that's|that is) (all|it)( for (now|today))?( thanks| thank you| bye)?
    (i'm|i am) done( here| now| for today)?|done|nothing else|no more questions|never ?mind|forget it
    (end|close) (the )?(chat|conversation|session)
    (thanks )?have a (nice|good|great) (day|one|evening|weekend|night)
""")
_HELP = any_of(r"""
    ((please|can you|could you|i need|need|some|show|give|the|get|me) )*(help|usage|manual|instructions|commands)
    ((please|can you|could you|i need|need|some|show|give|the|get|me) )*(guide|tutorial|faq)
    help (me|menu|page|needed|please)( please)?|(show me |read )?the (manual|docs|documentation)|h|/help|--help|-h
    how (do|can|should|does|would|to)( (i|we|one|this|it|datachat))* (use|work|start|begin|ask|get started)( .{1,40})?
    (what|which questions) (can|should|could|may|do) (i|we) (ask|say|type|do|write)( (you|here|now|about|first|next))*
    where (do|should|can) i (start|begin|get started)|what now|what next|(i'm|i am) lost
    i (don't|do not) (know|understand) what to (do|ask)
    ((give|show|tell) me )?((some|any|a few|what are some) )?(sample|example) questions( .{1,20})?
    examples of questions
    what questions can (i|you) (ask|answer)( you)?
""")
_CAPABILITIES = any_of(r"""
    what (can|could|will|do) (you|datachat|this( tool| app)?|it) (do|offer|help( me)? with|answer|support)( .{1,15})?
    (who|what) are you|what do you do|what is (this|datachat|your (purpose|job|role))|what's (this|datachat)
    who (made|built|created|wrote) you|introduce yourself|what makes you (special|different)
    ((what are|list|show|show me|tell me) )?(your|the) (capabilities|features|skills|abilities|functions|limitations)
    (what|which) (kinds?|sorts?|types?) of (questions|things) (can|do) (you|i) (answer|ask|do|handle|understand)( you)?
    how can you help( me)?|how do you work|how does (this|datachat) work|can you (help me|answer questions)
    (what|which) languages? (do|can) you (speak|understand|support)|(do|can) you speak \w+
    can you (change|write|modify|delete) (my |the )?(data|anything|database)
    what are you (able to do|good at|for|capable of)|tell me what you can do
    are you (safe|read.only)
""")


def goodbye(heard: Heard) -> Finding | None:
    """A farewell, or a word that ends a session."""
    if _GOODBYE.fullmatch(plain(heard.text)):
        return Finding(kind="goodbye", reason="a farewell", reply="Goodbye.")
    return None


def small_talk(heard: Heard) -> Finding | None:
    """A greeting, thanks or a kind word, and nothing else."""
    words = plain(heard.text).split()
    if not (_SMALL_TALK.fullmatch(_unwrapped(heard)) or _is_greeting(words)):
        return None
    opening = "You are welcome." if not set(_THANKS.split()).isdisjoint(words) else "Hello."
    if _REPLIES.issuperset(words):
        opening = "No question of mine waits for an answer."
    return Finding(
        kind="small_talk", reason="small talk", reply=f"{opening} What would you like to know about your data?"
    )


def help_wanted(heard: Heard) -> Finding | None:
    """How to ask."""
    if heard.text.strip() == "?" or _HELP.fullmatch(_unwrapped(heard)):
        return Finding(kind="help", reason="asks how to ask", reply=HELP)
    return None


def capabilities(heard: Heard) -> Finding | None:
    """What DataChat is and can do."""
    if _CAPABILITIES.fullmatch(_unwrapped(heard)):
        return Finding(kind="capabilities", reason="asks what DataChat can do", reply=CAPABILITIES)
    return None


def _is_greeting(words: list[str]) -> bool:
    core = {*_GREETINGS.split(), *_THANKS.split()}
    known = core.union(_AROUND.split())
    return len(words) <= _LONGEST_GREETING and known.issuperset(words) and not core.isdisjoint(words)


def _unwrapped(heard: Heard) -> str:
    """The question without the hello before it and the thanks behind it."""
    words = plain(heard.text).split()
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    while len(words) > 1 and words[-1] in _TRAILING:
        words = words[:-1]
    return " ".join(words)
