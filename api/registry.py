"""The databases that may be asked, as the API shows and changes them."""

from collections.abc import Sequence
from time import perf_counter

from connectors.registry import open_connector
from core.errors import NotFoundError, UserError
from core.urls import scrub_url
from core.values import ConnectionInfo, Value
from graph.assembly import House
from graph.forgetting import forget_knowledge
from store.catalogs import url_key
from store.connections import dialect_of


class Tested(Value):
    """A database that answered: its engine and version, and how long it took."""

    ok: bool = True
    engine: str
    ms: float


async def databases(house: House) -> list[ConnectionInfo]:
    """Every database, the default one first: those that were given when the server started, and the stored ones."""
    first = next(iter(await house.databases.names()), None)
    urls = house.databases.urls
    given = await house.connections.counted(
        [ConnectionInfo(name=name, dialect=dialect_of(url), url=scrub_url(url)) for name, url in urls.items()],
        {name: url_key(url) for name, url in urls.items()},
    )
    stored = [each for each in await house.connections.list() if each.name not in house.databases.urls]
    found = [each.model_copy(update={"default": each.name == first}) for each in (*given, *stored)]
    return sorted(found, key=lambda each: not each.default)


async def database(house: House, name: str) -> ConnectionInfo:
    """One database; raises NotFoundError."""
    found = await databases(house)
    for each in found:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in found) or "none yet"
    raise NotFoundError(f"There is no database named {name!r}.", hint=f"Known: {known}.")


async def tested(house: House, url: str) -> Tested:
    """Connect to a URL and ask for its version; raises UserError or UpstreamError that say what is wrong."""
    started = perf_counter()
    connector = await open_connector(url, limits=house.settings.limits)
    try:
        engine = await connector.ping()
    finally:
        await connector.close()
    return Tested(engine=engine, ms=round((perf_counter() - started) * 1000, 3))


async def tested_by_name(house: House, name: str) -> Tested:
    """The same for a known database, on a connection of its own."""
    await database(house, name)
    return await tested(house, house.databases.urls.get(name) or await house.connections.url(name))


async def add(
    house: House, name: str, url: str, *, default: bool = False, description: str = "", tags: Sequence[str] = ()
) -> ConnectionInfo:
    """Store a new database; raises UserError for a bad or used name or URL."""
    check_stored(house, name)
    await house.connections.add(name, url, default=default, description=description, tags=tags)
    if default:
        await make_default(house, name)
    return await database(house, name)


async def replace(house: House, name: str, url: str) -> ConnectionInfo:
    """Give a stored database another URL; what is open of the old one is closed."""
    check_stored(house, name)
    await house.connections.replace(name, url)
    await house.databases.forget(name)
    return await database(house, name)


async def describe(
    house: House, name: str, *, description: str | None = None, tags: Sequence[str] | None = None
) -> ConnectionInfo:
    """Change what is said of a stored database."""
    check_stored(house, name)
    await house.connections.describe(name, description=description, tags=tags)
    return await database(house, name)


async def remove(house: House, name: str, *, keep_knowledge: bool = False) -> None:
    """Forget a stored database and, unless it is kept, what was learnt of it."""
    check_stored(house, name)
    await house.connections.remove(name)
    await house.databases.forget(name)
    if not keep_knowledge:
        await forget_knowledge(name, house.system, house.lineage)
    if house.databases.default == name:
        house.databases.default = None


async def make_default(house: House, name: str) -> None:
    """Make a database the default one: from now on, and where it is stored, after a restart too."""
    if name not in house.databases.urls:
        await house.connections.set_default(name)
    if house.databases.urls:
        # What was given when the server started comes first, until somebody says otherwise.
        house.databases.default = name


def check_stored(house: House, name: str) -> None:
    """Raise UserError for a database that stands in the settings of this server."""
    if name in house.databases.urls:
        raise UserError(
            f"{name!r} was given to the server when it started.", hint="Change DATABASE_URL, or choose another name."
        )
