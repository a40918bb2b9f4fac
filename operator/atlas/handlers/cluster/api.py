"""The API server as a port: a few requests over one pool of connections, errors translated at this wall.

Paths and JSON go through the library's transport, not through its models: an object is used as it came. Of an
object that was written only the metadata comes back: a spec may hold a whole directory.
"""

from __future__ import annotations

import json
from copy import copy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from atlas.errors import AccessDenied, Conflict, NotFound, Rejected, Unavailable
from atlas.handlers.keys import GROUP, VERSION
from atlas.handlers.stored import stored_of
from atlas.reconcile.ports import CONFIG_MAP, SECRET

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from atlas.errors import AtlasError
    from atlas.handlers.keys import Key, Ref
    from atlas.reconcile.ports import Stored

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
USER_AGENT = "atlas-operator"
PARTIAL = "application/json;as={};g=meta.k8s.io;v=v1"
METADATA = PARTIAL.format("PartialObjectMetadata")
REQUEST_TIMEOUT_S = 30
CONNECTIONS = 16
"""For requests, beside the streams: each connection costs both sides a TLS handshake, and a server on the way queues too."""
_FORBIDDEN = {401, 403}
_PLURALS = {SECRET: "secrets", CONFIG_MAP: "configmaps"}


class Cluster:
    """One connection pool to one API server; belongs to one event loop."""

    def __init__(self, configuration: Any, *, streams: int = 0) -> None:
        """``configuration`` is a ``kubernetes.aio`` one (see ``connection``); each stream keeps a connection."""
        from kubernetes.aio.client.rest import RESTClientObject

        self._configuration = copy(configuration)
        self._configuration.connection_pool_maxsize = CONNECTIONS + streams
        self._rest = RESTClientObject(self._configuration)

    async def close(self) -> None:
        await self._rest.close()

    async def get(self, key: Key) -> dict[str, Any] | None:
        """The object, None when there is none."""
        try:
            return await self.request("GET", key.path)
        except NotFound:
            return None

    async def served_kinds(self) -> frozenset[str]:
        """The kinds of our group that the server knows; none before the CRDs are installed."""
        try:
            answer = await self.request("GET", f"/apis/{GROUP}/{VERSION}")
        except NotFound:
            return frozenset()
        return frozenset(str(resource["kind"]) for resource in answer.get("resources") or ())

    async def patch_status(self, key: Key, patch: Mapping[str, object]) -> None:
        """Merge into the status; without a resourceVersion, so that no other writer can make it lose.

        Raises:
            NotFound: The object has gone.
            Unavailable: It may or may not be written.
        """
        headers = {"Accept": METADATA, "Content-Type": MERGE_PATCH}
        await self._answered("PATCH", f"{key.path}/status", headers, {"status": patch})

    async def post_event(self, namespace: str, event: Mapping[str, object]) -> None:
        headers = {"Accept": METADATA, "Content-Type": JSON}
        await self._answered("POST", f"/api/v1/namespaces/{namespace}/events", headers, event)

    async def stored(self, ref: Ref) -> Stored | None:
        """A Secret or ConfigMap with its data, None when there is none."""
        try:
            body = await self.request(
                "GET", f"/api/v1/namespaces/{ref.namespace}/{_PLURALS[ref.kind]}/{ref.name}"
            )
        except NotFound:
            return None
        return stored_of(ref.kind, body)

    async def request(self, method: str, path: str, *, body: object = None) -> dict[str, Any]:
        """One request and its JSON answer.

        Raises:
            NotFound, Conflict, AccessDenied, Rejected: The server refused it.
            Unavailable: The server did not answer, or is in trouble.
        """
        headers = {"Accept": JSON, "Content-Type": JSON}
        answer: dict[str, Any] = json.loads(await self._answered(method, path, headers, body))
        return answer

    async def merge(self, path: str, patch: Mapping[str, object]) -> None:
        """Merge into an object (RFC 7386), whatever else was written since. Raises as ``request`` does."""
        await self._answered("PATCH", path, {"Accept": METADATA, "Content-Type": MERGE_PATCH}, patch)

    async def list_metadata(self, kind: str, namespace: str, token: str) -> dict[str, Any]:
        """One page of a metadata-only list; ``token`` is that of the page before, '' for the first."""
        query = {"limit": "500"} | ({"continue": token} if token else {})
        path = f"{metadata_path(kind, namespace)}?{urlencode(query)}"
        headers = {"Accept": PARTIAL.format("PartialObjectMetadataList")}
        page: dict[str, Any] = json.loads(await self._answered("GET", path, headers))
        return page

    async def watch_metadata(self, kind: str, namespace: str, version: str) -> AsyncIterator[dict[str, Any]]:
        """Metadata-only watch events after ``version`` until the server ends the stream, bookmarks included.

        Raises:
            Unavailable: The stream broke, or nothing came for longer than bookmarks take.
        """
        path = metadata_path(kind, namespace)
        query = {
            "watch": "1",
            "resourceVersion": version,
            "allowWatchBookmarks": "true",
            "timeoutSeconds": "290",
        }
        headers = {"Accept": METADATA}
        response = await self._send("GET", f"{path}?{urlencode(query)}", headers, timeout_s=330)
        if response.status >= 300:  # noqa: PLR2004 - the first status that is no success
            raise _refusal(response.status, await _read(response), f"watch {path}")
        try:
            async for line in response.response.content:
                if line.strip():
                    yield json.loads(line)
        except _transport_errors() as error:
            raise Unavailable(f"watch {path}: {_words(error)}") from error
        finally:
            response.response.close()

    async def _answered(self, method: str, path: str, headers: dict[str, str], body: object = None) -> bytes:
        """The body of an answer that says yes."""
        response = await self._send(method, path, headers, body, timeout_s=REQUEST_TIMEOUT_S)
        data = await _read(response)
        if response.status >= 300:  # noqa: PLR2004 - the first status that is no success
            raise _refusal(response.status, data, f"{method} {path.partition('?')[0]}")
        return data

    async def _send(
        self, method: str, path: str, headers: dict[str, str], body: object = None, *, timeout_s: float
    ) -> Any:
        # NB: past the library's own serializer, which walks every value once more and is half the cost of a request.
        try:
            return await self._rest.request(  # type: ignore[no-untyped-call]  # published without types
                method,
                self._configuration.host + path,
                headers={"User-Agent": USER_AGENT, **headers, **await self._authorization()},
                body=body,
                _request_timeout=timeout_s,
            )
        except _transport_errors() as error:
            name = path.partition("?")[0]
            raise Unavailable(f"the API server did not answer {method} {name}: {_words(error)}") from error

    async def _authorization(self) -> dict[str, str]:
        """Asked for each time: a token of a pod is replaced while we run."""
        found = (await self._configuration.auth_settings()).get("BearerToken")
        return {found["key"]: found["value"]} if found else {}


def metadata_path(kind: str, namespace: str) -> str:
    """Where objects of a kind are listed; '' means all namespaces."""
    within = f"/namespaces/{namespace}" if namespace else ""
    return f"/api/v1{within}/{_PLURALS[kind]}"


async def _read(response: Any) -> bytes:
    try:
        data: bytes = await response.read()
    except _transport_errors() as error:
        raise Unavailable(f"the API server's answer broke off: {_words(error)}") from error
    return data


def _refusal(status: int, data: bytes, what: str) -> AtlasError:
    message = f"{what}: {_message(data) or status}"
    match status:
        case 404:
            return NotFound(message)
        case 409 | 410:
            return Conflict(message)
        case _ if status in _FORBIDDEN:
            return AccessDenied(message)
        case 429 | 408:
            return Unavailable(message)
        case _ if status >= 500:  # noqa: PLR2004 - the first status that is the server's own trouble
            return Unavailable(message)
        case _:
            return Rejected(message)


def _message(data: bytes) -> str:
    try:
        return str(json.loads(data).get("message", ""))
    except ValueError:
        return data[:200].decode(errors="replace")


def _transport_errors() -> tuple[type[BaseException], ...]:
    import aiohttp

    return (aiohttp.ClientError, TimeoutError, OSError)


def _words(error: BaseException) -> str:
    return str(error) or type(error).__name__
