"""A page for each trace: the verdict, the diagram, the same in words with its evidence, and the command for it."""

from collections.abc import Iterator
from functools import partial

from cicte_graph.explorer.diagram import narrow, sketch, wide
from cicte_graph.explorer.here import LANGUAGES, Here
from cicte_graph.explorer.sheet import Asked, Pages, Sheet, Writer
from cicte_graph.find import TRACED, kinds_of
from cicte_graph.graph import Graph, local
from cicte_graph.link import basis_told
from cicte_graph.page import Cite, Page, Section, lines_of, notes
from cicte_graph.terms import ID, shorten
from cicte_graph.trace import trace
from cicte_graph.trace_page import trace_page
from cicte_graph.wording import say

__all__ = ["trace_of", "traces"]

TEXT = "text"  # the part of the page that says the diagram in words


def traces(graph: Graph) -> Pages:
    """Give a page for whatever can be traced."""
    kinds = kinds_of(graph, *TRACED)
    pages: dict[str, Writer] = {}
    for row in graph.rows("records/every-record"):
        if row["class"].value in kinds:
            iri = row["record"].value
            pages[trace_of(iri)] = partial(_sheet, graph, iri)
    for topic in graph.concepts("topic"):
        pages[trace_of(topic)] = partial(_sheet, graph, topic)
    return pages


def trace_of(iri: str) -> str:
    """Name the page of the trace of a record or topic, whether there is one or not."""
    return f"trace/{iri.removeprefix(ID)}.html" if iri.startswith(ID) else f"topic/{local(iri)}.html"


def _sheet(graph: Graph, iri: str, here: Here, _: Asked) -> Sheet:
    found = trace(graph, iri)
    page = trace_page(found)
    places = told_at(page)
    drawn = sketch(graph, found, lambda name: f"#{places.get(name, TEXT)}")
    values = {
        "page": page,
        "path": [],  # it is shown as part of the trace
        "notes": notes(page),
        "record": here.record,
        "top": 1,
        "diagrams": {"wide": wide(drawn), "narrow": narrow(drawn)},
        "bases": [(key, basis_told(key), graph.definition(one)) for one in _bases(graph) for key in [local(one)]],
        "command": _command(iri, graph.language),
    }
    return Sheet(
        say("Trace of {name}", name=page.title), "trace.html", values, ("evidence.js",), ("record.css", "trace.css")
    )


def told_at(page: Page) -> dict[str, str]:
    """Tell in which part of a page a name stands first, in its heading or below it; parts have numbers."""
    places: dict[str, str] = {}
    for number, section in enumerate(page.sections, 1):
        for inner, below in enumerate(section.sections, 1):
            for name in _names(below):
                places.setdefault(name, f"{TEXT}-{number}-{inner}")
        for name in _names(section):
            places.setdefault(name, f"{TEXT}-{number}")
    return places


def _names(section: Section) -> Iterator[str]:
    yield section.title
    for said in lines_of(section):
        yield from (part if isinstance(part, str) else part.text for part in said.parts if not isinstance(part, Cite))


def _bases(graph: Graph) -> list[str]:
    return sorted(graph.concepts("basis"), key=lambda one: graph.values(one, "rank"))


def _command(iri: str, language: str) -> str:
    """Write the command that gives the same trace."""
    spoken = "" if language == LANGUAGES[0] else f" --lang {language}"
    return f"cicte-graph trace {shorten(iri).partition(':')[2]}{spoken}"
