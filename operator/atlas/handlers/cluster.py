"""The API server as a port: a few requests over one pool of connections, errors translated at this wall.

Paths and JSON go through the library's transport, not through its models: an object is used as it came.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from atlas.errors import AccessDenied, Conflict, NotFound, Rejected, Unavailable
from atlas.handlers.keys import GROUP, VERSION
from atlas.handlers.stored import stored_of
from atlas.reconcile.ports import CONFIG_MAP, SECRET

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from atlas.handlers.keys import Key, Ref
    from atlas.reconcile.ports import Stored

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
PARTIAL = "application/json;as={};g=meta.k8s.io;v=v1"
REQUEST_TIMEOUT_S = 30
_FORBIDDEN = {401, 403}
_PLURALS = {SECRET: "secrets", CONFIG_MAP: "configmaps"}


class Cluster:
    """One connection pool to one API server; belongs to one event loop."""

    def __init__(self, configuration: Any) -> None:
        """``configuration`` is a ``kubernetes.aio`` one (see ``connection``)."""
        from kubernetes.aio.client.api_client import ApiClient

        self._api = ApiClient(configuration)
        self._api.user_agent = "atlas-operator"

    async def close(self) -> None:
        await self._api.close()  # type: ignore[no-untyped-call]  # published without types

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
        await self.request("PATCH", f"{key.path}/status", body={"status": patch}, content_type=MERGE_PATCH)

    async def post_event(self, namespace: str, event: Mapping[str, object]) -> None:
        await self.request("POST", f"/api/v1/namespaces/{namespace}/events", body=event)

    async def stored(self, ref: Ref) -> Stored | None:
        """A Secret or ConfigMap with its data, None when there is none."""
        try:
            body = await self.request(
                "GET", f"/api/v1/namespaces/{ref.namespace}/{_PLURALS[ref.kind]}/{ref.name}"
            )
        except NotFound:
            return None
        return stored_of(ref.kind, body)

    async def request(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        content_type: str = JSON,
        query: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """One request and its JSON answer.

        Raises:
            NotFound, Conflict, AccessDenied, Rejected: The server refused it.
            Unavailable: The server did not answer, or is in trouble.
        """
        headers = {"Accept": JSON, "Content-Type": content_type}
        response = await self._send(method, path, headers, body, query, timeout_s=REQUEST_TIMEOUT_S)
        return _answer(response.status, await _read(response), f"{method} {path}")

    async def list_metadata(self, kind: str, namespace: str, token: str) -> dict[str, Any]:
        """One page of a metadata-only list; ``token`` is that of the page before, '' for the first."""
        path = metadata_path(kind, namespace)
        query = {"limit": "500"} | ({"continue": token} if token else {})
        headers = {"Accept": PARTIAL.format("PartialObjectMetadataList")}
        response = await self._send("GET", path, headers, None, query, timeout_s=REQUEST_TIMEOUT_S)
        return _answer(response.status, await _read(response), f"GET {path}")

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
        headers = {"Accept": PARTIAL.format("PartialObjectMetadata")}
        response = await self._send("GET", path, headers, None, query, timeout_s=330)
        if response.status >= 300:  # noqa: PLR2004 - the first status that is no success
            _answer(response.status, await _read(response), f"watch {path}")
        try:
            async for line in response.response.content:
                if line.strip():
                    yield json.loads(line)
        except _transport_errors() as error:
            raise Unavailable(f"watch {path}: {_words(error)}") from error
        finally:
            response.response.close()

    async def _send(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: object,
        query: Mapping[str, str] | None,
        *,
        timeout_s: float,
    ) -> Any:
        try:
            call = await self._api.param_serialize(
                method,
                path,
                query_params=list((query or {}).items()),
                header_params=headers,
                body=body,
                auth_settings=["BearerToken"],
            )
            return await self._api.call_api(*call, _request_timeout=timeout_s)
        except _transport_errors() as error:
            raise Unavailable(f"the API server did not answer {method} {path}: {_words(error)}") from error


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


def _answer(status: int, data: bytes, what: str) -> dict[str, Any]:
    if status < 300:  # noqa: PLR2004 - the first status that is no success
        answer: dict[str, Any] = json.loads(data)
        return answer
    message = f"{what}: {_message(data) or status}"
    match status:
        case 404:
            raise NotFound(message)
        case 409 | 410:
            raise Conflict(message)
        case _ if status in _FORBIDDEN:
            raise AccessDenied(message)
        case 429 | 408:
            raise Unavailable(message)
        case _ if status >= 500:  # noqa: PLR2004 - the first status that is the server's own trouble
            raise Unavailable(message)
        case _:
            raise Rejected(message)


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
