"""One turn, from question to answer, on one screen."""

from collections.abc import Callable, Mapping

from langgraph.graph import END, START, StateGraph
from langgraph.types import RetryPolicy

from core.context import Context
from core.errors import UpstreamError
from core.state import Asked, State
from graph.routes import (
    after_compiler,
    after_context_answer,
    after_executor,
    after_intent_gate,
    after_retriever,
    after_review,
    after_sql_agent,
    after_validator,
    at_once,
)
from graph.tracing import Outcome, traced
from nodes.answer import answer
from nodes.clarify import clarify
from nodes.compiler import compiler
from nodes.context_answer import context_answer
from nodes.executor import executor
from nodes.intent_gate import intent_gate
from nodes.preview import preview
from nodes.retriever import retriever
from nodes.review import review
from nodes.sql_agent import sql_agent
from nodes.validator import validator

NODES = (
    intent_gate,
    clarify,
    retriever,
    context_answer,
    compiler,
    preview,
    sql_agent,
    validator,
    review,
    executor,
    answer,
)

EDGES = {START: "intent_gate", "preview": "clarify", "clarify": "intent_gate", "answer": END}
FORKS: Mapping[str, Callable[..., str]] = {
    "intent_gate": after_intent_gate,
    "retriever": after_retriever,
    "context_answer": after_context_answer,
    "compiler": after_compiler,
    "sql_agent": after_sql_agent,
    "validator": after_validator,
    "review": after_review,
    "executor": after_executor,
}
PAUSES = frozenset({"clarify", "review"})
"""Where a turn waits for a person."""

# A repair is an edge of the graph; a retry is only for a connection that broke under a statement. One that cannot be
# opened at all has been given its seconds already, and models have their own tries.
RETRIED = {"executor": RetryPolicy(retry_on=UpstreamError, max_attempts=2, initial_interval=0.2)}


def build(context_schema: type[Context] = Context) -> StateGraph[State, Context, Asked, Outcome]:
    """The turn's graph, not yet compiled."""
    graph = StateGraph(State, context_schema, input_schema=Asked, output_schema=Outcome)
    for node in NODES:
        graph.add_node(node.__name__, traced(node), retry_policy=RETRIED.get(node.__name__))
    for node, following in EDGES.items():
        graph.add_edge(node, following)
    for node, route in FORKS.items():
        graph.add_conditional_edges(node, at_once(route))
    return graph
