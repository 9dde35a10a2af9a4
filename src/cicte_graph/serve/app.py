"""The server as one application: which part answers which address, and how every error is told.

Knows addresses of the server's own; those of the explorer are looked up in `cicte_graph.serve.pages`.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import cast

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cicte_graph.accept import takes_gzip
from cicte_graph.endpoint.routes import sparql
from cicte_graph.errors import CicteGraphError, EngineError, NotFoundError, RequestError
from cicte_graph.serve.api import api
from cicte_graph.serve.guard import Guard
from cicte_graph.serve.headers import problem
from cicte_graph.serve.metrics import TEXT
from cicte_graph.serve.pages import METHODS, Pages, told
from cicte_graph.serve.service import Service

__all__ = ["application"]

UNKEPT = {"cache-control": "no-store"}
SQUEEZE = 5  # of 9: an answer is squeezed while it is waited for
ROBOTS = "User-agent: *\nDisallow: /api/\nDisallow: /sparql\nDisallow: /*?\n"


def application(service: Service) -> ASGIApp:
    """Put the parts of the server together."""

    async def health(request: Request) -> Response:
        if request.method == "OPTIONS":
            return told()
        version = service.edition.version
        said = {"status": "stopping" if service.stopping else "ok", "graph": version.digest, "built": version.built}
        return JSONResponse(said, 503 if service.stopping else 200, UNKEPT)

    async def metrics(request: Request) -> Response:
        if request.method == "OPTIONS":
            return told()
        return PlainTextResponse(service.metrics.text(service.edition), headers=UNKEPT, media_type=TEXT)

    async def robots(request: Request) -> Response:
        return told() if request.method == "OPTIONS" else PlainTextResponse(ROBOTS)

    async def icon(request: Request) -> Response:
        return told() if request.method == "OPTIONS" else Response(None, 308, {"location": "assets/icon.svg"})

    pages = Pages(service)

    async def page(request: Request) -> Response:
        return await pages(request)

    endpoint = sparql(service.pool)
    endpoint.app = _squeezed(endpoint.app)
    starlette = Starlette(
        routes=[
            Route("/health", health, methods=METHODS),
            Route("/metrics", metrics, methods=METHODS),
            Route("/robots.txt", robots, methods=METHODS),
            Route("/favicon.ico", icon, methods=METHODS),
            endpoint,
            Mount("/api", routes=api(service)),
            Route("/{path:path}", page, methods=METHODS),
        ],
        exception_handlers={
            CicteGraphError: _ours,
            HTTPException: _refused,
            ClientDisconnect: _gone,
            Exception: _failed,
        },
    )
    starlette.router.redirect_slashes = False  # it leads to wherever the field Host says
    return Guard(starlette, service)


def _squeezed(plain: ASGIApp) -> ASGIApp:
    """Send answers with gzip to whoever takes it, and say that they differ by that."""
    squeezed = GZipMiddleware(plain, compresslevel=SQUEEZE)

    async def fitting(scope: Scope, receive: Receive, send: Send) -> None:
        async def varied(message: Message) -> None:
            if message["type"] == "http.response.start" and "vary" in (fields := MutableHeaders(scope=message)):
                fields["vary"] = "Accept, Accept-Encoding"
            await send(message)

        taken = takes_gzip(Headers(scope=scope).get("accept-encoding", ""))
        await (squeezed if taken else plain)(scope, receive, varied)

    return fitting


async def _ours(_: Request, error: Exception) -> Response:
    """Tell one of our own errors."""
    match error:
        case RequestError():
            return _problem(error.status, str(error), error.fields)
        case NotFoundError():
            return _problem(404, str(error))
        case EngineError():
            return _problem(503, str(error))
        case _:
            return _problem(400, str(error))


async def _refused(_: Request, error: Exception) -> Response:
    """Tell what starlette refuses: a method that an address does not have."""
    refused = cast("HTTPException", error)
    return _problem(refused.status_code, refused.detail, refused.headers)


async def _gone(_: Request, __: Exception) -> Response:
    """Tell nobody: who asked went away before all was sent."""
    return _problem(HTTPStatus.REQUEST_TIMEOUT, "The request did not arrive as a whole.")


async def _failed(_: Request, __: Exception) -> Response:
    """Tell that it is our fault; what it is goes to standard error."""
    return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The server failed to answer this; its log says why.")


def _problem(status: int, detail: str, more: Mapping[str, str] | None = None) -> Response:
    body, fields = problem(status, detail)
    return Response(body, status, fields | {name.lower(): value for name, value in (more or {}).items()})
