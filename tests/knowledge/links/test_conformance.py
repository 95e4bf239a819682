"""What every store of links does alike."""

import asyncio
import random
from collections.abc import Sequence

from pydantic import JsonValue

from core.datapoint import Link, LinkKind
from core.lineage import KINDS, Reached
from core.ports import Links
from knowledge.links.base import WalkedLinks

COLUMN = "column:shop/public.orders.total"
VIEW = "table:shop/public.daily"
VIEWED = "column:shop/public.daily.revenue"


def link(kind: LinkKind, source: str, target: str, **properties: str | int) -> Link:
    return Link(kind=kind, source=source, target=target, properties=dict(properties))


CATALOG = [
    link("BELONGS_TO", COLUMN, "table:shop/public.orders"),
    link("BELONGS_TO", VIEWED, VIEW),
    link("JOINS_WITH", "table:a", "table:b", on="a.b_id = b.id"),
    link("JOINS_WITH", "table:b", "table:c"),
    link("JOINS_WITH", "table:d", "table:c"),
    link("JOINS_WITH", "table:a", "table:e"),
    link("JOINS_WITH", "table:e", "table:f"),
    link("JOINS_WITH", "table:f", "table:d"),
]
VIEWS = [link("DERIVES_FROM", VIEWED, COLUMN), link("DEPENDS_ON", VIEW, COLUMN)]
FACTS = [
    link("COMPUTES", "datapoint:revenue", VIEWED),
    link("DEPENDS_ON", "datapoint:margin", "datapoint:revenue", impact=1),
    link("IMPACTS", "datapoint:revenue", "datapoint:bonus"),
    link("USES_SYSTEM", "datapoint:revenue", "system:gateway", criticality="high"),
    link("IMPLEMENTS", "file:models/revenue.sql", "datapoint:revenue"),
    link("OWNED_BY", "datapoint:revenue", "owner:finance"),
]


async def filled(links: Links) -> None:
    await links.replace("catalog:shop", CATALOG)
    await links.replace("views:shop", VIEWS)
    await links.replace("datapoints", FACTS)


def told(found: Sequence[Reached]) -> dict[str, int]:
    return {each.thing: each.hops for each in found}


async def test_it_is_a_port(links: WalkedLinks) -> None:
    assert isinstance(links, Links)


async def test_an_unknown_thing_has_nothing_around_it(links: Links) -> None:
    for thing in ("datapoint:nobody", "", "'; DROP TABLE x; --"):
        assert list(await links.neighbours(thing)) == []
        assert (await links.impact(thing)).broken == []
        assert list(await links.path(thing, "table:a")) == []
    assert await links.counts() == {}


async def test_upstream_is_what_a_thing_rests_on(links: Links) -> None:
    await filled(links)
    assert told(await links.upstream("datapoint:margin", hops=9)) == {
        "datapoint:revenue": 1,
        "column:shop/public.daily.revenue": 2,
        "system:gateway": 2,
        "file:models/revenue.sql": 2,
        COLUMN: 3,
    }
    assert told(await links.upstream("datapoint:margin", hops=1)) == {"datapoint:revenue": 1}
    assert told(await links.upstream("datapoint:bonus", hops=1)) == {"datapoint:revenue": 1}
    assert told(await links.upstream(VIEWED, kinds=["BELONGS_TO"])) == {VIEW: 1}


async def test_downstream_is_what_rests_on_a_thing(links: Links) -> None:
    await filled(links)
    assert told(await links.downstream(COLUMN, hops=1)) == {VIEWED: 1, VIEW: 1}
    assert told(await links.downstream("table:shop/public.orders", hops=2)) == {COLUMN: 1, VIEWED: 2, VIEW: 2}
    assert told(await links.downstream("system:gateway", kinds=["USES_SYSTEM"], hops=9)) == {"datapoint:revenue": 1}


async def test_impact_follows_to_the_end(links: Links) -> None:
    await filled(links)
    impact = await links.impact(COLUMN)
    assert impact.of("datapoint") == ["datapoint:revenue", "datapoint:bonus", "datapoint:margin"]
    assert impact.of("table", "column") == [VIEWED, VIEW]
    assert not impact.cut
    nearest = await links.impact(COLUMN, limit=2)
    assert nearest.cut and told(nearest.broken) == {VIEWED: 1, VIEW: 1}


async def test_neighbours_lie_in_every_direction(links: Links) -> None:
    await filled(links)
    assert set(told(await links.neighbours("datapoint:revenue"))) == {
        VIEWED, "datapoint:margin", "datapoint:bonus", "system:gateway", "file:models/revenue.sql", "owner:finance",
    }  # fmt: skip
    assert told(await links.neighbours("owner:finance", kinds=["OWNED_BY"])) == {"datapoint:revenue": 1}


async def test_every_step_says_by_which_link(links: Links) -> None:
    await filled(links)
    [reached] = await links.upstream("datapoint:revenue", kinds=["USES_SYSTEM"])
    assert reached == Reached(
        thing="system:gateway",
        hops=1,
        link=link("USES_SYSTEM", "datapoint:revenue", "system:gateway", criticality="high"),
    )
    assert reached.before == "datapoint:revenue"


async def test_a_path_is_the_shortest_whatever_way_the_links_point(links: Links) -> None:
    await filled(links)
    found = await links.path("table:a", "table:d")
    assert [(each.source, each.target) for each in found] == [
        ("table:a", "table:b"),
        ("table:b", "table:c"),
        ("table:d", "table:c"),
    ]
    assert found[0].properties == {"on": "a.b_id = b.id"}
    assert len(await links.path("table:d", "table:a")) == 3
    assert list(await links.path("table:a", "table:a")) == []
    assert list(await links.path("table:a", "owner:finance")) == []


async def test_a_circle_is_walked_once(links: Links) -> None:
    round_ = [link("DEPENDS_ON", f"datapoint:{i}", f"datapoint:{(i + 1) % 5}") for i in range(5)]
    await links.replace("datapoints", [*round_, link("DEPENDS_ON", "datapoint:0", "datapoint:0")])
    found = await links.upstream("datapoint:0", hops=20)
    assert told(found) == {f"datapoint:{i}": i for i in range(1, 5)}


async def test_writing_again_changes_nothing(links: Links) -> None:
    assert await links.replace("datapoints", FACTS) == (len(FACTS), 0)
    assert await links.replace("datapoints", [*FACTS, FACTS[0]]) == (0, 0)
    assert (await links.counts())["COMPUTES"] == 1


async def test_what_is_gone_from_an_origin_is_removed_and_nothing_else(links: Links) -> None:
    await filled(links)
    await links.replace("other", [FACTS[0]])
    changed = FACTS[1].model_copy(update={"properties": {"impact": 2}})
    assert await links.replace("datapoints", [changed, *FACTS[2:5]]) == (1, 2)
    counts = await links.counts()
    assert counts["COMPUTES"] == 1, "another origin tells it too"
    assert "OWNED_BY" not in counts
    [reached] = await links.upstream("datapoint:margin", hops=1)
    assert reached.link.properties == {"impact": 2}
    assert await links.replace("other", []) == (0, 1)
    assert "COMPUTES" not in await links.counts()


async def test_names_are_taken_as_they_are(links: Links) -> None:
    odd = ['column:shop/public.Ordër "Items".it\'s; {x} \\ `y` $z', "column:shop/public.a.b", "owner:Ünï çødé 🙂"]
    await links.replace("catalog:shop", [link("DERIVES_FROM", odd[0], odd[1]), link("OWNED_BY", odd[1], odd[2])])
    assert told(await links.neighbours(odd[0], hops=2)) == {odd[1]: 1, odd[2]: 2}


async def test_properties_keep_their_values(links: Links) -> None:
    properties: dict[str, JsonValue] = {
        "on": [{"columns": ["a"], "references": ["b"]}],
        "confidence": 0.97,
        "declared": False,
        "why": None,
    }
    await links.replace("profile:shop", [Link(kind="JOINS_WITH", source="x", target="y", properties=properties)])
    [found] = await links.path("y", "x")
    assert found.properties == properties


async def test_a_crowded_neighbourhood_is_cut_to_what_is_wanted(links: Links) -> None:
    crowd = [link("BELONGS_TO", f"column:c{i:05}", "table:hub") for i in range(3_000)]
    await links.replace("catalog:shop", crowd)
    found = await links.downstream("table:hub", limit=50)
    assert len(found) == 50 and {each.hops for each in found} == {1}
    assert (await links.impact("table:hub", limit=100)).cut


async def test_those_who_write_at_once_do_not_mix(links: Links) -> None:
    one, other = FACTS[:4], FACTS[2:]
    await asyncio.gather(*(links.replace("datapoints", each) for each in (one, other, one, other)))
    await links.replace("datapoints", other)
    assert sum((await links.counts()).values()) == len(other)


async def test_a_walk_finds_what_a_simple_search_finds(links: Links) -> None:
    """On random graphs, circles and all, beside a breadth-first search of a few lines."""
    dice = random.Random(7)
    for _ in range(3):
        made: set[tuple[LinkKind, str, str]] = {
            (dice.choice(KINDS), f"t:{dice.randrange(40)}", f"t:{dice.randrange(40)}") for _ in range(90)
        }
        await links.replace("random", [link(*each) for each in made])
        for start in ("t:0", "t:1", "t:2"):
            around: dict[str, set[str]] = {}
            for _, source, target in made:
                around.setdefault(source, set()).add(target)
                around.setdefault(target, set()).add(source)
            expected, frontier = {start: 0}, [start]
            for hops in (1, 2, 3):
                frontier = sorted({n for each in frontier for n in around.get(each, set())} - expected.keys())
                expected |= dict.fromkeys(frontier, hops)
            assert told(await links.neighbours(start, hops=3)) == {k: v for k, v in expected.items() if k != start}
