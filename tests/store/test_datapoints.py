"""DataPoints live in files and rows at once; whoever changes them is told when somebody was faster."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from core.catalog import Catalog, Column, Table
from core.errors import NotFoundError, StaleError, UserError
from datapoints.fact import Fact
from datapoints.files import one, read_folder
from datapoints.kinds import datapoint_of
from store.datapoint_drift import follow
from store.datapoints import DataPoints
from store.system import System

EDITS = 200
"""Of each writer."""


def said(id: str, definition: str = "", **more: object) -> Fact:
    """A concept."""
    return datapoint_of({"kind": "concept", "id": id, "definition": definition, **more})  # type: ignore[dict-item]


def write(folder: Path, id: str, definition: str = "What it is.", *, layer: str = "user", more: str = "") -> Path:
    """A file that says it."""
    path = folder / layer / f"{id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"datapoint:\n  id: {id}\n  kind: concept\n  definition: {definition}\n{more}")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The project's folder of DataPoints."""
    (tmp_path / "datapoints").mkdir()
    return tmp_path / "datapoints"


@pytest.fixture
def datapoints(system: System, folder: Path) -> DataPoints:
    """A store over an empty folder."""
    return DataPoints(system, folder)


async def ids(datapoints: DataPoints, database: str = "shop") -> list[str]:
    """What is believed."""
    return [each.id for each in await datapoints.approved(database)]


async def test_a_sync_takes_what_files_say_and_only_what_changed(datapoints: DataPoints, folder: Path):
    write(folder, "one")
    write(folder, "two", more="  database: other\n")
    write(folder, "three", more="  status: retired\n")
    first = await datapoints.sync()
    assert (first.added, first.changed, first.removed, first.unchanged) == (3, 0, 0, 0)
    assert await ids(datapoints) == ["one"]
    assert await ids(datapoints, "other") == ["one", "two"]
    again = await datapoints.sync()
    assert (again.unchanged, again.revision) == (3, first.revision)
    write(folder, "one", "Something else.")
    (folder / "user" / "two.yaml").unlink()
    third = await datapoints.sync()
    assert (third.added, third.changed, third.removed, third.unchanged) == (0, 1, 1, 1)
    assert third.revision > first.revision
    assert [each.definition for each in await datapoints.approved("other")] == ["Something else."]


async def test_a_bad_file_is_told_and_the_others_are_believed(datapoints: DataPoints, folder: Path):
    write(folder, "one")
    write(folder, "two", more="  sinonyms: [a]\n")
    synced = await datapoints.sync()
    assert await ids(datapoints) == ["one"]
    assert [(each.line, each.column, each.rule) for each in synced.findings] == [(5, 3, "unknown_key")]


async def test_a_missing_folder_forgets_nothing(datapoints: DataPoints, folder: Path):
    write(folder, "one")
    await datapoints.sync()
    with pytest.raises(UserError, match="no folder"):
        await datapoints.sync(folder / "nowhere")
    assert await ids(datapoints) == ["one"]


async def test_two_folders_live_beside_each_other(datapoints: DataPoints, folder: Path, tmp_path: Path):
    write(folder, "one")
    write(tmp_path / "pack", "two")
    write(tmp_path / "pack", "one")
    await datapoints.sync()
    other = await datapoints.sync(tmp_path / "pack")
    assert [each.rule for each in other.findings] == ["duplicate_id"]
    await datapoints.sync()
    assert await ids(datapoints) == ["one", "two"]


async def test_a_folder_that_moved_takes_its_datapoints_along(datapoints: DataPoints, folder: Path, tmp_path: Path):
    write(folder, "one")
    await datapoints.sync()
    moved = folder.rename(tmp_path / "moved")
    synced = await datapoints.sync(moved)
    assert (synced.findings, await ids(datapoints)) == ([], ["one"])


async def test_what_is_proposed_is_not_believed_until_it_is_approved(datapoints: DataPoints, folder: Path):
    assert await datapoints.propose([said("one", "What it is.")], origin="profile", confidence=0.8) == ["one"]
    assert await ids(datapoints) == []
    [waiting] = await datapoints.pending()
    assert (waiting.status, waiting.datapoint.confidence, waiting.datapoint.origin) == ("pending", 0.8, "profile")
    [stored] = await datapoints.approve(["one"], reviewer="ann", reason="It is so.")
    assert stored.file == "managed/concept/one.yaml"
    written = one(folder / "managed/concept/one.yaml")
    assert (written.status, written.reviewer, written.change_reason) == ("approved", "ann", "It is so.")
    assert (await ids(datapoints), await datapoints.pending()) == (["one"], [])
    assert (await datapoints.sync()).unchanged == 1


async def test_the_same_is_not_proposed_twice(datapoints: DataPoints):
    await datapoints.propose([said("one", "a"), said("two", "b")], origin="profile")
    await datapoints.reject(["one"], reviewer="ann", reason="wrong")
    await datapoints.approve(["two"], reviewer="ann")
    revision = await datapoints.revision()
    assert await datapoints.propose([said("one", "a"), said("two", "b")], origin="profile") == []
    assert await datapoints.revision() == revision
    assert await datapoints.propose([said("one", "better"), said("two", "better")], origin="profile") == ["one", "two"]
    assert [(each.id, each.datapoint.version) for each in await datapoints.pending()] == [("one", 1), ("two", 2)]


async def test_a_generator_leaves_alone_what_a_reviewer_changed(datapoints: DataPoints):
    await datapoints.propose([said("one", "a")], origin="profile")
    await datapoints.edit(said("one", "mine"), version=1)
    with pytest.raises(StaleError):
        await datapoints.edit(said("one", "yours"), version=1)
    assert await datapoints.propose([said("one", "b")], origin="profile") == []
    assert [each.datapoint.definition for each in await datapoints.pending()] == ["mine"]


async def test_of_two_who_approve_at_once_one_is_told(system: System, folder: Path):
    reviewers = [DataPoints(system, folder) for _ in range(4)]
    await reviewers[0].propose([said("one", "a")], origin="profile")
    done = await asyncio.gather(
        *(each.approve(["one"], reviewer=f"r{place}") for place, each in enumerate(reviewers)), return_exceptions=True
    )
    assert [type(each) for each in done if isinstance(each, BaseException)] == [StaleError] * 3
    assert [each.id for each in read_folder(folder).datapoints] == ["one"]


async def test_an_approval_of_another_version_is_refused(datapoints: DataPoints):
    await datapoints.propose([said("one", "a")], origin="profile")
    with pytest.raises(StaleError, match="version 1"):
        await datapoints.approve(["one"], reviewer="ann", version=7)
    with pytest.raises(NotFoundError):
        await datapoints.approve(["none"], reviewer="ann")


async def test_an_old_proposal_does_not_overrun_a_newer_version(datapoints: DataPoints):
    await datapoints.save(said("one", "a"), version=None)
    await datapoints.propose([said("one", "b")], origin="profile")
    await datapoints.save(said("one", "c"), version=1)
    with pytest.raises(StaleError, match="after this was proposed"):
        await datapoints.approve(["one"], reviewer="ann")


async def test_a_save_needs_the_version_that_it_replaces(datapoints: DataPoints, folder: Path):
    stored = await datapoints.save(said("one", "a"), version=None)
    assert (stored.file, stored.datapoint.version) == ("user/concept/one.yaml", 1)
    with pytest.raises(StaleError):
        await datapoints.save(said("one", "b"), version=None)
    assert (await datapoints.save(said("one", "b"), version=1)).datapoint.version == 2
    with pytest.raises(StaleError):
        await datapoints.save(said("one", "c"), version=1)
    assert one(folder / "user/concept/one.yaml").definition == "b"


async def test_what_a_person_wrote_into_the_file_meanwhile_is_not_overwritten(datapoints: DataPoints, folder: Path):
    await datapoints.save(said("one", "a"), version=None)
    path = folder / "user/concept/one.yaml"
    path.write_text(path.read_text().replace("definition: a", "definition: by hand\n  version: 2"))
    with pytest.raises(StaleError):
        await datapoints.save(said("one", "b"), version=1)
    assert one(path).definition == "by hand"
    assert (await datapoints.get("one")).datapoint.definition == "by hand"
    path.write_text("torn: [")
    with pytest.raises(StaleError, match="changed outside"):
        await datapoints.save(said("one", "b"), version=2)


@pytest.mark.parametrize("file", ["../../outside.yaml", "/tmp/outside.yaml", "user/one.txt"])
async def test_a_file_elsewhere_is_not_written(datapoints: DataPoints, folder: Path, file: str):
    with pytest.raises(UserError):
        await datapoints.save(said("one", "a"), version=None, file=folder / file)
    assert await datapoints.all() == []


async def test_retired_ones_stay_in_their_file(datapoints: DataPoints, folder: Path):
    await datapoints.save(said("one", "a"), version=None)
    await datapoints.retire(["one"], reviewer="ann", reason="no longer")
    assert await ids(datapoints) == []
    assert one(folder / "user/concept/one.yaml").status == "retired"
    await datapoints.delete("one", version=2)
    assert not (folder / "user/concept/one.yaml").exists()
    with pytest.raises(NotFoundError):
        await datapoints.get("one")


async def test_a_stale_one_is_not_believed_until_it_is_mended(datapoints: DataPoints, folder: Path):
    write(folder, "one")
    write(folder, "two")
    await datapoints.sync()
    assert await datapoints.mark_stale({"one": "column a is gone"}) == 1
    assert await ids(datapoints) == ["two"]
    revision = await datapoints.revision()
    assert await datapoints.mark_stale({"one": "column a is gone"}) == 0
    assert (await datapoints.sync()).unchanged == 2
    assert (await ids(datapoints), await datapoints.revision()) == (["two"], revision)
    write(folder, "one", "Mended.")
    await datapoints.sync()
    assert await ids(datapoints) == ["one", "two"]
    await datapoints.mark_stale({"one": "column a is gone"})
    await datapoints.mark_stale({}, healthy=["one"])
    assert await ids(datapoints) == ["one", "two"]


async def test_another_process_sees_a_change_at_once(system: System, folder: Path):
    here, there = DataPoints(system, folder), DataPoints(system, folder)
    assert await ids(there) == []
    write(folder, "one")
    await here.sync()
    start = perf_counter()
    assert await ids(there) == ["one"]
    assert perf_counter() - start < 1


async def test_an_approval_that_was_cut_off_behind_the_file_is_finished_by_a_sync(datapoints: DataPoints, folder: Path):
    await datapoints.propose([said("one", "What it is.")], origin="profile")
    write(folder, "one", layer="managed")
    await datapoints.sync()
    assert (await ids(datapoints), await datapoints.pending()) == (["one"], [])


async def test_a_schema_that_moves_away_takes_its_datapoints_out_of_use(datapoints: DataPoints, folder: Path):
    def shop(*columns: str) -> Catalog:
        return Catalog(
            "postgres", (Table("public", "orders", tuple(Column(c, "numeric") for c in columns)),), ("public",)
        )

    def metric(id: str, **execution: object) -> Fact:
        return datapoint_of({"kind": "metric", "id": id, "database": "shop", "execution": execution})  # type: ignore[dict-item]

    total = {"aggregate": "sum", "expression": "total", "table": "orders"}
    await datapoints.save(metric("revenue", type="simple", measure=total), version=None)
    count = {"aggregate": "count", "table": "orders"}
    await datapoints.save(metric("orders", type="simple", measure=count), version=None)
    await datapoints.save(metric("average", type="ratio", numerator="revenue", denominator="orders"), version=None)
    before, after = shop("id", "total", "tax"), shop("id", "amount", "tax")
    found = await follow(datapoints, "shop", before, after)
    assert list(found.stale) == ["revenue"]
    assert await ids(datapoints) == ["orders"], "the average goes with its numerator"
    [repair] = await datapoints.pending()
    assert (repair.id, repair.datapoint.origin) == ("revenue", "drift")
    await datapoints.approve(["revenue"], reviewer="ann")
    assert await ids(datapoints) == ["average", "orders", "revenue"]
    assert "expression: amount" in (folder / "user/metric/revenue.yaml").read_text()
    await follow(datapoints, "shop", after, shop("id"))
    assert await ids(datapoints) == ["orders"]
    await follow(datapoints, "shop", shop("id"), after)
    assert await ids(datapoints) == ["average", "orders", "revenue"]
    await follow(datapoints, "elsewhere", after, shop("id"))
    assert await ids(datapoints) == ["average", "orders", "revenue"]


_SYNC = """
import asyncio, sys
from pathlib import Path
from store.datapoints import DataPoints
from store.system import System

async def main():
    system = await System.open(sys.argv[1], Path(sys.argv[2]))
    print("open", flush=True)
    await DataPoints(system, Path(sys.argv[3])).sync()
    await system.close()

asyncio.run(main())
"""


@pytest.mark.slow
async def test_a_sync_that_is_killed_changes_nothing_and_the_next_finishes_it(
    system: System, datapoints: DataPoints, folder: Path, tmp_path: Path
):
    for number in range(1_500):
        write(folder, f"d{number}", "old")
    await datapoints.sync()
    seen: set[str] = set()
    for delay in (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0, 1.3):
        new = f"v{delay}"
        before = {each.definition for each in await datapoints.approved("shop")}
        for number in range(1_500):
            write(folder, f"d{number}", new)
        command = [sys.executable, "-c", _SYNC, system.url, str(tmp_path), str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
            assert process.stdout and process.stdout.readline() == b"open\n"
            await asyncio.sleep(delay)
            os.kill(process.pid, signal.SIGKILL)
        now = {each.definition for each in await datapoints.approved("shop")}
        assert now in (before, {new}), "a sync is all or nothing"
        seen.add("done" if now == {new} else "cut")
        synced = await datapoints.sync()
        assert synced.changed + synced.unchanged == 1_500
        assert {each.definition for each in await datapoints.approved("shop")} == {new}
    assert "cut" in seen


@pytest.mark.slow
async def test_many_writers_and_kills_lose_no_update_and_tear_no_file(
    system: System, datapoints: DataPoints, folder: Path, tmp_path: Path
):
    """Eight processes edit five files and twenty of them are killed in between; whoever is killed is replaced."""
    for number in range(5):
        await datapoints.save(said(f"d{number}", "a"), version=None)

    def begin(name: str, count: int) -> subprocess.Popen[str]:
        program = str(Path(__file__).parent / "datapoint_editor.py")
        command = [sys.executable, program, system.url, str(tmp_path), str(folder), name, str(count)]
        root = str(Path(__file__).parents[2])
        environment = {**os.environ, "PYTHONPATH": root}
        with (tmp_path / f"{name}.out").open("w") as out:
            return subprocess.Popen(command, stdout=out, text=True, cwd=root, env=environment)

    writers = {f"w{number}": begin(f"w{number}", EDITS) for number in range(8)}
    for kill in range(20):
        await asyncio.sleep(0.7)
        name = next((each for each, writer in writers.items() if writer.poll() is None), None)
        if name is None:
            break
        victim = writers.pop(name)
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
        writers[f"k{kill}"] = begin(f"k{kill}", EDITS // 4)
    for writer in writers.values():
        assert await asyncio.to_thread(writer.wait, 300) == 0
    acknowledged = {line for out in tmp_path.glob("*.out") for line in out.read_text().splitlines()}
    folder_now = read_folder(folder)
    assert folder_now.findings == ()
    kept = {f"{each.id} {mark}" for each in folder_now.datapoints for mark in each.tags}
    assert acknowledged <= kept, "an acknowledged edit is lost"
    for each in folder_now.datapoints:
        assert len(each.tags) == len({*each.tags}) == each.version - 1, "every version added exactly one"
    await datapoints.sync()
    indexed = {each.id: each.datapoint for each in await datapoints.all()}
    assert indexed == {each.id: each for each in folder_now.datapoints}
    left = {each.name for each in folder.rglob("*") if each.is_file() and each.suffix != ".yaml"}
    assert left <= {f".d{number}.yaml.new" for number in range(5)}, "nothing piles up"
