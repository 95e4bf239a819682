"""Chat models behind OpenAI's protocol, whoever serves them, through the client of langchain-openai."""

import asyncio
import email.utils
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from pydantic import JsonValue

from core.errors import DataChatError, LimitError, SetupError, UpstreamError, UserError
from core.values import Limits, Message, Reply
from providers.base import Part, PassingError, Price, gathered, persist, too_long

if TYPE_CHECKING:
    import httpx2
    import openai

OPENAI = "https://api.openai.com/v1"
CONNECT_SECONDS = 5.0
KEYS = 32

PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
"""What may be over a moment later."""

WIRE_BYTES = 4_000_000
"""What a server may send for one reply, wrapping included; a stream without end or line break stops here."""

GARBLED = (ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError)
"""What is raised over events of the wrong shape, which the client does not check."""


def open_model(model: str, *, base_url: str | None, api_key: str | None, price: Price | None) -> "OpenAIModel":
    """A model of OpenAI, or of any server that speaks its protocol at `base_url`.

    Raises UserError where the address cannot be one. A missing key is told when the model is asked: one may come yet.
    """
    if not _is_address(base_url or OPENAI):
        hint = "Set OPENAI_BASE_URL to http(s)://host[:port]/v1."
        raise UserError("The model server's address is not a URL.", hint=hint)
    return OpenAIModel(_Server(model, (base_url or OPENAI).rstrip("/")), api_key, price)


class OpenAIModel:
    """One model, asked with one key; models that differ only in the key share their connections."""

    def __init__(self, server: "_Server", api_key: str | None, price: Price | None) -> None:
        self.name = f"openai:{server.model}"
        self._server = server
        self._api_key = _checked(api_key)
        self._price = price

    def with_key(self, api_key: str) -> "OpenAIModel":
        """The same model, asked with another key."""
        return OpenAIModel(self._server, api_key, self._price)

    async def prepare(self) -> None:
        """Import the client and make it, which takes half a second, before the first question needs it."""
        await self._server.client(self._api_key)

    async def close(self) -> None:
        """Close the connections, for every key."""
        await self._server.close()

    async def reply(
        self,
        messages: Sequence[Message],
        *,
        schema: dict[str, JsonValue] | None = None,
        on_token: Callable[[str], None] | None = None,
        limits: Limits,
    ) -> Reply:
        """One reply, as JSON of `schema` when one is given; tokens are told as they come."""
        client = await self._server.client(self._api_key)
        asked = [{"role": each.role, "content": each.text} for each in messages]

        async def once() -> Reply:
            return await self._server.in_accepted_form(schema, ask)

        async def ask(form: Mapping[str, Any]) -> Reply:
            async with aclosing(self._parts(client, {"messages": asked, **form})) as parts:
                return await gathered(parts, messages, on_token=on_token, limits=limits, price=self._price)

        return await persist(once, limits)

    async def _parts(self, client: "openai.AsyncOpenAI", body: Mapping[str, Any]) -> AsyncGenerator[Part]:
        """The stream, with what goes wrong in it said in our own words.

        Asked of the chat model's client and not of the model: that makes a message of every token, and of all of them
        another one, which costs as much as the way from the server.
        """
        import openai

        try:
            async with await self._server.stream(client, body) as events:
                async for event in events:
                    yield _part(event)
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            raise _RefusedFormError(self._meant(error)) from None
        except openai.APIError as error:
            raise self._meant(error) from None
        except GARBLED:
            raise UpstreamError(
                f"The model server at {self._server.host} sent something that is not a reply.",
                hint="Check that OPENAI_BASE_URL leads to an OpenAI-compatible server.",
                code="model_garbled",
            ) from None

    def _meant(self, error: "openai.APIError") -> DataChatError:
        import openai

        if isinstance(error, openai.APIStatusError):
            return self._refusal(error)
        if isinstance(error, openai.APITimeoutError):
            return UpstreamError(
                f"The model server at {self._server.host} did not answer within {CONNECT_SECONDS:g} s.",
                hint="Check OPENAI_BASE_URL, and that nothing on the way drops packets.",
                code="model_unreachable",
            )
        if isinstance(error, openai.APIConnectionError):
            return PassingError(
                f"The connection to the model server at {self._server.host} failed.",
                hint="Check OPENAI_BASE_URL, and that the server runs.",
                code="model_unreachable",
            )
        return PassingError(
            f"The model server at {self._server.host} broke off its reply: {self._said(error)}",
            hint="Ask again.",
            code="model_failed",
        )

    def _refusal(self, error: "openai.APIStatusError") -> DataChatError:
        host, status = self._server.host, error.status_code
        if status == 401:
            wrong = "refused the API key" if self._api_key else "asks for an API key"
            return UserError(
                f"The model server at {host} {wrong}.", hint="Check OPENAI_API_KEY.", code="model_unauthorized"
            )
        if status == 403:
            wrong = f"does not let this API key use `{self._server.model}`"
            return UserError(
                f"The model server at {host} {wrong}.", hint="Check OPENAI_API_KEY.", code="model_forbidden"
            )
        if status == 404:
            return UserError(
                f"The model server at {host} knows no model `{self._server.model}`.",
                hint="Check DATACHAT_MODEL, and OPENAI_BASE_URL, which usually ends in /v1.",
                code="unknown_model",
            )
        if status == 413 or error.code == "context_length_exceeded":
            return LimitError("The prompt is too long for the model.", hint="Lower `limits.prompt_tokens`.")
        return self._failure(error)

    def _failure(self, error: "openai.APIStatusError") -> DataChatError:
        message = f"The model server at {self._server.host} answered {error.status_code}: {self._said(error)}"
        if error.status_code not in PASSING or error.code == "insufficient_quota":
            return UpstreamError(message, hint="Check the model's name and its server.", code="model_failed")
        code = "model_busy" if error.status_code == 429 else "model_failed"
        return PassingError(message, hint="Ask again a little later.", code=code, pause=_pause(error.response.headers))

    def _said(self, error: "openai.APIError") -> str:
        """The server's own words, in short and without the key."""
        body: object = error.body
        words = str(body.get("message") or "") if isinstance(body, dict) else ""  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        clean = words.replace(self._api_key, "***") if self._api_key else words
        return " ".join(clean.split())[:200] or "no reason given"


class _RefusedFormError(Exception):
    """The server did not take the request as it was put; `meant` is what to say if it takes no other form either."""

    def __init__(self, meant: DataChatError) -> None:
        super().__init__(meant.message)
        self.meant = meant


class _Server:
    """One model on one server: the shared connections, a client per key, and how the server likes to be asked."""

    def __init__(self, model: str, base_url: str) -> None:
        self.model = model
        self.host = urlsplit(base_url).netloc.rpartition("@")[2]
        self._base_url = base_url
        self._http: httpx2.AsyncClient | None = None
        self._clients: dict[str | None, openai.AsyncOpenAI] = {}
        self._plainness = 0

    async def client(self, api_key: str | None) -> "openai.AsyncOpenAI":
        """The client that asks with `api_key`; the first one costs an import, the others half a millisecond."""
        if not api_key and self._base_url == OPENAI:
            raise SetupError("There is no key for OpenAI.", hint="Set OPENAI_API_KEY, or OPENAI_BASE_URL.")
        if self._http is None:
            await asyncio.to_thread(_imported)
            self._http = self._http or _metered_client()
        if api_key not in self._clients:
            self._clients[api_key] = self._client(api_key, self._http)
        while len(self._clients) > KEYS:
            del self._clients[next(iter(self._clients))]
        return self._clients[api_key]

    def _client(self, api_key: str | None, http: "httpx2.AsyncClient") -> "openai.AsyncOpenAI":
        import openai
        from langchain_openai import ChatOpenAI

        # a key that is a coroutine spares the synchronous client and its certificates
        async def key() -> str:
            return api_key or "none"

        chat = ChatOpenAI(
            model=self.model,
            base_url=self._base_url,
            api_key=key,
            http_async_client=http,
            openai_proxy=None,  # our connections know the proxies of the environment
            timeout=openai.Timeout(None, connect=CONNECT_SECONDS),
            max_retries=0,
            use_responses_api=False,
            stream_chunk_timeout=None,
        )
        return cast("openai.AsyncOpenAI", chat.root_async_client)

    async def stream(self, client: "openai.AsyncOpenAI", body: Mapping[str, JsonValue]) -> "openai.AsyncStream[object]":
        """The events of one reply as the JSON that they come as; built as objects, they would cost twice as much."""
        from openai import AsyncStream

        asked = {"model": self.model, "stream": True, **body}
        return await client.post(
            "/chat/completions", body=asked, cast_to=object, stream=True, stream_cls=AsyncStream[object]
        )

    async def in_accepted_form(
        self, schema: dict[str, JsonValue] | None, ask: Callable[[Mapping[str, Any]], Awaitable[Reply]]
    ) -> Reply:
        """Ask in the richest form that the server takes: not every one knows schemas, or counts tokens."""
        forms = _forms(schema)
        refused: _RefusedFormError | None = None
        for plainness in range(max(self._plainness, 0 if schema else 1), len(forms)):
            try:
                reply = await ask(forms[plainness])
            except _RefusedFormError as error:
                refused = refused or error
                continue
            self._plainness = max(self._plainness, plainness)
            return reply
        assert refused is not None
        raise refused.meant

    async def close(self) -> None:
        """Close the connections; the next question would open new ones."""
        http, self._http, self._clients = self._http, None, {}
        if http:
            await http.aclose()


def _forms(schema: dict[str, JsonValue] | None) -> Sequence[Mapping[str, Any]]:
    """Ways to put a request: with schema and count of tokens, with the count alone, with neither."""
    described = {"name": str((schema or {}).get("title", "reply")), "schema": schema, "strict": False}
    counted = {"stream_options": {"include_usage": True}}
    return ({**counted, "response_format": {"type": "json_schema", "json_schema": described}}, counted, {})


def _part(event: object) -> Part:
    """What one event adds; raises one of GARBLED where it has another shape."""
    said = cast(Mapping[str, Any], event)
    choices, spent = said.get("choices"), said.get("usage")
    choice: Mapping[str, Any] = choices[0] if choices else {}
    delta: Mapping[str, Any] = choice.get("delta") or {}
    return Part(
        text=_text(delta.get("content")),
        finish=str(choice.get("finish_reason") or ""),
        spent=(int(spent["prompt_tokens"] or 0), int(spent["completion_tokens"] or 0)) if spent else None,
    )


def _text(content: object) -> str:
    """Text comes as it is, or from some servers in blocks, of which others hold what was thought."""
    if content is None or isinstance(content, str):
        return content or ""
    blocks = cast(Sequence[Mapping[str, Any]], content)
    return "".join(str(block["text"]) for block in blocks if block["type"] == "text")


def _imported() -> None:
    """Import what is heavy."""
    import_module("langchain_openai")


def _metered_client() -> "httpx2.AsyncClient":
    """An HTTP client whose responses end after WIRE_BYTES."""
    import httpx2
    import openai

    class Metered(httpx2.AsyncByteStream):
        def __init__(self, inner: httpx2.AsyncByteStream) -> None:
            self._inner = inner

        async def __aiter__(self) -> AsyncIterator[bytes]:
            left = WIRE_BYTES
            async for part in self._inner:
                left -= len(part)
                if left < 0:
                    raise too_long(WIRE_BYTES)
                yield part

        async def aclose(self) -> None:
            await self._inner.aclose()

    class Client(openai.DefaultAsyncHttpxClient):
        async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
            response = await super().send(request, **options)
            if isinstance(response.stream, httpx2.AsyncByteStream):
                response.stream = Metered(response.stream)
            return response

    return Client()


def _is_address(url: str) -> bool:
    try:
        address = urlsplit(url)
        return address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:
        return False


def _checked(api_key: str | None) -> str | None:
    key = (api_key or "").strip()
    if not (key.isascii() and key.isprintable()):
        raise UserError("The API key holds characters that no key has.", hint="Check OPENAI_API_KEY.")
    return key or None


def _pause(headers: Mapping[str, str]) -> float | None:
    """The wait that `Retry-After` asks for, in seconds; it may be a number or a date."""
    asked = headers.get("retry-after", "")
    try:
        return max(0.0, float(asked))
    except ValueError:
        pass
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
