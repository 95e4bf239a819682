"""One turn, from question to answer, on one screen."""

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
    sql_agent,
    validator,
    review,
    executor,
    answer,
)

# A repair is an edge of the graph; a retry is only for a connection that broke under a statement. One that cannot be
# opened at all has been given its seconds already, and models have their own tries.
RETRIED = {"executor": RetryPolicy(retry_on=UpstreamError, max_attempts=2, initial_interval=0.2)}


def build(context_schema: type[Context] = Context) -> StateGraph[State, Context, Asked, Outcome]:
    """The turn's graph, not yet compiled."""
    graph = StateGraph(State, context_schema, input_schema=Asked, output_schema=Outcome)
    for node in NODES:
        graph.add_node(node.__name__, traced(node), retry_policy=RETRIED.get(node.__name__))
    graph.add_edge(START, "intent_gate")
    graph.add_conditional_edges("intent_gate", at_once(after_intent_gate))
    graph.add_edge("clarify", "intent_gate")
    graph.add_conditional_edges("retriever", at_once(after_retriever))
    graph.add_conditional_edges("context_answer", at_once(after_context_answer))
    graph.add_conditional_edges("compiler", at_once(after_compiler))
    graph.add_conditional_edges("sql_agent", at_once(after_sql_agent))
    graph.add_conditional_edges("validator", at_once(after_validator))
    graph.add_conditional_edges("review", at_once(after_review))
    graph.add_conditional_edges("executor", at_once(after_executor))
    graph.add_edge("answer", END)
    return graph
