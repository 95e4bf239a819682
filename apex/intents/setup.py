"""Questions about setting DataChat up: databases, models, keys, and where things are kept."""

import re

from apex.intents.rule import Finding, Heard

_ACTS = (
    r"(connect|configure|set ?up|setup|add|install|register|point|plug in|hook up|attach|link|switch|change|use|choose|select|"
    r"provide|enter|start|run|deploy|upgrade|update|remove|enable|disable|reset|log ?in|sign in|store|save|kept|stored)"
)
_THINGS = (
    r"((new |another |different |other |second |own |local |remote |external )*"
    r"(databases?|db|data ?sources?|connections?|connection string|models?|llm|language model|ai model|providers?|api keys?|keys?|"
    r"openai\w*|anthropic|claude|gpt\S*|gemini|ollama|bedrock|postgres(ql)?|mysql|mariadb|sqlite|duckdb|clickhouse|snowflake|"
    r"bigquery|datachat|embeddings?|environment variables?|settings?|config(uration)?( file)?|csv( files?)?|parquet( files?)?|"
    r"excel( files?)?|url|credentials?|password|server))"
)
_HOW = re.compile(
    rf"\b(how (do|can|should|would|could|to)|where (do|can|should|is|are)|can (i|we|you)|help me( to)?|i (want|need|would like) to|"
    rf"is it possible to|steps to|guide to|what do i need to)\b.{{0,30}}\b{_ACTS}\b.{{0,40}}\b{_THINGS}\b"
)
_WHICH_MODEL = re.compile(
    r"\b(which|what|is (a|the|any|your)|are you using|do you use|what's (the|your))\b.{0,15}"
    r"\b(llm|language model|ai model|gpt\S*|chatgpt|openai|claude|(?<!data )(?<!car )models?"
    r"(?= (is|are) (used|in use|configured|set|running|active|being)| do(es)? (you|it|datachat)|( is)? configured| set up| used| behind|"
    r" you use| you are| powers?))\b|\b(is|are) (a |an |any )?(model|llm|database|connection)s? (configured|set up|connected|installed)\b"
)
_SETTING = re.compile(
    r"\b(datachat_model|openai_api_key|openai_base_url|database_url|datachat_home|system_database_url|api key)\b|"
    r"\bwhere (is|are) (my |the )?(data|credentials|passwords?|keys|settings|config\w*|conversations?) (stored|kept|saved)\b|"
    r"\b(setup|set up|installation|configuration|getting started)( wizard| guide| steps)?$"
)


def setup(heard: Heard) -> Finding | None:
    """How to connect a database, which model is used, where settings go."""
    text = " ".join(re.sub(r"[^\w\s'.-]", " ", heard.text.casefold()).split())
    if len(text) > 200 or not (_HOW.search(text) or _WHICH_MODEL.search(text) or _SETTING.search(text)):
        return None
    model = f"The model in use is {heard.model}." if heard.model else "No model is configured at present."
    return Finding(
        kind="setup",
        reason="asks how DataChat is set up",
        reply=f"{model} A database is added with `datachat database add NAME URL --default`, or set DATABASE_URL "
        "(for example postgresql://user:password@host/name, mysql://..., clickhouse://..., sqlite:///file.db, or a CSV or Parquet "
        "file). A model is set with DATACHAT_MODEL (for example openai:gpt-4o) and OPENAI_API_KEY; OPENAI_BASE_URL points at any "
        "OpenAI-compatible server. `datachat setup` asks for all of it, `datachat doctor` says what is missing.",
    )
