"""The floor: the same statement by plain psycopg and the same reply by OpenAI's client, with nothing around them."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from evals.benchmark.harbour import DATA_QUESTION, FLAGS, STATEMENT
from evals.benchmark.rig import Rig
from store.system import dial


@asynccontextmanager
async def floor(rig: Rig, tables: int) -> AsyncGenerator[Callable[[], Awaitable[None]]]:
    """One model call and one statement, on connections that are open."""
    from openai import AsyncOpenAI

    async with (
        await dial(await rig.database(tables)) as connection,
        AsyncOpenAI(base_url=rig.model_url(), api_key="none", max_retries=0) as model,
    ):

        async def once() -> None:
            reply = await model.chat.completions.create(
                model="loopback", messages=[{"role": "user", "content": DATA_QUESTION}], stream=True
            )
            async with reply:
                words = [each.choices[0].delta.content or "" async for each in reply if each.choices]
            assert STATEMENT in "".join(words)
            assert len(await (await connection.execute(STATEMENT)).fetchall()) == FLAGS

        yield once
