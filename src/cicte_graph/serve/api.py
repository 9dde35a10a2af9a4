"""The JSON interface: search, trace and the partner network; described in openapi.json beside this.

Knows how a request is written and what is wrong with it; what is answered is made in `cicte_graph.serve.tasks`.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.explorer.here import LANGUAGES
from cicte_graph.explorer.sheet import File
from cicte_graph.network.choice import LEVELS
from cicte_graph.serve.made import made
from cicte_graph.serve.pages import METHODS, respond, told
from cicte_graph.serve.service import Service

__all__ = ["api"]

LONGEST = 200  # characters of a value
NETWORKS = ("organizations", "partners", "elements", "layers")  # the first is taken where none is named
NARROWED = ("plan", "area", "kind", "country", "role")  # by these a network is narrowed
IDENTIFIER = re.compile(r"[a-z-]+(/[A-Za-z0-9._-]+)+")

Asked = tuple[str, *tuple[object, ...]]  # a task, and its arguments


class _Values:
    """The query of a request, taken value by value; what nobody takes is a mistake."""

    def __init__(self, request: Request) -> None:
        self._left = request.query_params.multi_items()

    def text(self, name: str, among: Sequence[str] = (), default: str = "") -> str:
        """Take a value, or the default where there is none.

        Raises:
            UsageError: There are several, it is too long or it is not one of those there are.
        """
        given = [value for key, value in self._left if key == name]
        self._left = [item for item in self._left if item[0] != name]
        if len(given) > 1:
            raise UsageError(f"{name} is given {len(given)} times. Give it once.")
        value = given[0] if given else default
        if len(value) > LONGEST:
            raise UsageError(f"{name} may have {LONGEST} characters. Give fewer.")
        if among and value not in among:
            raise UsageError(f"{name} is one of {', '.join(among)}. Give one of them.")
        if given and not value:
            raise UsageError(f"{name} is empty. Give it a value, or leave it out.")
        return value

    def end(self) -> None:
        """See that everything was taken.

        Raises:
            UsageError: Something was not.
        """
        if self._left:
            raise UsageError(f"there is no parameter {self._left[0][0][:LONGEST]!r}. See openapi.json.")


def api(service: Service) -> list[Route]:
    """Give the interface's routes, for below /api."""
    description = made(File((Path(__file__).parent / "openapi.json").read_bytes(), "application/json"))

    def route(path: str, read: Callable[[Request], Asked]) -> Route:
        async def answer(request: Request) -> Response:
            if request.method == "OPTIONS":
                return told()
            asked = read(request)
            with service.edition.used() as edition:
                return respond(request, await edition.ask(*asked))

        return Route(path, answer, methods=METHODS)

    async def openapi(request: Request) -> Response:
        return told() if request.method == "OPTIONS" else respond(request, description)

    async def nothing(request: Request) -> Response:
        raise NotFoundError(f"there is no /api/{request.path_params['rest'][:LONGEST]}. See /api/openapi.json.")

    return [
        route("/search", _search),
        route("/trace/{id:path}", _trace),
        route("/network", _network),
        Route("/openapi.json", openapi, methods=METHODS),
        Route("/{rest:path}", nothing, methods=METHODS),
    ]


def _search(request: Request) -> Asked:
    values = _Values(request)
    words, language = values.text("q"), values.text("lang", LANGUAGES, LANGUAGES[0])
    values.end()
    if not words:
        raise UsageError("q is missing. Give words, an acronym or a symbol.")
    return "search", words, language


def _trace(request: Request) -> Asked:
    values = _Values(request)
    language = values.text("lang", LANGUAGES, LANGUAGES[0])
    values.end()
    identifier = request.path_params["id"]
    if len(identifier) > LONGEST or not IDENTIFIER.fullmatch(identifier):
        raise UsageError("this is no identifier. Give one as in program/2012/maritime-security.")
    return "trace", identifier, language


def _network(request: Request) -> Asked:
    values = _Values(request)
    of = values.text("of", NETWORKS, NETWORKS[0])
    language = values.text("lang", LANGUAGES, LANGUAGES[0])
    chosen = {"level": values.text("level", tuple(LEVELS), "program")}
    chosen["roll_up"] = values.text("roll_up", ("true", "false"), "false")
    chosen |= {name: value for name in NARROWED if (value := values.text(name))}
    values.end()
    return "network", of, language, chosen
