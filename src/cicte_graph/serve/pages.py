"""Answer for the explorer's addresses: pages, data, and the identifiers of records, which lead to either.

Addresses are looked up among those there are, never on disk. Knows how a file is sent, not how one is made.
"""

import posixpath
import re
from urllib.parse import parse_qsl, quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from cicte_graph.accept import best, has, takes_gzip
from cicte_graph.explorer.here import LANGUAGES
from cicte_graph.exports import RECORD_FORMATS
from cicte_graph.serve.edition import Edition
from cicte_graph.serve.headers import problem
from cicte_graph.serve.made import Made
from cicte_graph.serve.service import Service

__all__ = ["METHODS", "Pages", "respond", "told"]

FORMS = {"html": "text/html"} | {ending: form.media_type for ending, form in RECORD_FORMATS.items()}
FIELDS, LENGTH = 30, 2000  # that a reader may fill in, and characters in each
FRESH = "public, max-age=300"  # seconds after which a reader asks whether there is a newer graph
METHODS = ("GET", "HEAD", "OPTIONS")
ANYONE = {"access-control-allow-origin": "*"}  # a browser asks it of every step that leads to data
SLASH = re.compile("%(?=2f)", re.IGNORECASE)


class Pages:
    """Answers every address that is no other part's."""

    def __init__(self, service: Service) -> None:
        self.service = service

    async def __call__(self, request: Request) -> Response:
        """Answer a request."""
        with self.service.edition.used() as edition:
            path = _path(request)
            address = _page_at(edition, path)
            if address is None:
                return _led(edition, request, path) or respond(request, await edition.ask("missing", path), 404)
            if request.method == "OPTIONS":
                return told()
            asked = _filled_in(request.scope["query_string"].decode("ascii"))
            if asked is None:
                body, fields = problem(400, f"At most {FIELDS} fields of {LENGTH:,} characters can be filled in.")
                return Response(body, 400, fields)
            if asked:
                return respond(request, await edition.ask("page", address, asked))
            return respond(request, await edition.page(address))


def respond(request: Request, made: Made, status: int = 200) -> Response:
    """Send what was made, as the client takes it: squeezed or not, or only that it has not changed."""
    squeezed = made.squeezed and takes_gzip(request.headers.get("accept-encoding", ""))
    tag = f'"{made.digest}-gzip"' if squeezed else f'"{made.digest}"'
    fields = {"cache-control": FRESH, "content-security-policy": made.policy, "etag": tag}
    if made.squeezed:
        fields["vary"] = "accept-encoding"
    if not made.spoken:
        fields |= {"access-control-allow-origin": "*", "access-control-expose-headers": "etag"}
    if status != 200:  # noqa: PLR2004 - what is not there may be there tomorrow, and has no version
        del fields["etag"]
        fields["cache-control"] = "no-store"
    elif (known := request.headers.getlist("if-none-match")) == ["*"] or has(known, tag):
        return Response(None, 304, fields)
    if squeezed:
        fields["content-encoding"] = "gzip"
    return Response(made.content if squeezed else made.plain(), status, fields, made.media_type)


def told() -> Response:
    """Answer what may be done at an address, also to a browser that asks for a script of another site."""
    methods = ", ".join(METHODS)
    fields = {"allow": methods, "access-control-allow-origin": "*", "access-control-allow-methods": methods}
    return Response(None, 204, fields | {"access-control-max-age": "86400"})


def _path(request: Request) -> str:
    """Give the path asked for; a slash that is written as %2F parts nothing (RFC 3986, 2.2), so it stays written so."""
    return unquote(SLASH.sub("%25", request.scope["raw_path"].decode("ascii")))[1:]


def _page_at(edition: Edition, path: str) -> str | None:
    """Find the address of a path; a folder is its first page."""
    address = f"{path}index.html" if path.endswith("/") or not path else path
    return address if address in edition.addresses else None


def _led(edition: Edition, request: Request, path: str) -> Response | None:
    """Lead from an identifier to what the client likes best of it, and from a folder's name to the folder.

    Source: Cool URIs for the Semantic Web (W3C, 2008), 4.3, by 303; RFC 9110, 10.2.2, relative locations.
    """
    if f"{path}/index.html" in edition.addresses:
        return Response(None, 308, ANYONE | {"location": f"{quote(posixpath.basename(path))}/"})
    language, _, rest = path.partition("/")
    spoken = f"{language}/" if language in LANGUAGES[1:] else ""
    bare = rest if spoken else path
    name, _, fragment = edition.told_at.get(bare, f"{bare}.html").partition("#")
    stem = name.removesuffix(".html")
    forms = {FORMS["html"]: f"{spoken}{stem}.html"}
    forms |= {FORMS[ending]: f"{stem}.{ending}" for ending in RECORD_FORMATS}  # data is in no language
    there = {media_type: address for media_type, address in forms.items() if address in edition.addresses}
    if not there:
        return None
    if request.method == "OPTIONS":
        return told()
    liked = best(", ".join(request.headers.getlist("accept")), list(there))
    address = there[liked or next(iter(there))]  # a client that likes none is shown the page
    way = quote(posixpath.relpath(f"/{address}", posixpath.dirname(f"/{path}")))
    place = f"#{quote(fragment)}" if fragment and address.endswith(".html") else ""
    return Response(None, 303, ANYONE | {"location": way + place, "vary": "accept", "cache-control": FRESH})


def _filled_in(query: str) -> dict[str, str] | None:
    """Read what a reader filled in, the first of each name; None if it is more than a page takes."""
    try:
        fields = parse_qsl(query, max_num_fields=FIELDS)
    except ValueError:
        return None
    fits = all(len(text) <= LENGTH for field in fields for text in field)
    return dict(reversed(fields)) if fits else None
