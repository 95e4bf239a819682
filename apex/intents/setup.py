"""Questions about setting DataChat up: databases, models, keys, and where things are kept."""

import re

from apex.intents.phrases import alternatives, any_of, plain
from apex.intents.rule import Finding, Heard

_LONGEST = 200

_ASKS = alternatives(r"""
    how (do|can|should|would|could|to)|where (do|can|should|is|are)|can (i|we|you)|help me( to)?
    i (want|need|would like) to|is it possible to|steps to|guide to|what do i need to
""")
_ACTS = alternatives(r"""
    connect|configure|set ?up|add|install|register|point|plug in|hook up|attach|switch|change|use|choose|select|put
    provide|enter|start|run|deploy|upgrade|update|remove|enable|disable|reset|log ?in|sign in|store|save|kept
    stored|set
""")
_THINGS = alternatives(r"""
    ((new|another|different|other|second|own|local|remote|external) )*(databases?|db|data ?sources?|connections?)
    connection string|models?|llm|language model|providers?|api key|openai\w*|anthropic|claude|gpt\S*|gemini
    ollama|bedrock
    postgres(ql)?|mysql|mariadb|sqlite|duckdb|clickhouse|snowflake|bigquery|datachat|embeddings?
    environment variables?
    settings?|config(uration)?( file)?|csv( files?)?|parquet( files?)?|excel( files?)?|credentials?
""")
_HOW = re.compile(rf"\b{_ASKS}\b.{{0,30}}\b{_ACTS}\b.{{0,40}}\b{_THINGS}\b")
_STATE = any_of(r"""
    \b(which|what) (llm|language model|ai model|ai)\b
    \b(which|what) model (is|are|do|does)\b.{0,15}\b(you|used?|using|configured|set|running|active|this|datachat)\b
    \b(which|what) model (powers?|runs?) (you|this|datachat|it)\b
    \b(are you|is this|is it|is datachat) (using|based|powered)\b.{0,20}\b(gpt|chatgpt|openai|claude|llm|model)\b
    \b(is|are) (a |an |any |the )?(model|llm|database|connection|api key)s? (configured|set up|connected|set)\b
    \bwhere (is|are) (my |the )?(data|credentials|passwords?|keys|settings|config\w*) (stored|kept|saved)\b
    \b(datachat_\w+|openai_api_key|openai_base_url|database_url|system_database_url)\b
    ^(setup|set up|installation|configuration|getting started)( (wizard|guide|steps|help))?$
""")


def setup(heard: Heard) -> Finding | None:
    """How to connect a database, which model is used, where settings go."""
    text = plain(heard.text)
    if len(text) > _LONGEST or not (_HOW.search(text) or _STATE.search(text)):
        return None
    model = f"The model in use is {heard.model}." if heard.model else "No model is configured at present."
    return Finding(
        kind="setup",
        reason="asks how DataChat is set up",
        reply=f"{model} A database is added with `datachat database add NAME URL --default`, or set DATABASE_URL "
        "(for example postgresql://user:password@host/name, mysql://..., clickhouse://..., sqlite:///file.db, or a CSV "
        "or Parquet file). A model is set with DATACHAT_MODEL (for example openai:gpt-4o) and OPENAI_API_KEY; "
        "OPENAI_BASE_URL points at any OpenAI-compatible server. `datachat setup` asks for all of it, "
        "`datachat doctor` says what is missing.",
    )
