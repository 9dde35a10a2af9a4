"""Send requests to a SPARQL service over HTTP: within a time limit, again where that may help, errors in one line.

SPARQLWrapper makes the requests of the SPARQL 1.1 Protocol, always by POST. Knows no graph and no query of ours.
"""

import http.client
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.message import Message
from html import unescape
from http import HTTPStatus
from typing import IO

from SPARQLWrapper import POST, SPARQLWrapper

from cicte_graph import __version__
from cicte_graph.errors import EngineError
from cicte_graph.remote.address import credentials
from cicte_graph.time_limit import LIMIT

__all__ = ["Client", "Given"]

AGAIN = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE}
PAUSES = (0.2, 0.8)  # seconds before a request is sent again
PIECE = 1 << 16  # bytes
# those of urllib are errors of the system too, or of a value where a server asks for credentials in an unknown way
TROUBLE = (OSError, http.client.HTTPException, ValueError)
SAID = 160  # characters of a server's own words
TAG = re.compile(r"<(script|style|title)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Given:
    """What a server answered."""

    content: bytes
    media_type: str  # without its parameters
    fields: Message


class Client:
    """Speaks to one server as one user.

    Args:
        url: Where questions go.
        limit: Seconds that one answer may take.
    """

    def __init__(self, url: str, limit: float = LIMIT) -> None:
        self.url = url
        self.limit = limit
        handlers: list[urllib.request.BaseHandler] = [_Stay()]
        if who := credentials(url):
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            known.add_password(None, url, *who)
            # they answer a server that asks, so that nothing is sent to one that does not
            handlers += [urllib.request.HTTPBasicAuthHandler(known), urllib.request.HTTPDigestAuthHandler(known)]
        self._known = who is not None
        self._opener = urllib.request.build_opener(*handlers)

    def ask(self, query: str, accept: str, parameters: Iterable[tuple[str, str]] = ()) -> Given:
        """Ask a question; it may be sent again, since it changes nothing.

        Args:
            query: In SPARQL 1.1.
            accept: The media type that is understood.
            parameters: Names and values that are sent beside it, as those of the dataset.

        Raises:
            EngineError: There is no complete answer of that type.
        """
        wrapper = _Wrapper(self.url, agent=f"cicte-graph/{__version__}")
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setQuery(query)
        wrapper.queryType = "SELECT"  # it would guess from the text; all questions are sent alike
        wrapper.addCustomHttpHeader("Accept", accept)
        for name, value in parameters:
            wrapper.addParameter(name, value)
        given = self._patiently(wrapper.request)
        if given.media_type != accept:
            raise EngineError(
                f"{self.url} answers {given.media_type or 'without a media type'} and not {accept}. "
                "Name the address of a SPARQL service, as in http://localhost:7878/query."
            )
        return given

    def send(
        self, method: str, url: str, content: bytes | None = None, fields: Mapping[str, str] | None = None
    ) -> Given:
        """Send a request that may be sent again, as those of the Graph Store Protocol but POST.

        Raises:
            EngineError: It was not done, or there is no complete answer.
        """
        return self._patiently(
            lambda: urllib.request.Request(  # noqa: S310 - the scheme is checked where the address is read
                url, content, dict(fields or {}), method=method
            )
        )

    def send_once(self, url: str, content: bytes, fields: Mapping[str, str]) -> Given:
        """Send a request that must not be sent again, as an update.

        Raises:
            EngineError: There is no complete answer; whether it was done is not known then.
        """
        request = urllib.request.Request(url, content, dict(fields), method="POST")  # noqa: S310 - as above
        try:
            return self._whole(request, time.monotonic() + self.limit)
        except TROUBLE as error:
            raise self._told(error) from error

    def _patiently(self, request: Callable[[], urllib.request.Request]) -> Given:
        """Send a request, and again where the server may be about to come back."""
        deadline = time.monotonic() + self.limit
        pauses = iter(PAUSES)
        while True:
            try:
                return self._whole(request(), deadline)
            except TROUBLE as error:
                pause = next(pauses, None)
                if pause is None or not _passing(error) or time.monotonic() + pause > deadline:
                    raise self._told(error) from error
                if isinstance(error, urllib.error.HTTPError):
                    error.close()
            time.sleep(pause)

    def _whole(self, request: urllib.request.Request, deadline: float) -> Given:
        """Send a request and read the answer to its end."""
        pieces = []
        with self._opener.open(request, timeout=max(0.001, deadline - time.monotonic())) as response:
            while piece := response.read1(PIECE):
                pieces.append(piece)
                if time.monotonic() > deadline:
                    raise TimeoutError
            fields = response.headers
        content = b"".join(pieces)
        if (length := fields.get("Content-Length")) and len(content) != int(length):
            raise http.client.IncompleteRead(content, int(length) - len(content))
        return Given(content, fields.get_content_type() if fields.get("Content-Type") else "", fields)

    def _told(self, error: Exception) -> EngineError:
        """Say in one line what went wrong."""
        if isinstance(error, urllib.error.HTTPError):
            with error:
                return EngineError(self._refused(error))
        if isinstance(error, http.client.IncompleteRead):
            return EngineError(f"the answer of {self.url} breaks off. Ask again, or see to the server.")
        reason = _reason(error)
        if isinstance(reason, TimeoutError):
            return EngineError(
                f"no complete answer from {self.url} within {self.limit:g} seconds. Ask for less, or allow more "
                "where there is --time-limit SECONDS."
            )
        if isinstance(reason, socket.gaierror):
            return EngineError(f"no host has the name in {self.url}. Mend the address.")
        said = (reason.strerror if isinstance(reason, OSError) else None) or str(reason) or type(reason).__name__
        return EngineError(f"{self.url} does not answer ({_line(said)}). See whether it runs there.")

    def _refused(self, error: urllib.error.HTTPError) -> str:
        """Say what a status means for who asked."""
        match error.code:
            case 300 | 301 | 302 | 303 | 307 | 308:
                return f"{self.url} sends on to {_line(error.headers.get('Location', 'nowhere'))}. Name that address."
            case 401 | 403 if self._known:
                return f"{self.url} does not take these credentials for this ({error.code}). Mend them."
            case 401 | 403:
                return (
                    f"{self.url} asks for credentials ({error.code}). "
                    "Set CICTE_GRAPH_USER and CICTE_GRAPH_PASSWORD, or use netrc."
                )
            case 404 | 410:
                return f"there is no SPARQL service at {self.url} ({error.code}). Mend the address."
            case 504:
                return f"{self.url} did not finish in its own time (504). Ask for less."
            case _:
                try:
                    body = error.read(PIECE).decode(errors="replace")
                except (OSError, http.client.HTTPException):
                    body = ""
                said = _line(unescape(TAG.sub(" ", body))) or error.reason
                return f"{self.url} refuses ({error.code}): {said}"


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper, sending left to us: it follows redirects with credentials and reads without end."""

    def request(self) -> urllib.request.Request:
        """Make the request."""
        return self._createRequest()


class _Stay(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else: a question sent by POST would arrive there without its text, or with our credentials."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Follow nothing."""


def _passing(error: Exception) -> bool:
    """Tell whether the same request may be answered in a moment."""
    if isinstance(error, urllib.error.HTTPError):
        return error.code in AGAIN
    return isinstance(_reason(error), ConnectionError)


def _reason(error: Exception) -> object:
    return error.reason if isinstance(error, urllib.error.URLError) else error


def _line(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= SAID else f"{said[:SAID]}…"
