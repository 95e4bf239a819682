import asyncio
import json
import operator
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import ormsgpack
import psycopg
import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, Interrupt, interrupt
from psycopg.conninfo import make_conninfo
from typing_extensions import TypedDict

from core import values
from core.errors import UpstreamError
from core.values import (
    Answer,
    Clarification,
    Compiled,
    Draft,
    Evidence,
    Exchange,
    Execution,
    Failure,
    Intent,
    Remembered,
    Result,
    ResultColumn,
    ReviewRequest,
    Step,
    TurnRecord,
    Usage,
    Verdict,
    Violation,
)
from graph import conversation, turn
from graph.checkpoints import TurnSerializer, open_checkpoints
from store.conversations import Conversations
from store.embedded import start
from store.events import Events
from store.retention import Pruned, prune
from store.system import System

ROOT = Path(__file__).parents[2]
SERIALIZER = TurnSerializer()
OPEN = """
import asyncio, sys
from pathlib import Path
from graph.checkpoints import open_checkpoints
from store.system import System
async def main():
    system = await System.open(sys.argv[1], Path('.'))
    async with open_checkpoints(system):
        pass
    await system.close()
asyncio.run(main())
"""
RESULT = Result(columns=[ResultColumn(name="n", type="integer")], rows=[[1, None, "x", [1.5], {"a": True}]])


class Asked(TypedDict, total=False):
    question: str


class Counting(Asked, total=False):
    steps: Annotated[list[Step], operator.add]
    answers: Annotated[list[Answer], operator.add]


def counting_graph(saver: AsyncPostgresSaver) -> CompiledStateGraph[Counting, None, Counting, Counting]:
    """A conversation with a turn inside, which waits for a reply when the question says so."""

    def look(state: Counting) -> Counting:
        return {"steps": [Step(node="look", decision=state.get("question", ""))]}

    def reply(state: Counting) -> Counting:
        question = state.get("question", "")
        words = interrupt({"clarification": "Which?"}) if "wait" in question else question
        return {"answers": [Answer(status="answered", answer=str(words), error=Failure(code="x", message="y"))]}

    inner = StateGraph(Counting, input_schema=Asked, output_schema=Counting)
    inner.add_node("look", look)
    inner.add_node("reply", reply)
    inner.add_edge(START, "look")
    inner.add_edge("look", "reply")
    inner.add_edge("reply", END)
    graph = StateGraph(Counting)
    graph.add_node("turn", inner.compile())
    graph.add_edge(START, "turn")
    graph.add_edge("turn", END)
    return graph.compile(checkpointer=saver)


def on(thread: str) -> RunnableConfig:
    return {"configurable": {"thread_id": thread}}


@pytest.fixture
async def saver(system: System) -> AsyncIterator[AsyncPostgresSaver]:
    async with open_checkpoints(system) as opened:
        yield opened


class TestSerializer:
    @pytest.mark.parametrize(
        "value",
        [
            None,
            b"bytes",
            {"rows": [[1, 2.5, None, "x\0"]], "2": True},
            Intent(kind="data", text="x", clarification=Clarification(question="?", options=["a"])),
            Compiled(status="told", result=RESULT, evidence=[Evidence(kind="table", id="t")]),
            [Draft(sql="SELECT 1", usage=Usage(llm_calls=1, cost_usd=0.5), failure=Failure(code="c", message="m"))],
            Verdict(ok=False, violations=[Violation(rule="r", message="m")]),
            Execution(result=RESULT, row_count=1),
            Exchange(clarification=Clarification(question="?"), reply="a"),
            Answer(status="waiting", answer="x", review=ReviewRequest(sql="SELECT 1", reason="cost"), chart={"a": [1]}),
            TurnRecord(id="t", conversation_id="c", user="u", question="q", started_at=datetime.now(UTC)),
            [Remembered(question="q", filters=["a"])],
            [Interrupt(value={"clarification": {"question": "?"}}, id="i")],
            {"when": datetime(2026, 1, 2, tzinfo=UTC), "day": date(2026, 1, 2), "for": timedelta(days=1)},
            {"exact": Decimal("1.10"), "id": UUID(int=5)},
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_what_a_turn_holds_comes_back(self, value: object):
        back = SERIALIZER.loads_typed(SERIALIZER.dumps_typed(value))
        assert back == value

    @pytest.mark.parametrize("code", range(8))
    @pytest.mark.parametrize(
        ("module", "name", "parts", "method"),
        [
            ("os", "system", "touch CANARY", "x"),
            ("subprocess", "run", ["touch", "CANARY"], "x"),
            ("builtins", "eval", "open('CANARY', 'w')", "x"),
            ("pathlib", "Path", "CANARY", "touch"),
            ("core.values.base", "BaseModel", {}, "x"),
            ("core.errors", "DataChatError", "x", "x"),
            ("langgraph.types", "Command", {"goto": "executor"}, "x"),
            ("core.values.answers", "Answer", {"status": "hacked", "answer": 1}, "model_construct"),
        ],
    )
    def test_a_foreign_object_is_corrupt_and_runs_nothing(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        code: int,
        module: str,
        name: str,
        parts: object,
        method: str,
    ):
        monkeypatch.chdir(tmp_path)
        packed = ormsgpack.packb(ormsgpack.Ext(code, ormsgpack.packb([module, name, parts, method])))
        for blob in (packed, ormsgpack.packb({"a": [ormsgpack.Ext(7, packed)]})):
            with pytest.raises(UpstreamError) as caught:
                SERIALIZER.loads_typed(("msgpack", blob))
            assert caught.value.code == "corrupt"
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize(
        "envelope",
        [
            {
                "lc": 1,
                "type": "constructor",
                "id": ["langchain_core", "messages", "HumanMessage"],
                "kwargs": {"content": "x"},
            },
            {"lc": 1, "type": "secret", "id": ["PATH"]},
            {"lc": 2, "type": "constructor", "id": ["os", "system"], "args": ["touch CANARY"]},
        ],
    )
    def test_an_envelope_is_never_opened(self, envelope: dict[str, object]):
        with pytest.raises(UpstreamError):
            SERIALIZER.loads_typed(("json", json.dumps(envelope).encode()))
        assert SERIALIZER.loads_typed(("msgpack", ormsgpack.packb(envelope))) == envelope

    @pytest.mark.parametrize(
        ("kind", "blob"),
        [
            ("pickle", b"cos\nsystem\n(S'true'\ntR."),
            ("msgpack", b""),
            ("msgpack", b"\xc1"),
            ("msgpack", SERIALIZER.dumps_typed(RESULT)[1][:-3]),
            ("msgpack", b"\x91" * 100_000),
            ("msgpack", ormsgpack.packb(ormsgpack.Ext(5, b"\x91" * 100_000))),
            ("msgpack", ormsgpack.packb(ormsgpack.Ext(5, ormsgpack.packb(["core.values"])))),
            ("msgpack", ormsgpack.packb(ormsgpack.Ext(5, ormsgpack.packb([["a"], {}, {}, {}])))),
            ("unknown", b"x"),
        ],
    )
    def test_garbage_is_corrupt(self, kind: str, blob: bytes):
        with pytest.raises(UpstreamError):
            SERIALIZER.loads_typed((kind, blob))


@pytest.mark.parametrize("build", [conversation.build, turn.build])
def test_one_node_runs_at_a_time(build: Callable[[], StateGraph[Any, Any, Any, Any]]):
    """What the saver rests on when it leaves a finished node's findings to the next checkpoint."""
    leaving: defaultdict[str, list[bool]] = defaultdict(list)
    for edge in build().compile().get_graph().edges:
        leaving[edge.source].append(edge.conditional)
    assert all(len(ways) == 1 or all(ways) for ways in leaving.values())


class TestSaver:
    async def test_a_turn_waits_and_goes_on_in_another_process(self, system: System, saver: AsyncPostgresSaver):
        await counting_graph(saver).ainvoke({"question": "wait"}, on("c1"), durability="sync")
        async with open_checkpoints(system) as other:
            graph = counting_graph(other)
            snapshot = await graph.aget_state(on("c1"))
            assert snapshot.interrupts[0].value == {"clarification": "Which?"}
            done = await graph.ainvoke(Command(resume="that"), on("c1"), durability="sync")
        assert [each.answer for each in done["answers"]] == ["that"]
        assert isinstance(done["answers"][0], Answer)

    async def test_its_tables_are_ours(self, system: System, saver: AsyncPostgresSaver):
        async with system.connection() as connection:
            rows = await connection.execute("SELECT schemaname FROM pg_tables WHERE tablename LIKE 'checkpoint%'")
            assert {row[0] for row in await rows.fetchall()} == {"datachat"}

    async def test_four_processes_make_the_tables_at_once(self, system: System):
        code = "import asyncio, sys\nfrom pathlib import Path\nfrom graph.checkpoints import open_checkpoints\n"
        code += "from store.system import System\nasync def main():\n"
        code += (
            "    system = await System.open(sys.argv[1], Path('.'))\n    async with open_checkpoints(system): pass\n"
        )
        code += "    await system.close()\nasyncio.run(main())"
        together = [subprocess.Popen([sys.executable, "-c", code, system.url], cwd=ROOT) for _ in range(4)]
        assert [await asyncio.to_thread(each.wait) for each in together] == [0] * 4

    async def test_every_step_is_one_commit_and_saved_once(self, system: System, saver: AsyncPostgresSaver):
        graph = counting_graph(saver)
        await graph.ainvoke({"question": "one"}, on("c1"), durability="sync")
        checkpoints = [each async for each in saver.alist(on("c1"))]
        async with system.connection() as connection:
            commits = "SELECT count(DISTINCT xmin::text) FROM datachat.checkpoints"
            assert await (await connection.execute(commits)).fetchall() == [(len(checkpoints),)]
            strays = """SELECT count(*) FROM datachat.checkpoint_blobs b WHERE NOT EXISTS (
                SELECT FROM datachat.checkpoints c WHERE c.xmin::text = b.xmin::text)"""
            assert await (await connection.execute(strays)).fetchall() == [(0,)]
            writes = await connection.execute("SELECT count(*) FROM datachat.checkpoint_writes")
            assert await writes.fetchall() == [(0,)]

    async def test_langgraphs_own_saver_takes_over_and_hands_back(self, system: System, saver: AsyncPostgresSaver):
        graph = counting_graph(saver)
        await graph.ainvoke({"question": "wait"}, on("c1"), durability="sync")
        ours = [each async for each in saver.alist(on("c1"))]
        url = make_conninfo(system.url, options="-csearch_path=datachat")
        async with AsyncPostgresSaver.from_conn_string(url, serde=TurnSerializer()) as theirs:
            assert [each async for each in theirs.alist(on("c1"))] == ours
            await counting_graph(theirs).ainvoke(Command(resume="that"), on("c1"), durability="sync")
        done = await graph.ainvoke({"question": "two"}, on("c1"), durability="sync")
        assert [each.answer for each in done["answers"]] == ["that", "two"]

    async def test_one_turn_never_waits_for_another(self, system: System, saver: AsyncPostgresSaver):
        """A turn whose write is held up in the database leaves the others alone."""
        graph = counting_graph(saver)
        await graph.ainvoke({"question": "one"}, on("slow"), durability="sync")
        async with await psycopg.AsyncConnection.connect(system.url) as blocker:
            await blocker.execute("SELECT FROM datachat.checkpoints WHERE thread_id = 'slow' FOR UPDATE")
            [latest] = [each async for each in saver.alist(on("slow"), limit=1)]
            again = saver.aput(
                {"configurable": {"thread_id": "slow", "checkpoint_ns": ""}}, latest.checkpoint, latest.metadata, {}
            )
            held_up = asyncio.ensure_future(again)
            await asyncio.sleep(0.1)
            async with asyncio.timeout(5):
                await asyncio.gather(*(graph.ainvoke({"question": "q"}, on(f"c{n}")) for n in range(8)))
            assert not held_up.done()
            await blocker.rollback()
        await held_up

    async def test_cancelled_turns_leave_the_pool_sound(self, saver: AsyncPostgresSaver):
        graph = counting_graph(saver)
        for number in range(40):
            running = asyncio.ensure_future(graph.ainvoke({"question": "q"}, on(f"c{number}"), durability="sync"))
            await asyncio.sleep(number * 0.001)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        done = await asyncio.gather(*(graph.ainvoke({"question": "q"}, on(f"d{n}")) for n in range(16)))
        assert all(each["answers"] for each in done)

    async def test_a_tampered_checkpoint_stops_its_turn_alone(self, system: System, saver: AsyncPostgresSaver):
        graph = counting_graph(saver)
        for thread in ("bad", "good"):
            await graph.ainvoke({"question": "one"}, on(thread), durability="sync")
        evil = ormsgpack.packb(ormsgpack.Ext(0, ormsgpack.packb(["os", "system", "touch CANARY"])))
        async with system.connection() as connection:
            await connection.execute(
                "UPDATE datachat.checkpoint_blobs SET blob = %s WHERE thread_id = 'bad' AND channel = 'answers'", [evil]
            )
        with pytest.raises(UpstreamError) as caught:
            await graph.ainvoke({"question": "two"}, on("bad"))
        assert caught.value.code == "corrupt"
        assert not Path("CANARY").exists()
        done = await graph.ainvoke({"question": "two"}, on("good"))
        assert [each.answer for each in done["answers"]] == ["one", "two"]

    async def test_a_database_that_is_gone_is_an_upstream_error_and_comes_back(self):
        home = Path(tempfile.mkdtemp(prefix="datachat-test-"))
        embedded = await start(home)
        system = await System.open(embedded.url, home)
        async with open_checkpoints(system) as saver:
            graph = counting_graph(saver)
            await graph.ainvoke({"question": "one"}, on("c1"), durability="sync")
            await embedded.leave()
            began = time.perf_counter()
            with pytest.raises(UpstreamError):
                await graph.ainvoke({"question": "two"}, on("c1"), durability="sync")
            assert time.perf_counter() - began < 2
            embedded = await start(home)
            async with asyncio.timeout(5):
                while True:
                    try:
                        done = await graph.ainvoke({"question": "three"}, on("c1"), durability="sync")
                        break
                    except UpstreamError:
                        pass
        assert done["answers"][-1].answer == "three"
        await system.close()
        await embedded.leave()
        shutil.rmtree(home)


class TestRetention:
    async def count(self, system: System, statement: str) -> int:
        async with system.connection() as connection:
            [(count,)] = await (await connection.execute(statement.encode())).fetchall()
        return count

    async def test_a_finished_turn_keeps_its_last_checkpoint(self, system: System, saver: AsyncPostgresSaver):
        graph = counting_graph(saver)
        for question in ("one", "two", "three"):
            await graph.ainvoke({"question": question}, on("c1"), durability="sync")
        assert await prune(system, older_than=timedelta(days=1)) == Pruned(0, 0, 0)
        before = await self.count(system, "SELECT count(*) FROM datachat.checkpoints")
        pruned = await prune(system, older_than=timedelta(0))
        assert pruned.checkpoints == before - 3
        assert await prune(system, older_than=timedelta(0)) == Pruned(0, 0, 0)
        kept = [each async for each in graph.aget_state_history(on("c1"))]
        assert [[answer.answer for answer in each.values["answers"]] for each in kept] == [
            ["one", "two", "three"],
            ["one", "two"],
            ["one"],
        ]
        assert await self.count(system, "SELECT count(*) FROM datachat.checkpoint_writes") == 0
        done = await graph.ainvoke({"question": "four"}, on("c1"), durability="sync")
        assert [each.answer for each in done["answers"]] == ["one", "two", "three", "four"]

    async def test_only_what_is_still_referred_to_is_left(self, system: System, saver: AsyncPostgresSaver):
        graph = counting_graph(saver)
        for question in ("one", "two"):
            await graph.ainvoke({"question": question}, on("c1"), durability="sync")
        await prune(system, older_than=timedelta(0))
        unreferenced = """
            SELECT count(*) FROM datachat.checkpoint_blobs b WHERE NOT EXISTS (SELECT FROM datachat.checkpoints c
            WHERE c.thread_id = b.thread_id AND c.checkpoint_ns = b.checkpoint_ns
            AND c.checkpoint -> 'channel_versions' ->> b.channel = b.version)"""
        assert await self.count(system, unreferenced) == 0

    async def test_a_waiting_turn_stays_whole(self, system: System, saver: AsyncPostgresSaver):
        graph = counting_graph(saver)
        await graph.ainvoke({"question": "one"}, on("c1"), durability="sync")
        await graph.ainvoke({"question": "wait"}, on("c1"), durability="sync")
        assert (await prune(system, older_than=timedelta(0))).checkpoints > 0
        done = await graph.ainvoke(Command(resume="that"), on("c1"), durability="sync")
        assert [each.answer for each in done["answers"]] == ["one", "that"]
        assert [each.decision for each in done["steps"]][-1] == "wait"

    async def test_an_abandoned_turn_goes_but_for_its_last_checkpoint(self, system: System, saver: AsyncPostgresSaver):
        graph = counting_graph(saver)
        await graph.ainvoke({"question": "wait"}, on("c1"), durability="sync")
        await graph.ainvoke({"question": "two"}, on("c1"), durability="sync")
        await prune(system, older_than=timedelta(0))
        assert await self.count(system, "SELECT count(*) FROM datachat.checkpoints WHERE checkpoint_ns <> ''") == 0
        assert await self.count(system, "SELECT count(*) FROM datachat.checkpoints") == 2

    async def test_events_of_old_turns_go_and_answers_stay(self, system: System):
        conversations, events = Conversations(system), Events(system)
        for number, status in enumerate(("finished", "waiting"), start=1):
            record = TurnRecord(id=f"t{number}", conversation_id=f"c{number}", user="ann", question="q")
            await conversations.begin(record)
            await events.append(record.id, [values.Event(type="turn.started", id=1, data={})])
            answer = Answer(status="answered", answer="3", trace=[Step(node="a", decision="b")])
            await conversations.finish(TurnRecord.model_validate(record.model_dump() | {"status": status}), answer)
        assert await prune(system, older_than=timedelta(days=1)) == Pruned(0, 0, 0)
        assert (await prune(system, older_than=timedelta(0))).events == 1
        assert await events.read("t1") == []
        assert len(await events.read("t2")) == 1
        kept = (await conversations.turn("t1")).answer
        assert kept is not None and kept.trace == [Step(node="a", decision="b")]

    async def test_to_delete_a_conversation_deletes_its_checkpoints(self, system: System, saver: AsyncPostgresSaver):
        graph = counting_graph(saver)
        for thread in ("gone", "kept"):
            await Conversations(system).create(thread, user="ann")
            for question in ("one", "wait"):
                await graph.ainvoke({"question": question}, on(thread), durability="sync")
        await Conversations(system).delete("gone", user="ann")
        for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes"):
            assert await self.count(system, f"SELECT count(DISTINCT thread_id) FROM datachat.{table}") == 1
        assert (await graph.aget_state(on("kept"))).values["answers"]
