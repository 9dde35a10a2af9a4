"""What stands before every part of the server: limits on requests, header fields on answers, a line in the log.

Knows HTTP as ASGI gives it; knows nothing of what is served. The log has neither who asked nor what was filled in.
"""

import asyncio
import re
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cicte_graph.serve.headers import SECURITY, problem

if TYPE_CHECKING:
    from cicte_graph.serve.service import Service

__all__ = ["Guard"]

TARGET = 1 << 14  # bytes of path and query
FIELDS, FIELD_BYTES = 100, 1 << 14  # of the request's header
BODY = 1 << 21  # bytes
LARGE = f"A body may have {BODY:,} bytes. Send less."
RUNNING = 200  # requests at once
HOST = re.compile(rb"[A-Za-z0-9._-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")
LOGGED = 200  # characters of method and path


class Guard:
    """The outermost part of the application."""

    def __init__(self, inner: ASGIApp, service: "Service") -> None:
        self.inner = inner
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it unread."""
        start, answer = time.perf_counter(), _Answer(send)
        metrics = self.service.metrics
        refusal = _refusal(scope) or self._unavailable(scope)
        metrics.running += not refusal
        try:
            if refusal:
                await answer.refuse(*refusal)
            else:
                await self.inner(scope, _bounded(receive), answer.send)
        finally:
            metrics.running -= not refusal
            seconds = time.perf_counter() - start
            metrics.count(scope["method"], answer.status, seconds)
            asked = f"{scope['method']} {scope['raw_path'].decode('ascii')}"[:LOGGED]
            with suppress(OSError):  # a log that is gone is no reason to stop
                sys.stderr.write(f"{asked} {answer.status} {seconds * 1000:.1f}ms {answer.bytes}B\n")

    def _unavailable(self, scope: Scope) -> tuple[int, str] | None:
        if scope["path"] == "/health":
            return None
        if self.service.stopping:
            return 503, "The server is stopping. Come back in a moment."
        busy = self.service.metrics.running >= RUNNING
        return (503, "Too many requests at once. Come back in a moment.") if busy else None


class _Answer:
    """What is sent, with what every answer must say, counted."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0  # of an answer that never began
        self.bytes = 0

    async def send(self, message: Message) -> None:
        """Send on, with the header fields that are not there yet."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            fields = MutableHeaders(scope=message)
            for name, value in SECURITY.items():
                fields.setdefault(name, value)
        self.bytes += len(message.get("body", b""))
        await self._send(message)
        if message.get("more_body"):
            await asyncio.sleep(0)  # a long answer lets others in between, even where its reader takes it at once

    async def refuse(self, status: int, detail: str) -> None:
        """Answer with a problem, and take nothing more on this connection: what was not read may follow."""
        if self.status:
            return
        body, fields = problem(status, detail)
        headers = [(name.encode(), value.encode()) for name, value in {**fields, "connection": "close"}.items()]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def _refusal(scope: Scope) -> tuple[int, str] | None:
    """Say what is wrong with a request before any of it is read, if anything is."""
    headers = scope["headers"]
    said = dict(headers)
    length = int(said.get(b"content-length", b"0"))  # the parser lets no other text pass, and no second one
    checks = (
        (len(scope["raw_path"]) + len(scope["query_string"]) > TARGET, 414, f"An address may have {TARGET:,} bytes."),
        (
            len(headers) > FIELDS or sum(len(name) + len(value) for name, value in headers) > FIELD_BYTES,
            431,
            f"A header may have {FIELDS} fields and {FIELD_BYTES:,} bytes.",
        ),
        (scope["http_version"] not in ("1.0", "1.1"), 505, "Use HTTP/1.1."),
        (b"host" in said and not HOST.fullmatch(said[b"host"]), 400, "The field Host names no host."),
        (not scope["path"].startswith("/"), 400, "Ask for a path, one that begins with a slash."),
        (length > BODY, 413, LARGE),
    )
    return next(((status, detail) for wrong, status, detail in checks if wrong), None)


def _bounded(receive: Receive) -> Receive:
    """Read a body up to its limit."""
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > BODY:
            raise HTTPException(413, LARGE, {"connection": "close"})
        return message

    return bounded
