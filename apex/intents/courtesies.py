"""Greetings, thanks, farewells, and questions about DataChat itself: recognised when the whole question is one."""

import re

from apex.intents.rule import Finding, Heard

_GREETINGS = frozenset(
    "hi hii hello hallo hey heya hiya howdy greetings yo sup morning afternoon evening good day hola bonjour ciao salut "
    "moin servus namaste there everyone all team datachat bot friend again nice great cool awesome perfect thanks thank "
    "thx ty cheers danke merci gracias grazie you u so much very a lot many ok okay k alright fine sure yes yep yeah no "
    "nope got it understood wow lol haha hahaha well done job work excellent amazing wonderful super brilliant appreciated "
    "appreciate that's is that this was helpful useful love to meet pleased welcome sorry my bad oops the help your for "
    "test testing ping how are doing going things today whats what's up it's been while long time no see good".split()
)
_GREETING_CORE = frozenset(
    "hi hii hello hallo hey heya hiya howdy greetings yo sup morning afternoon evening hola bonjour ciao salut moin servus "
    "namaste thanks thank thx ty cheers danke merci gracias grazie ok okay k alright nice great cool awesome perfect wow "
    "lol haha hahaha yes yep yeah no nope sorry oops excellent amazing wonderful super brilliant understood test testing "
    "ping appreciated fine sure".split()
)
_SMALL_TALK = re.compile(
    r"(how are (you|u|things)|how's it going|how is it going|how do you do|what's up|whats up|are you (there|ok|alive|real|"
    r"human|a (bot|robot|human|person)|an ai)|nice to meet you|good (morning|afternoon|evening|day|night)|long time no see|"
    r"i (love|like|hate) you|you('re| are) (great|awesome|the best|amazing|smart|stupid|useless|funny|welcome)|well done|"
    r"good (job|work)|what is your name|what's your name|whats your name|how old are you|are you busy|tell me about yourself|"
    r"do you (like|love|sleep|dream|have feelings)( me)?)"
)
_GOODBYE = re.compile(
    r"(ok |okay |thanks |thank you |well |alright |i am |i'm |that's all |so |please )*"
    r"(bye|bye bye|goodbye|good bye|exit|quit|close|stop|end|see you|see ya|cya|later|see you later|talk to you later|farewell|"
    r"that's all|that is all|that's it|i'm done|i am done|done|nothing else|no more questions|have a (nice|good|great) "
    r"(day|one|evening|weekend|night)|good night|ciao|adios|tschüss|tschuess|au revoir|auf wiedersehen|q|:q|end chat|"
    r"end conversation|close chat|leave|log out|logout|bye for now|take care|never mind|nevermind|forget it|cancel)"
    r"( now| then| for now| all| everyone| datachat| thanks| thank you| bye| please| and have a (nice|good|great) day)*"
)
_HELP = re.compile(
    r"(please |can you |could you |i need |need |some |show |show me |give me |the |get )*(help|usage|manual|instructions|"
    r"commands|guide|tutorial|faq|documentation|docs)( me| please| menu| page| needed| pls| section)*|"
    r"(how (do|can|should|does|would) (i|we|one|you|this|it|datachat|the chat)( (use|work|operate|start|begin|ask|get started))+"
    r"( with)?( (this|it|datachat|you|questions|a question|here|this tool|this app|the tool|this thing))*)|"
    r"what (can|should|could|may|do) (i|we) (ask|say|type|do|write)( you| here| now| about| first| next)*|"
    r"(where|how) (do|should|can) i (start|begin|get started)|what now|what next|i'm lost|i am lost|i don't (know|understand)"
    r"( what to (do|ask))?|(give me|show me|some|any|what are some)* ?(sample|example) questions( please| i can ask)*|"
    r"examples of questions|what questions can (i|you) (ask|answer)( you)*|how to (use|start|ask)( this| it| datachat| questions)*"
)
_CAPABILITIES = re.compile(
    r"(what (can|could|do|will) (you|datachat|this( tool| app| bot)?|it) (do|offer|help( me)? with|know|answer|support)"
    r"( for me| about| exactly)*|who are you|what are you|what is (this|datachat|your (purpose|job|role))|what's (this|datachat)|"
    r"who (made|built|created|wrote) you|(what are|list|show|tell me)( me)? ?(your|the) (capabilities|features|skills|abilities|"
    r"functions|limits|limitations)|what (kinds?|sorts?|types?) of (questions|things) (can|do) (you|i) (answer|ask|do|handle|understand)"
    r"( you)*|how can you help( me)?|how do you work|how does (this|datachat|it) work|can you (help me|answer questions)|"
    r"what languages? (do|can) you (speak|understand|support)|which languages? (do|can) you (speak|understand|support)|"
    r"are you (safe|read only|read-only)|can you (change|write|modify|delete) (my )?(data|anything|the data|the database)|"
    r"what do you do|what are you (able to do|good at|for|capable of)|introduce yourself|tell me what you can do|"
    r"(do you|can you) speak \w+|what is datachat\w*|what makes you (special|different))"
)

HELP = (
    "Ask in plain English. About the catalog, without a model: Which tables are there? What columns does orders have? "
    "How many rows does orders have? Show me 5 rows of orders. How are orders and customers related? "
    "About the data: How many customers signed up last month? Revenue by country this year? "
    "Follow-ups such as \"and by month?\" continue the last question. DataChat only reads."
)  # fmt: skip
CAPABILITIES = (
    "DataChat answers questions about your database in plain language and shows the SQL, the tables and the steps behind "
    "each answer. Without a model it answers questions about the catalog: tables, columns, types, keys, relationships, "
    "descriptions, exact row counts, sample rows, distinct values and sizes. With a model it also writes SQL for questions "
    "about the data; every statement is checked first, and it only ever reads. When it is not sure, it asks."
)


def goodbye(heard: Heard) -> Finding | None:
    """A farewell, or a word that ends a session."""
    if _GOODBYE.fullmatch(_spoken(heard)):
        return Finding(kind="goodbye", reason="a farewell", reply="Goodbye.")
    return None


def small_talk(heard: Heard) -> Finding | None:
    """A greeting, thanks or a kind word, and nothing else."""
    spoken = _spoken(heard)
    words = spoken.split()
    chatting = len(words) <= 8 and not _GREETINGS.isdisjoint(words) and _GREETINGS.issuperset(words)
    if _SMALL_TALK.fullmatch(_without_greeting(words)) or (chatting and not _GREETING_CORE.isdisjoint(words)):
        thanks = {"thanks", "thank", "thx", "ty", "cheers", "danke", "merci", "gracias", "grazie"} & set(words)
        words_back = "You are welcome." if thanks else "Hello."
        return Finding(
            kind="small_talk", reason="small talk", reply=f"{words_back} What would you like to know about your data?"
        )
    return None


def help_wanted(heard: Heard) -> Finding | None:
    """How to ask."""
    if heard.text.strip() in ("?", "/help", "--help", "-h", "/?") or _HELP.fullmatch(
        _without_greeting(_spoken(heard).split())
    ):
        return Finding(kind="help", reason="asks how to ask", reply=HELP)
    return None


def capabilities(heard: Heard) -> Finding | None:
    """What DataChat is and can do."""
    if _CAPABILITIES.fullmatch(_without_greeting(_spoken(heard).split())):
        return Finding(kind="capabilities", reason="asks what DataChat can do", reply=CAPABILITIES)
    return None


def _spoken(heard: Heard) -> str:
    """The words alone; `what's` keeps its `is` out, so it reads `what`."""
    text = re.sub(r"[^\w\s'’:-]", " ", heard.text.casefold()).replace("’", "'")
    return " ".join(text.split())


def _without_greeting(words: list[str]) -> str:
    while words and words[0] in {
        "hi",
        "hello",
        "hey",
        "hallo",
        "ok",
        "okay",
        "so",
        "well",
        "please",
        "and",
        "datachat",
    }:
        words = words[1:]
    while words and words[-1] in {"please", "thanks", "datachat", "pls", "plz"}:
        words = words[:-1]
    return " ".join(words)
