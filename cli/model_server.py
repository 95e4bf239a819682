"""Asks a model's server which models it has: costs nothing, and tells whether address and key are right."""

import asyncio
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from cli.findings import Finding, of_error
from core.errors import DataChatError
from core.settings import Settings

if TYPE_CHECKING:
    import httpx2

OPENAI = "https://api.openai.com/v1"
SECONDS = 5.0
MOST_BYTES = 2_000_000


async def check_model(settings: Settings) -> Finding:
    """The configured model: its name, its key, and whether its server answers within five seconds."""
    from providers.registry import open_model

    name = settings.model
    if name is None:
        says = "None is configured; questions about the catalog, metrics, and plain ones need none."
        return Finding("model", "note", says, "export DATACHAT_MODEL=openai:gpt-5")
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
    try:
        model = open_model(name, base_url=settings.openai_base_url, api_key=key)
        await model.close()
    except DataChatError as error:
        return of_error("model", error)
    if not name.startswith("openai:"):
        return Finding("model", "well", name)
    if key is None and settings.openai_base_url is None:
        return Finding("model", "wrong", f"{name} has no key.", "export OPENAI_API_KEY=...")
    return await _ask_for_models(name, settings.openai_base_url, key)


async def _ask_for_models(name: str, base_url: str | None, key: str | None) -> Finding:
    import httpx2

    base = (base_url or OPENAI).rstrip("/")
    host = urlsplit(base).netloc.rpartition("@")[2]
    try:
        async with asyncio.timeout(SECONDS), httpx2.AsyncClient(timeout=SECONDS) as client:
            headers = {"Authorization": f"Bearer {key}"} if key else {}
            async with client.stream("GET", f"{base}/models", headers=headers) as response:
                body = await _beginning(response)
    except (httpx2.HTTPError, TimeoutError, OSError) as error:
        late = isinstance(error, (TimeoutError, httpx2.TimeoutException))
        why = f"did not answer within {SECONDS:g} s" if late else "cannot be reached"
        return Finding("model", "wrong", f"{name}: the server at {host} {why}.", "Check OPENAI_BASE_URL.")
    return _finding(name, host, response.status_code, body)


async def _beginning(response: "httpx2.Response") -> bytes:
    body = b""
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > MOST_BYTES:
            break
    return body


def _finding(name: str, host: str, code: int, body: bytes) -> Finding:
    if code in (401, 403):
        return Finding("model", "wrong", f"{name}: {host} does not accept the key.", "Check OPENAI_API_KEY.")
    if code in (404, 405, 501):
        return Finding("model", "note", f"{name}: {host} answers, but does not list its models ({code}).")
    if code != 200:
        return Finding("model", "wrong", f"{name}: {host} answers with status {code}.", "Check OPENAI_BASE_URL.")
    models = _ids(body)
    wanted = name.partition(":")[2]
    if models and wanted not in models:
        some = ", ".join(models[:10])
        return Finding("model", "wrong", f"{name}: {host} has no model {wanted!r}.", f"It has {some}")
    return Finding("model", "well", f"{name} at {host}")


def _ids(body: bytes) -> list[str]:
    """The names in a list of models; none where the body is something else."""
    import json

    try:
        listed: object = json.loads(body)["data"]
    except (ValueError, KeyError, TypeError):
        return []
    rows = cast("list[object]", listed) if isinstance(listed, list) else []
    models = [cast("dict[str, object]", row) for row in rows if isinstance(row, dict)]
    return [str(model["id"]) for model in models if "id" in model]
