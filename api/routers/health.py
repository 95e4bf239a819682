"""Whether the server is there; asks no database, so that it is always fast."""

from importlib.metadata import version

from fastapi import APIRouter

router = APIRouter(tags=["system"])


@router.head("/health", include_in_schema=False)
@router.get("/health", summary="Whether the server is there")
async def health() -> dict[str, str]:
    """Always `ok`, at once, whatever the databases do."""
    return {"status": "ok", "version": version("datachat")}
