"""The HTTP door: routes, who asks, limits, and the pool of threads behind which everything else runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from atlas.errors import AtlasError, NotFound, Rejected
from atlas.server.auth import principal_of
from atlas.server.body import BodyTooLargeError, is_number, parse_body, read_body
from atlas.server.errors import graphql_error, graphql_status, status_of
from atlas.server.graphql.execute import execute
from atlas.server.graphql.table import resolvers_for
from atlas.server.metrics import Metrics
from atlas.server.pages import HEADERS, home_page, repository_page
from atlas.server.plan_page import plan_page
from atlas.server.store.reading import archive_by_digest
from atlas.wire.contract import CONTENT_PATH, DIRECTORY, QUERY_PATH, SCHEMA
from atlas.wire.digest import Digest, is_digest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from atlas.server.store.registry import Principal, Registry
    from atlas.wire.contract import RepositoryType

T = TypeVar("T")

THREADS = 64
_LARGE_BODIES = 8  # at once: a large push is held in memory several times over
_LARGE_BYTES = 1024 * 1024
_ARCHIVES = 2  # in one request: diffSyncDir may carry a directory and a delta
_UNAUTHORIZED = 401


@dataclass(frozen=True, slots=True)
class AppOptions:
    """``public_pages`` opens the pages to whoever can reach the server; the API always needs a token."""

    public_pages: bool = False


class App:
    """The endpoints, with what they share."""

    def __init__(self, registry: Registry, options: AppOptions) -> None:
        self._registry = registry
        self._options = options
        self._metrics = Metrics()
        self._threads = CapacityLimiter(THREADS)
        self._large = CapacityLimiter(_LARGE_BODIES)
        self._body_limit = _ARCHIVES * registry.limits.total_bytes * 4 // 3 + _LARGE_BYTES

    async def query(self, request: Request) -> Response:
        """POST /query and /: one GraphQL request. The body is read only for a known token."""

        async def answer() -> Response:
            principal = await self._on_thread(lambda: principal_of(self._registry, request.headers))
            size = request.headers.get("content-length", "")
            if is_number(size) and int(size) <= _LARGE_BYTES:
                return await self._queried(request, principal)
            async with self._large:
                return await self._queried(request, principal)

        return await _answered(answer)

    async def content(self, request: Request) -> Response:
        """GET /v1/content/{digest}: an archive, immutable."""
        digest = request.path_params["digest"]
        etag = f'"{digest}"'
        headers = {"ETag": etag, "Cache-Control": "private, max-age=31536000, immutable"}

        def read() -> Response:
            principal = principal_of(self._registry, request.headers)
            if not is_digest(digest):
                raise Rejected(f'"{digest}" is no digest: expected sha256: and 64 hexadecimal digits')
            archive = archive_by_digest(self._registry, principal, Digest(digest))
            if request.headers.get("if-none-match") == etag:
                return Response(status_code=304, headers=headers)
            return Response(archive, media_type="application/x-tar", headers=headers)

        return await _answered(lambda: self._on_thread(read))

    def page_of(self, type_: RepositoryType) -> Callable[[Request], Awaitable[Response]]:
        """GET /dirs/{id} or /schemas/{id}: the endpoint for pages of one type."""

        async def page(request: Request) -> Response:
            def draw() -> str:
                public = self._options.public_pages
                principal = None if public else principal_of(self._registry, request.headers)
                return repository_page(self._registry, principal, type_, _number(request, "id"))

            return await self._page(draw)

        return page

    async def plan_page(self, request: Request) -> Response:
        """GET /schemas/{id}/plans/{number}: the page of a plan."""

        def draw() -> str:
            public = self._options.public_pages
            principal = None if public else principal_of(self._registry, request.headers)
            return plan_page(self._registry, principal, _number(request, "id"), _number(request, "number"))

        return await self._page(draw)

    async def home(self, request: Request) -> Response:
        """GET /: the repositories of the token's project."""
        return await self._page(
            lambda: home_page(self._registry, principal_of(self._registry, request.headers))
        )

    async def ready(self, _request: Request) -> Response:
        """GET /readyz: whether the database and the bucket answer."""

        def check() -> Response:
            with self._registry.database.reading() as connection:
                connection.exec_driver_sql("SELECT 1")
            self._registry.content.check()
            return PlainTextResponse("ok\n")

        return await _answered(lambda: self._on_thread(check))

    async def metrics(self, _request: Request) -> Response:
        """GET /metrics: Prometheus text."""
        return Response(self._metrics.text(), media_type=self._metrics.media_type)

    async def _queried(self, request: Request, principal: Principal) -> Response:
        body = await read_body(request, self._body_limit)
        return await self._on_thread(lambda: self._executed(body, principal))

    def _executed(self, body: bytes, principal: Principal) -> Response:
        parsed = parse_body(body)
        with self._metrics.timed(parsed.query):
            answer = execute(parsed, resolvers_for(self._registry, principal))
        document: dict[str, Any] = {"data": answer.data}
        if answer.failures:
            document["errors"] = [graphql_error(failure.error, failure.path) for failure in answer.failures]
        status = graphql_status([failure.error for failure in answer.failures])
        return Response(json.dumps(document), status_code=status, media_type="application/json")

    async def _page(self, draw: Callable[[], str]) -> Response:
        """A page; without a token a browser is told to ask for it."""
        response = await _answered(
            lambda: self._on_thread(lambda: HTMLResponse(draw(), headers=HEADERS)),
        )
        if response.status_code == _UNAUTHORIZED:
            response.headers["WWW-Authenticate"] = (
                'Basic realm="Atlas Registry: any user, the token as password"'
            )
        return response

    async def _on_thread(self, work: Callable[[], T]) -> T:
        return await to_thread.run_sync(work, limiter=self._threads)


async def _answered(answer: Callable[[], Awaitable[Response]]) -> Response:
    """The answer; an error of the tree becomes its status."""
    try:
        return await answer()
    except AtlasError as error:
        status = 413 if isinstance(error, BodyTooLargeError) else status_of(error)
        headers = {"WWW-Authenticate": "Bearer"} if status == _UNAUTHORIZED else None
        return JSONResponse({"errors": [graphql_error(error)]}, status_code=status, headers=headers)


def build_app(registry: Registry, options: AppOptions) -> Starlette:
    """The ASGI application of a registry."""
    app = App(registry, options)
    return Starlette(
        routes=[
            Route(QUERY_PATH, app.query, methods=["POST"]),
            Route("/", app.query, methods=["POST"]),
            Route("/", app.home),
            Route(f"{CONTENT_PATH}{{digest}}", app.content),
            Route("/dirs/{id}", app.page_of(DIRECTORY)),
            Route("/schemas/{id}", app.page_of(SCHEMA)),
            Route("/schemas/{id}/plans/{number}", app.plan_page),
            Route("/healthz", _alive),
            Route("/readyz", app.ready),
            Route("/metrics", app.metrics),
        ]
    )


async def _alive(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


def _number(request: Request, name: str) -> int:
    text = request.path_params[name]
    if not is_number(text):
        raise NotFound("page not found")
    return int(text)
