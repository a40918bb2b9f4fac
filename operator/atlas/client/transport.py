"""HTTP to one registry: time limits, retries, trust, and the wall where httpx errors become ours.

The distinction that fallback relies on is made here: ``Unavailable`` is an outage (it may be served from a
backup), every other error is an answer. NB: redirects are not followed, so the token goes to the configured
address only.
"""

from __future__ import annotations

import json
import platform
import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import urlsplit

from atlas import VERSION
from atlas.errors import (
    AtlasError,
    Conflict,
    Forbidden,
    NotFound,
    Rejected,
    SpecError,
    Unauthorized,
    Unavailable,
)
from atlas.wire.foreign import fault_of, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from atlas.wire.contract import Operation, RegistryAddress

_BACKOFF_S = (1.0, 2.0, 4.0, 8.0)
_RETRY_AFTER_LIMIT_S = 60.0
_LOOPBACK_WAIT_S = 0.01
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_ANSWER_LIMIT_BYTES = 256 * 1024 * 1024
_SHOWN_BODY_CHARS = 1_000
_SHOWN_ERRORS = 20
_SHOWN_CHARS = 8_000
_READ_CHARS = 64_000
_UNEXPECTED = "unexpected error code"
_NO_REGISTRY = "answers, but not as an Atlas registry"
_EXPECTED = "expected http(s)://host[:port]"

_OK = 200
_NOT_IMPLEMENTED = 501
_NOT_SERVED = {404, 405}
_RETRIED = {408, 429}
_STATUS_ERRORS: dict[int, type[AtlasError]] = {403: Forbidden, 404: NotFound, 409: Conflict}


def is_no_registry(error: AtlasError) -> bool:
    """Whether the words of an answer's error come from something else than a registry, or than a path of it."""
    return _NO_REGISTRY in str(error) or str(error).startswith(_UNEXPECTED)


class Patience(NamedTuple):
    """How much a registry that does not answer may cost: tries after the first, at most four, and the limits of each one.

    After ``tries_s`` no other try begins.
    """

    retries: int = 4
    connect_s: float = 30.0
    answer_s: float = 30.0
    tries_s: float = float("inf")


PATIENT = Patience()


class _Response(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport:
    """A connection to the registry at ``address``; close it, or use it as a context.

    ``wait`` sleeps between tries, ``patience`` bounds them; ``http`` is what carries requests where it is not the
    network. ``check_peer`` raises where this IP address, that of a proxy where there is one, is to be told nothing: a name
    can lead anywhere.
    """

    def __init__(
        self,
        address: RegistryAddress,
        *,
        wait: Callable[[float], None] = time.sleep,
        patience: Patience = PATIENT,
        http: httpx.BaseTransport | None = None,
        check_peer: Callable[[str], None] | None = None,
    ) -> None:
        self.address = address
        self._wait = wait
        self._patience = patience
        self._http = http
        self._check_peer = check_peer
        self._client: httpx.Client | None = None
        self._loopback = _host(address.url) in _LOOPBACK

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        if self._client:
            self._client.close()

    def execute(self, operation: Operation, variables: Mapping[str, object]) -> Any:
        """The value of the operation's field, None where the registry answers with nothing.

        Raises:
            Unauthorized: The token is wrong or missing.
            Forbidden, NotFound, Conflict, Rejected: The registry says so; trying again does not help.
            Unavailable: An outage, after all retries with growing waits.
        """
        body: dict[str, object] = {"query": operation.text}
        if variables:
            body["variables"] = variables
        response = self._sent(json.dumps(body).encode())
        document = self._document(response)
        if response.status != _OK or document.get("errors"):
            if not document.get("errors") and _is_another_program(response):
                raise _STATUS_ERRORS.get(response.status, Rejected)(self._not_a_registry(response.status))
            raise _refusal(response, document, self._hidden)
        return self._answer(operation, document.get("data"))

    def _answer(self, operation: Operation, data: object) -> Any:
        """NB: all that reads answers relies on their shape, which is looked at here and nowhere else."""
        if data is None:
            return None
        if not isinstance(data, dict):
            raise self._malformed('"data" of its answer is no object')
        answer = data.get(operation.field)
        if fault := fault_of(operation, answer):
            raise self._malformed(fault)
        return answer

    def _malformed(self, fault: str) -> Unavailable:
        return Unavailable(
            f"{self.address.url} answers as no Atlas registry does: {fault}; whoever runs it has to mend it"
        )

    def _sent(self, body: bytes) -> _Response:
        begun_at = time.monotonic()
        for attempt in range(self._patience.retries + 1):
            last = attempt == self._patience.retries
            try:
                response = self._send(body)
            except Unavailable:
                if last or time.monotonic() - begun_at >= self._patience.tries_s:
                    raise
                self._wait(self._pause_s(attempt, ""))
                continue
            if not _is_outage(response.status):
                return response
            is_over = last or time.monotonic() - begun_at >= self._patience.tries_s
            if is_over or response.status == _NOT_IMPLEMENTED:
                raise Unavailable(
                    f"{self.address.url} answers {response.status}: {_shown(response.body, self._hidden)}"
                )
            self._wait(self._pause_s(attempt, response.headers.get("retry-after", "")))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _send(self, body: bytes) -> _Response:
        import httpx

        try:
            extensions = {"trace": self._traced} if self._check_peer else {}
            with self._opened().stream(
                "POST", self.address.url, content=body, extensions=extensions
            ) as response:
                return _Response(response.status_code, response.headers, _read(response))
        except httpx.InvalidURL as error:
            raise SpecError(f'"{self.address.url}" is no registry address: {error}') from error
        except httpx.TimeoutException as error:
            limit_s = (
                self._patience.connect_s
                if isinstance(error, httpx.ConnectTimeout)
                else self._patience.answer_s
            )
            raise Unavailable(f"{self.address.url} did not answer within {limit_s:.0f} s") from error
        except httpx.HTTPError as error:
            raise Unavailable(f"{self.address.url} cannot be reached: {_cause(error)}") from error
        except OSError as error:  # the other side was gone before it could be asked who it is
            raise Unavailable(
                f"{self.address.url} broke the connection: {error.strerror or error}"
            ) from error

    def _traced(self, event: str, info: Mapping[str, Any]) -> None:
        """Look who is at the other end of a new connection, before it is sent a word: the token is one of them."""
        if event != "connection.connect_tcp.complete" or not self._check_peer:
            return
        stream = info["return_value"]
        try:
            self._check_peer(str(stream.get_extra_info("server_addr")[0]))
        except BaseException:
            stream.close()
            raise

    def _document(self, response: _Response) -> dict[str, Any]:
        """The JSON of an answer; empty for an empty body, and for an error without one."""
        if not response.body.strip():
            return {}
        try:
            document = json.loads(response.body)
        except (ValueError, RecursionError) as error:
            if response.status != _OK:
                return {}
            if _is_another_program(
                response
            ):  # NB: an outage too, as where a proxy's page stands in for its server
                raise Unavailable(self._not_a_registry(_OK)) from error
            raise Unavailable("the registry's answer is cut off or no JSON") from error
        if isinstance(document, dict):
            return document
        if response.status == _OK and document is not None:
            raise self._malformed('its answer is no object with "data"')
        return {}

    def _not_a_registry(self, status: int) -> str:
        return f"{self.address.url} {_NO_REGISTRY} ({status})"

    def _hidden(self, text: str) -> str:
        """What a server said, without the token: a bad one, or a proxy, repeats what it was sent."""
        from atlas.engine.mask import mask_text

        return mask_text(text, (self.address.token or "",))

    def _opened(self) -> httpx.Client:
        if self._client is None:
            import ssl

            import httpx

            headers = {"Content-Type": "application/json", "User-Agent": _user_agent()}
            if self.address.token:
                headers["Authorization"] = f"Bearer {_sendable(self.address)}"
            self._client = httpx.Client(
                headers=headers,
                timeout=httpx.Timeout(self._patience.answer_s, connect=self._patience.connect_s),
                follow_redirects=False,
                transport=self._http,
                verify=ssl.create_default_context(),  # the system's trust store, or SSL_CERT_FILE
            )
        return self._client

    def _pause_s(self, attempt: int, retry_after: str) -> float:
        if self._loopback:
            return _LOOPBACK_WAIT_S
        asked_s = _seconds(retry_after)
        return _BACKOFF_S[attempt] if asked_s is None else min(asked_s, _RETRY_AFTER_LIMIT_S)


def _host(url: str) -> str:
    """The host of a registry's address; raises ``SpecError`` where it is none, or holds a password."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise SpecError(f"the registry's address does not parse ({error}): {_EXPECTED}") from error
    if "@" in parts.netloc or (not host and "@" in url):
        raise SpecError(
            f"the registry's address holds a user name or password: {_EXPECTED}, and the token apart"
        )
    if parts.scheme not in {"http", "https"} or not host:
        raise SpecError(f'"{url}" is no registry address: {_EXPECTED}')
    return host


def _sendable(address: RegistryAddress) -> str:
    """The token as a header takes it: files and Secrets like to end with a newline."""
    token = (address.token or "").strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise SpecError(
            f"the token for {address.url} holds a character that no token has: expected one line of letters, "
            "digits and signs, as 'atlas registry token create' prints it"
        )
    return token


def _cause(error: httpx.HTTPError) -> str:
    """What the system says, without its number: ``Connection refused``."""
    return re.sub(r"^\[Errno -?\d+\] ", "", str(error)) or type(error).__name__


def _read(response: httpx.Response) -> bytes:
    pieces, size_bytes = [], 0
    for piece in response.iter_bytes():
        size_bytes += len(piece)
        if size_bytes > _ANSWER_LIMIT_BYTES:
            raise Unavailable(f"{response.url} answers more than {_ANSWER_LIMIT_BYTES} bytes")
        pieces.append(piece)
    return b"".join(pieces)


def _is_outage(status: int) -> bool:
    return status in _RETRIED or status >= 500  # noqa: PLR2004 - RFC 9110, server errors


def _is_another_program(response: _Response) -> bool:
    """Whether what answers serves no registry: not this path, not this method, or a page for people."""
    is_page = response.body.lstrip()[:1] == b"<"
    return response.status in _NOT_SERVED or (is_page and response.status in {_OK, 400, 403})


def _refusal(response: _Response, document: Mapping[str, Any], hidden: Callable[[str], str]) -> AtlasError:
    if response.status == 401:  # noqa: PLR2004 - RFC 9110
        return Unauthorized("Unauthorized")
    told = document.get("errors") or []
    messages = [
        _one_line(_message(error), hidden)
        for error in (told if isinstance(told, list) else [told])[:_SHOWN_ERRORS]
    ]
    text = "; ".join(messages) or f"{_UNEXPECTED} {response.status}: {_answered(response, hidden)}"
    if response.status == _OK and "not found" in text:
        return NotFound(text)
    return _STATUS_ERRORS.get(response.status, Rejected)(text)


def _answered(response: _Response, hidden: Callable[[str], str]) -> str:
    if 300 <= response.status < 400:  # noqa: PLR2004 - RFC 9110, redirection
        return "it sends on to another address, and the token goes to none but the one that was named"
    return _shown(response.body, hidden)


def _message(error: object) -> str:
    message = error.get("message") if isinstance(error, dict) else error
    return message.strip() if isinstance(message, str) else "an error without a message"


def _shown(body: bytes, hidden: Callable[[str], str]) -> str:
    return _one_line(body.decode(errors="replace").strip(), hidden)[:_SHOWN_BODY_CHARS]


def _one_line(text: str, hidden: Callable[[str], str]) -> str:
    """NB: cut only far behind what is shown before the token is hidden, else half of it would stand there."""
    return one_line(hidden(text[:_READ_CHARS]))[:_SHOWN_CHARS]


def _seconds(retry_after: str) -> float | None:
    """A Retry-After header (RFC 9110 10.2.3: seconds or a date) in seconds from now."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, TypeError, IndexError, OverflowError):  # the library reads some dates wrongly
        return None


def _user_agent() -> str:
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    return f"Atlas/{VERSION} ({platform.system().lower()}/{machine})"
