"""DataPoints: what the business knows about its data, and the proposals that wait for a review."""

from collections.abc import Iterator
from typing import Annotated, Literal, TypedDict

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from api.lent import Here, Lent, PathId, Text
from core.errors import UserError
from datapoints.fact import Fact
from datapoints.files import read_folder
from datapoints.findings import Finding
from datapoints.kinds import datapoint_of
from datapoints.lint import fails
from datapoints.lint import lint as judged
from store.datapoint_rows import Stored
from store.datapoint_sync import Synced
from store.datapoints import DataPoints

router = APIRouter(prefix="/datapoints", tags=["datapoints"])

Version = Annotated[int, Query(ge=1, description="The version that you saw; another one by now is a 409.")]


class StoredDataPoint(BaseModel):
    """A DataPoint, and what is known of its life; `datapoint` is what its file says."""

    id: str
    kind: str
    name: str
    database: str | None
    status: Literal["pending", "approved", "retired"]
    version: int
    file: str | None
    managed: bool
    edited: bool
    stale: bool
    stale_reason: str
    confidence: float | None
    origin: str
    changed_at: str | None
    datapoint: dict[str, JsonValue]


class DataPointPage(BaseModel):
    """Some DataPoints by id; `next_offset` leads to more."""

    datapoints: list[StoredDataPoint]
    total: int
    next_offset: int | None
    revision: int


class NewDataPoint(BaseModel):
    """A DataPoint as a file says it, without the outer `datapoint:`."""

    model_config = ConfigDict(extra="forbid")

    datapoint: dict[str, JsonValue] = Field(examples=[{"id": "revenue", "kind": "concept", "definition": "..."}])


class ChangedDataPoint(NewDataPoint):
    """The whole DataPoint anew, over the version that was read."""

    version: int = Field(ge=1)


class Decision(BaseModel):
    """Who decides on which version, and why."""

    model_config = ConfigDict(extra="forbid")

    reason: Text = Field(default="", max_length=2_000)
    version: int | None = Field(default=None, ge=1, description="Refuse if it is another one by now.")


class Linted(BaseModel):
    """What is wrong with the files, or could be better."""

    ok: bool
    findings: list[Finding]


@router.get("", summary="List DataPoints")
async def browse(
    here: Here,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    status: Literal["pending", "approved", "retired"] | None = None,
    database: Annotated[str | None, Query(max_length=200)] = None,
    stale: bool | None = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
    offset: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> DataPointPage:
    """Every DataPoint that the filters leave; those of all databases are also those of one."""
    store = _store(here)
    found = [
        each
        for each in await store.all()
        if kind in (None, each.datapoint.kind)
        and status in (None, each.status)
        and (database is None or each.datapoint.database in (None, database))
        and stale in (None, each.stale)
    ]
    return await _page(store, found, limit, offset)


@router.post("", status_code=201, summary="Add a DataPoint")
async def add(new: NewDataPoint, here: Here) -> StoredDataPoint:
    """Write it to a file of the project, and believe it; an id that is there already is a 409."""
    return _told(await _store(here).save(_read(new.datapoint), version=None))


@router.get("/pending", summary="List proposals")
async def pending(
    here: Here,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
    offset: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> DataPointPage:
    """What waits for a review; nobody believes it yet."""
    store = _store(here)
    return await _page(store, await store.pending(), limit, offset)


@router.post("/sync", summary="Take over what the files say")
async def sync(here: Here) -> Synced:
    """Read the project's folder; files that cannot be used are told and left out."""
    return await _store(here).sync()


@router.post("/lint", summary="Judge the files")
def lint(here: Here, strict: bool = False) -> Linted:
    """What is wrong with the files of the project's folder, or could be better."""
    folder = here.house.settings.datapoints
    found = judged(read_folder(folder)) if folder.is_dir() else []
    return Linted(ok=not fails(found, strict=strict), findings=found)


@router.get("/pending/{id}", summary="One proposal")
async def read_pending(id: PathId, here: Here) -> StoredDataPoint:
    """A proposal."""
    return _told(await _store(here).get(id, pending=True))


@router.patch("/pending/{id}", summary="Change a proposal")
async def edit(id: PathId, changed: ChangedDataPoint, here: Here) -> StoredDataPoint:
    """Change it before it is approved; from then on no generator overwrites it."""
    return _told(await _store(here).edit(_read(changed.datapoint, id), version=changed.version))


@router.post("/pending/{id}/approve", summary="Approve a proposal")
async def approve(id: PathId, here: Here, decision: Decision | None = None) -> StoredDataPoint:
    """Write it to its file and believe it. Of two who approve at once, one gets a 409."""
    done = await _store(here).approve([id], **_decided(decision, here))
    return _told(done[0])


@router.post("/pending/{id}/reject", status_code=204, summary="Reject a proposal")
async def reject(id: PathId, here: Here, decision: Decision | None = None) -> None:
    """Drop it; the same will not be proposed again."""
    await _store(here).reject([id], **_decided(decision, here))


@router.get("/{id}", summary="One DataPoint")
async def read(id: PathId, here: Here) -> StoredDataPoint:
    """What is believed, or was."""
    return _told(await _store(here).get(id))


@router.get("/{id}/questions", summary="What a DataPoint served")
async def questions(id: PathId, here: Here) -> list[str]:
    """Your questions whose answers rest on it, the latest first: worth another look once it is stale."""
    store = _store(here)
    await store.get(id)
    return await store.served(id, user=here.user.name)


@router.put("/{id}", summary="Change a DataPoint")
async def change(id: PathId, changed: ChangedDataPoint, here: Here) -> StoredDataPoint:
    """Write its file anew; a version that is not the present one is a 409."""
    return _told(await _store(here).save(_read(changed.datapoint, id), version=changed.version))


@router.delete("/{id}", status_code=204, summary="Delete a DataPoint")
async def remove(id: PathId, version: Version, here: Here) -> None:
    """Delete its file too; to keep it for the record, retire it."""
    await _store(here).delete(id, version=version)


@router.post("/{id}/retire", summary="Retire a DataPoint")
async def retire(id: PathId, here: Here, decision: Decision | None = None) -> StoredDataPoint:
    """Believe it no longer; its file stays and says so."""
    store = _store(here)
    await store.retire([id], **_decided(decision, here))
    return _told(await store.get(id))


def _store(here: Lent) -> DataPoints:
    settings = here.house.settings
    return DataPoints(here.house.system, settings.datapoints, commit=settings.datapoints_commit)


class _Decided(TypedDict):
    reviewer: str
    reason: str
    version: int | None


def _decided(decision: Decision | None, here: Lent) -> _Decided:
    decision = decision or Decision()
    return {"reviewer": here.user.name, "reason": decision.reason, "version": decision.version}


async def _page(store: DataPoints, found: list[Stored], limit: int, offset: int) -> DataPointPage:
    return DataPointPage(
        datapoints=[_told(each) for each in found[offset : offset + limit]],
        total=len(found),
        next_offset=offset + limit if len(found) > offset + limit else None,
        revision=await store.revision(),
    )


def _told(stored: Stored) -> StoredDataPoint:
    return StoredDataPoint.model_validate(stored.told())


_STORABLE = TypeAdapter(list[Text])


def _texts(value: JsonValue) -> Iterator[str]:
    """Every text of a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _read(body: dict[str, JsonValue], id: str | None = None) -> Fact:
    """The DataPoint of a request; raises UserError that names the first wrong field."""
    try:
        _STORABLE.validate_python(list(_texts(body)))
        datapoint = datapoint_of(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(each) for each in first["loc"]) or "datapoint"
        message = f"`{field}`: {first['msg'].removeprefix('Value error, ')}."
        raise UserError(message, hint="`datachat dp schema` lists every field.", code="invalid") from None
    if id is not None and datapoint.id != id:
        raise UserError(f"The id must stay {id!r}.", hint="Delete this one and add the other.")
    return datapoint
