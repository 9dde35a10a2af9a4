"""The endpoint over HTTP: what is asked is read, asked of a pool, and sent; errors are one line of text.

Knows requests and header fields; squeezing, security headers and limits on connections are the server's.
"""

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from cicte_graph.accept import has, takes_gzip
from cicte_graph.endpoint.description import described
from cicte_graph.endpoint.formats import TRIPLES, acceptable, accepted, content_type
from cicte_graph.endpoint.lane import busy
from cicte_graph.endpoint.messages import Question
from cicte_graph.endpoint.pool import Answer, Pool
from cicte_graph.endpoint.protocol import LARGEST, METHODS, check_head, read, too_large
from cicte_graph.errors import RequestError

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

__all__ = ["sparql"]

PIECE = 1 << 18  # bytes handed over at once, so that a slow reader does not hold a second copy of all
UNDERWAY = 1 << 29  # bytes of answers that are being sent
SAID = 500  # characters of an error, which may repeat what was sent
SHARED = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Retry-After"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": ", ".join(METHODS),
}


def sparql(pool: Pool, path: str = "/sparql") -> Route:
    """Give the route of the endpoint; whoever serves it opens the pool before and closes it after."""
    return Route(path, _Endpoint(pool), name="sparql")


class _Endpoint:
    """The application at the endpoint's address."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.underway = 0

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        request = Request(scope, receive)
        try:
            response = await self._response(request)
            if isinstance(response, Answer):
                await self._send(request, response, send)
                return
        except RequestError as error:
            response = _refusal(error)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Answer | Response:
        fields = request.headers
        said = (fields.get(name, "") for name in ("content-type", "content-encoding", "content-length"))
        check_head(request.method, *said)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=SHARED | PREFLIGHT)
        body = await _body(request)
        operation = read(request.method, request.scope["query_string"], fields.get("content-type", ""), body)
        accept = ", ".join(fields.getlist("accept"))
        if operation is None:
            return self._description(request, accept)
        question = Question(*operation, accepted(accept))
        name = self.pool.name(question)
        if request.method != "POST" and has(fields.getlist("if-none-match"), f'"{name}"'):
            return Response(status_code=304, headers=_lasting(name))
        return self.pool.known(name) or await self._asked(request, question)

    def _description(self, request: Request, accept: str) -> Response:
        media_type = acceptable(accepted(accept).triples, TRIPLES)
        content = described(str(request.url.replace(query="")), self.pool.graphs, media_type)
        return Response(content, headers=_lasting("") | {"Content-Type": content_type(media_type)})

    async def _asked(self, request: Request, question: Question) -> Answer:
        """Ask the pool, as long as somebody waits for the answer."""
        asked = asyncio.create_task(self.pool.ask(question))
        gone = asyncio.create_task(_gone(request))
        try:
            await asyncio.wait({asked, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                raise ClientDisconnect
            return asked.result()
        finally:
            asked.cancel()
            gone.cancel()

    async def _send(self, request: Request, answer: Answer, send: "Send") -> None:
        size = len(answer)
        if self.underway + size > UNDERWAY:
            raise busy(self.pool.limits.seconds)
        fields = _lasting(answer.name if request.method != "POST" else "")
        fields |= {"Content-Type": content_type(answer.media_type), "Content-Length": str(size)}
        if request.method == "HEAD" and takes_gzip(request.headers.get("accept-encoding", "")):
            del fields["Content-Length"]  # it is known once all is squeezed
        head = [(name.lower().encode("ascii"), value.encode("ascii")) for name, value in fields.items()]
        sent = size if request.method == "HEAD" else 0
        self.underway += size
        try:
            await send({"type": "http.response.start", "status": 200, "headers": head})
            while sent + PIECE < size:
                piece = bytes(memoryview(answer.content)[sent : sent + PIECE])
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                await asyncio.sleep(0)  # others go on meanwhile, though the reader takes all at once
                sent += PIECE
            await send({"type": "http.response.body", "body": bytes(memoryview(answer.content)[sent:])})
        finally:
            self.underway -= size


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise too_large()
    return bytes(body)


async def _gone(request: Request) -> None:
    """Wait until nobody waits for the answer."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _lasting(name: str) -> dict[str, str]:
    """Say how long an answer holds: until the graph is another, if the answer has a name, which is asked each time.

    Weak, since the same rows may be squeezed on the way.
    """
    fields = SHARED | {"Vary": "Accept", "Cache-Control": "no-cache" if name else "no-store"}
    return fields | ({"ETag": f'W/"{name}"'} if name else {})


def _refusal(error: RequestError) -> Response:
    line = " ".join(str(error).split())[:SAID]
    return PlainTextResponse(
        f"{line}\n", status_code=error.status, headers=SHARED | {"Cache-Control": "no-store"} | error.fields
    )
