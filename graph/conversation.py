"""A conversation remembers; each of its turns starts from a clean ledger."""

from langgraph.graph import END, START, StateGraph

from core.context import Context
from core.state import Conversation
from graph import turn
from nodes.remember import remember


def build(context_schema: type[Context] = Context) -> StateGraph[Conversation, Context, Conversation, Conversation]:
    """The conversation's graph, not yet compiled; its thread is the conversation's id."""
    graph = StateGraph(Conversation, context_schema)
    graph.add_node("turn", turn.build(context_schema).compile())
    graph.add_node("remember", remember)
    graph.add_edge(START, "turn")
    graph.add_edge("turn", "remember")
    graph.add_edge("remember", END)
    return graph
