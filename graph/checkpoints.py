"""LangGraph's checkpoints in the system database, revived without trusting what is found there."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from functools import cache
from inspect import isclass
from typing import TYPE_CHECKING, Any, cast

import ormsgpack
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    WRITES_IDX_MAP,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    get_serializable_checkpoint_metadata,
)
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.jsonplus import EXT_PYDANTIC_V2, JsonPlusSerializer

from core import values
from core.errors import UpstreamError
from core.values import Value
from store.border import border
from store.migrate import exclusively
from store.system import System, dial, open_pool

if TYPE_CHECKING:
    import asyncio

    from psycopg import AsyncConnection, AsyncCursor
    from psycopg.rows import DictRow
    from psycopg_pool import AsyncConnectionPool

_PLAIN = {
    ("langgraph.types", "Interrupt"),
    ("langgraph.types", "Send"),
    ("datetime", "datetime"),
    ("datetime", "date"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("decimal", "Decimal"),
    ("uuid", "UUID"),
}
"""What a turn holds besides our own values; nothing else is ever constructed."""

_PUT = """
WITH parts AS (
    INSERT INTO checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
    SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %b::bytea[])
    ON CONFLICT DO NOTHING
)
INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, checkpoint, metadata)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (thread_id, checkpoint_ns, checkpoint_id)
DO UPDATE SET checkpoint = excluded.checkpoint, metadata = excluded.metadata
"""
"""A checkpoint with the parts that are new in it, in one statement: one round trip, one commit."""


@asynccontextmanager
async def open_checkpoints(system: System) -> AsyncGenerator[AsyncPostgresSaver]:
    """The saver of turns, its tables made, on a pool of its own: so a full one never keeps a turn from being saved."""
    pool = await open_pool(system.url, configure=_in_our_schema)
    try:
        saver = TurnSaver(pool)
        await _set_up(system.url, saver)
        yield saver
    finally:
        await pool.close()


class TurnSaver(AsyncPostgresSaver):
    """LangGraph's saver with our serializer and our errors, without its lock, and with fewer commits.

    That lock lets one turn of a process at a time reach the database; connections of a pool need no such thing.
    """

    def __init__(self, pool: "AsyncConnectionPool[AsyncConnection]") -> None:
        # It asks for rows as mappings itself, with every cursor.
        super().__init__(cast("AsyncConnectionPool[AsyncConnection[DictRow]]", pool), serde=TurnSerializer())
        self.lock = cast("asyncio.Lock", nullcontext())

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Save a checkpoint; what is plain lies in it, the other values beside it, once for all that share them."""
        from psycopg.types.json import Jsonb

        place = config.get("configurable", {})
        thread, namespace = place["thread_id"], place["checkpoint_ns"]
        values = checkpoint["channel_values"]
        plain = {channel: value for channel, value in values.items() if isinstance(value, str | int | float | None)}
        changed = {channel: new_versions[channel] for channel in values.keys() & new_versions.keys() - plain.keys()}
        parts = [*zip(*self._dump_blobs(thread, namespace, values, changed), strict=True)] or [()] * 6
        described = get_serializable_checkpoint_metadata(config, metadata)
        row = [thread, namespace, checkpoint["id"], place.get("checkpoint_id")]
        row += [Jsonb({**checkpoint, "channel_values": plain}), Jsonb(described)]
        async with self._cursor() as cursor:
            await cursor.execute(_PUT, [*map(list, parts), *row])
        return {"configurable": {"thread_id": thread, "checkpoint_ns": namespace, "checkpoint_id": checkpoint["id"]}}

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Save what a pause or a failure leaves behind.

        A finished node's findings are not saved twice: one node runs at a time, so the next checkpoint, which is
        written in the same moment, holds them all.
        """
        if any(channel in WRITES_IDX_MAP for channel, _ in writes):
            await super().aput_writes(config, writes, task_id, task_path)

    @asynccontextmanager
    async def _cursor(self, *, pipeline: bool = False) -> "AsyncGenerator[AsyncCursor[DictRow]]":
        with border():
            async with super()._cursor(pipeline=pipeline) as cursor:
                yield cursor


class TurnSerializer(JsonPlusSerializer):
    """Reads back the values of the house and a few plain types; whatever else is found makes the checkpoint corrupt.

    LangGraph's own reader would revive JSON envelopes as LangChain objects, and hand on what it does not know as it is.
    """

    def __init__(self) -> None:
        super().__init__(allowed_msgpack_modules=None)

    def loads_typed(self, data: tuple[str, bytes]) -> Any:
        """The stored value; raises UpstreamError (`corrupt`) when it holds a type that no turn of ours has."""
        kind, packed = data
        try:
            if kind == "msgpack":
                return _unpack(packed)
            if kind in ("null", "bytes"):
                return super().loads_typed(data)
        except (ValueError, RecursionError) as error:
            raise _corrupt() from error
        raise _corrupt()


def _unpack(packed: bytes) -> Any:
    return ormsgpack.unpackb(packed, ext_hook=_revive, option=ormsgpack.OPT_NON_STR_KEYS)


def _revive(code: int, packed: bytes) -> Any:
    """One packed object: its module, its name, and what it is made of. Raises ValueError when it is not on a list."""
    module, name, parts, *_ = _unpack(packed)
    if code == EXT_PYDANTIC_V2 and (module, name) in _ours():
        return _ours()[module, name].model_validate(parts)
    if (module, name) in _PLAIN:
        # Packed again, because only LangGraph's reader of whole texts is public.
        return JsonPlusSerializer(allowed_msgpack_modules=None).loads_typed(
            ("msgpack", ormsgpack.packb(ormsgpack.Ext(code, packed)))
        )
    raise ValueError(f"{module}.{name} is not a value of a turn")


@cache
def _ours() -> Mapping[tuple[str, str], type[Value]]:
    found = [each for each in vars(values).values() if isclass(each) and issubclass(each, Value)]
    return {(each.__module__, each.__name__): each for each in found}


def _corrupt() -> UpstreamError:
    return UpstreamError(
        "The stored state of this turn was changed, or made by another version, and is not used.",
        hint="Ask the question again in a new conversation.",
        code="corrupt",
    )


async def _in_our_schema(connection: "AsyncConnection") -> None:
    await connection.execute("SET search_path TO datachat")


async def _set_up(url: str, saver: AsyncPostgresSaver) -> None:
    async with await dial(url) as connection:
        with border():
            if await _version(connection) < len(saver.MIGRATIONS) - 1:
                async with exclusively(connection):
                    await saver.setup()


async def _version(connection: "AsyncConnection") -> int:
    found = await connection.execute("SELECT to_regclass('datachat.checkpoint_migrations') IS NOT NULL")
    if await found.fetchone() != (True,):
        return -1
    row = await (await connection.execute("SELECT max(v) FROM datachat.checkpoint_migrations")).fetchone()
    return -1 if row is None or row[0] is None else row[0]
