"""One connection of HTTP/1.1 that nobody can hold on to: uvicorn's own, with limits on how slow and how many.

uvicorn waits without end for a request that trickles in and for a reader that does not read; here each is given up.
Knows bytes and time; knows nothing of what is asked for.
"""

import sys
from asyncio import TimerHandle, Transport
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from cicte_graph.serve.headers import SECURITY, problem

__all__ = ["IN_HEAD", "Connection"]

CONNECTIONS = 500  # at once; a process may hold 1,024 files by default
IN_HEAD = 1 << 16  # bytes of a request's head that are taken in before it is refused unread
REQUEST = 10.0  # seconds for a request to arrive, head and body
STALLED = 10.0  # seconds in which a reader must take in at least so many bytes
PACE = 1 << 15
LENGTH_REQUIRED = 411
CALM = (h11.DONE, h11.MUST_CLOSE, h11.CLOSED, h11.ERROR)  # a client that owes nothing


class _Requests(h11.Connection):
    """A reader of requests that takes no body in chunks: of one byte each, they would cost more than any answer."""

    def next_event(self) -> Any:  # as h11 has it
        """Give the next event, as long as a body says how long it is."""
        event = super().next_event()
        if isinstance(event, h11.Request) and any(name == b"transfer-encoding" for name, _ in event.headers):
            raise h11.RemoteProtocolError("Say how long the body is, in Content-Length.", error_status_hint=411)
        return event


class Connection(H11Protocol):
    """A connection that is closed on whoever does not send a request, or read the answer, in time."""

    _arriving: TimerHandle | None = None
    _reading: TimerHandle | None = None

    def __init__(self, config: Config, *others: Any, **named: Any) -> None:
        super().__init__(config, *others, **named)
        self.conn = _Requests(h11.SERVER, config.h11_max_incomplete_event_size or IN_HEAD)

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, unless there are too many connections."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # so that we hear of every byte the reader does not take
        if len(self.connections) > CONNECTIONS:
            self._refuse(503, "Too many connections. Come back in a moment.")
        else:
            self._expect()

    def data_received(self, data: bytes) -> None:
        """Take in bytes; from the first of a request on, its time runs."""
        self._expect()
        super().data_received(data)

    def handle_events(self) -> None:
        """Handle what has arrived, and wait no more for a whole request; the next may begin in the same bytes."""
        super().handle_events()
        ahead = self.conn.trailing_data[0]
        if self.conn.their_state not in CALM:
            if self.conn.their_state is not h11.IDLE or ahead:
                self._expect()
        elif self._arriving:
            self._arriving.cancel()
            self._arriving = None
        if self.conn.their_state is h11.DONE and self.cycle and not self.cycle.response_complete:
            if len(ahead) > IN_HEAD:
                self.transport.abort()
            else:  # or we would not hear of it when the client goes away
                self.flow.resume_reading()

    def pause_writing(self) -> None:
        """Begin to watch whether the reader reads."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """Stop watching: everything was taken."""
        super().resume_writing()
        if self._reading:
            self._reading.cancel()
            self._reading = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timers."""
        super().connection_lost(exc)
        for timer in (self._arriving, self._reading):
            if timer:
                timer.cancel()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request; the parser says with which status."""
        error = sys.exception()
        status = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
        self._refuse(status if status in STATUS_PHRASES else 400, str(error) if status == LENGTH_REQUIRED else msg)

    def _expect(self) -> None:
        self._arriving = self._arriving or self.loop.call_later(REQUEST, self._too_late)

    def _too_late(self) -> None:
        begun = self.conn.their_state is not h11.IDLE or self.conn.trailing_data[0]
        if begun:
            self._refuse(408, "The request did not arrive in time. Send it at once.")
        else:
            self.transport.close()  # it never began: many a browser opens a connection it may need

    def _refuse(self, status: int, detail: str) -> None:
        """Answer in place of the application, unless it has begun to, and end the connection."""
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            body, fields = problem(status, detail)
            head = [f"{name}: {value}" for name, value in {**SECURITY, **fields, "connection": "close"}.items()]
            first = f"HTTP/1.1 {status} {STATUS_PHRASES[status].decode()}"
            self.transport.write("\r\n".join([first, *head, "\r\n"]).encode("ascii") + body)
            self.transport.close()
            if self.cycle:
                self.cycle.disconnected = True  # what the application says now is too late
        else:
            self.transport.abort()

    def _watch(self, before: int | None = None) -> None:
        """Look in a while whether the reader has taken enough of what waits for it."""
        waits = self.transport.get_write_buffer_size()
        if before is not None and before - waits < min(PACE, before):
            self.transport.abort()
            return
        self._reading = self.loop.call_later(STALLED, self._watch, waits)
