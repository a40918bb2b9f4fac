"""HTTP to one registry: time limits, retries, trust, and the wall where httpx errors become ours.

What an answer means is told in ``answers``. NB: redirects are not followed, so the token goes to the configured address
only.
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
from atlas.client.answers import Reader, Response
from atlas.client.body import ACCEPTED_ENCODINGS, UnboundedError, limit_bytes, read_body
from atlas.errors import SpecError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from atlas.wire.contract import RegistryAddress
    from atlas.wire.operations import Operation

_BACKOFF_S = (1.0, 2.0, 4.0, 8.0)
_RETRY_AFTER_LIMIT_S = 60.0
_LOOPBACK_WAIT_S = 0.01
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_EXPECTED = "expected http(s)://host[:port]"

_NOT_IMPLEMENTED = 501


class Patience(NamedTuple):
    """How much a registry that does not answer may cost: tries after the first, at most four, and the limits of each one.

    After ``tries_s`` no other try begins.
    """

    retries: int = 4
    connect_s: float = 30.0
    answer_s: float = 30.0
    tries_s: float = float("inf")


PATIENT = Patience()


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
        self._reader = Reader(address)

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
        response = self._sent(json.dumps(body).encode(), limit_bytes(operation))
        return self._reader.value(operation, response)

    def _sent(self, body: bytes, most_bytes: int) -> Response:
        begun_at = time.monotonic()
        for attempt in range(self._patience.retries + 1):
            last = attempt == self._patience.retries
            try:
                response = self._send(body, most_bytes)
            except UnboundedError:
                raise
            except Unavailable:
                if last or time.monotonic() - begun_at >= self._patience.tries_s:
                    raise
                self._wait(self._pause_s(attempt, ""))
                continue
            if not response.is_outage:
                return response
            is_over = last or time.monotonic() - begun_at >= self._patience.tries_s
            if is_over or response.status == _NOT_IMPLEMENTED:
                raise self._reader.outage(response)
            self._wait(self._pause_s(attempt, response.headers.get("retry-after", "")))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _send(self, body: bytes, most_bytes: int) -> Response:
        import httpx

        try:
            extensions = {"trace": self._traced} if self._check_peer else {}
            with self._opened().stream(
                "POST", self.address.url, content=body, extensions=extensions
            ) as response:
                answered = read_body(response, most_bytes, self._patience.answer_s)
                return Response(response.status_code, response.headers, answered)
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

    def _opened(self) -> httpx.Client:
        if self._client is None:
            import ssl

            import httpx

            headers = {
                "Accept-Encoding": ACCEPTED_ENCODINGS,
                "Content-Type": "application/json",
                "User-Agent": _user_agent(),
            }
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
