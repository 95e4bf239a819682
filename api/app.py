"""The HTTP application: one house, opened with it, and a router per resource."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version

from fastapi import APIRouter, FastAPI

from api import errors
from api.door import Door
from api.lent import Lent
from api.live import LiveTurns
from api.routers import chat, conversations, databases, datapoints, health, lineage, profiles, results, system, turns
from core.settings import Settings
from core.values import User
from graph.assembly import open_house
from graph.measuring import measuring

MAX_BODY_BYTES = 1_000_000
ROUTERS = (
    chat.router,
    conversations.router,
    turns.router,
    results.router,
    databases.router,
    datapoints.router,
    lineage.router,
    profiles.router,
    system.router,
)
DESCRIPTION = """Answers questions about your data in plain language, and shows why the answer can be trusted.

Ask with `POST /api/v1/chat`; with `Accept: text/event-stream` you see everything that happens on the way.
A turn that was cut off goes on when somebody follows it again: `GET /api/v1/turns/{id}/events` with `Last-Event-ID`."""


def create_app(settings: Settings) -> FastAPI:
    """The application; it opens the house when it starts, and stops what still runs when it ends."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            house = await stack.enter_async_context(open_house(settings, rated=True))
            await house.check_policy()
            if settings.profile_on_open:
                await stack.enter_async_context(measuring(house.databases, house.system, house.leases))
            live = LiveTurns(house)
            app.state.lent = Lent(house=house, live=live, user=User())
            try:
                yield
            finally:
                await live.drain(0)

    app = FastAPI(
        title="DataChat",
        version=version("datachat"),
        description=DESCRIPTION,
        lifespan=lifespan,
        responses=errors.DOCUMENTED,
    )
    app.add_middleware(Door, max_body_bytes=MAX_BODY_BYTES)
    errors.install(app)
    app.include_router(health.router)
    # Of the routes and not of the application, whose own limit would answer before the door and in another shape.
    api = APIRouter(prefix="/api/v1", max_body_size=MAX_BODY_BYTES)
    for router in (health.router, *ROUTERS):
        api.include_router(router)
    app.include_router(api)
    return app
