"""What the graph is and is not, and how far to trust it: in definitions, numbers and examples of the graph itself."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from cicte_graph.explorer.downloads import citation
from cicte_graph.explorer.here import Here, page_of
from cicte_graph.explorer.sheet import Asked, Pages, Sheet
from cicte_graph.graph import Graph, local
from cicte_graph.reports.report import plan_name
from cicte_graph.wording import say
from cicte_graph.words import listed

__all__ = ["about"]


@dataclass(frozen=True, slots=True)
class Said:
    """A value of a closed list: what it means, how many links have it, and one of these."""

    key: str
    name: str
    way: str
    meaning: str
    number: int
    example: str
    example_way: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document the graph is read from."""

    name: str
    way: str
    symbol: str
    dated: str
    passages: int


def about(graph: Graph) -> Pages:
    """Give the page."""
    return {"about.html": partial(_sheet, graph)}


def _sheet(graph: Graph, here: Here, _: Asked) -> Sheet:
    records: dict[str, list[str]] = {}
    for row in graph.rows("records/every-record"):
        records.setdefault(local(row["class"].value), []).append(row["record"].value)
    links = sorted(records["Justification"], key=lambda link: _firmness(graph, link))  # examples are the firmest
    passages = Counter(graph.values(iri, "source")[0] for iri in records["Evidence"])
    first = records["Program"][0]
    plans = graph.plans()
    values = {
        "named": listed([plan_name(graph, plan, start=plan == plans[0]) for plan in plans]),
        "statuses": _values(graph, here, links, "status"),
        "bases": _values(graph, here, links, "basis"),
        "confidences": _values(graph, here, links, "confidence"),
        "links": len(links),
        "sources": [_source(graph, here, iri, passages[iri]) for iri in records["SourceDocument"]],
        "rules": sorted(path.stem for path in (graph.house.ontology / "rules").glob("*.rq")),
        "citation": citation(graph),
        "example": (graph.label(first), first, here.record(first)),
    }
    return Sheet(say("About"), "about.html", values, styles=("data.css",))


def _values(graph: Graph, here: Here, links: list[str], name: str) -> list[Said]:
    """List the values of a list, strongest first, with the links that have each."""
    having: dict[str, list[str]] = {}
    for link in links:
        having.setdefault(graph.values(link, name)[0], []).append(link)
    concepts = sorted(graph.concepts(name), key=lambda one: graph.values(one, "rank"))
    return [_said(graph, here, one, having.get(one, [])) for one in concepts]


def _firmness(graph: Graph, link: str) -> tuple[str, ...]:
    return *(graph.values(graph.values(link, name)[0], "rank")[0] for name in ("basis", "confidence")), link


def _said(graph: Graph, here: Here, concept: str, links: list[str]) -> Said:
    ends = [
        graph.label(end) for link in links[:1] for name in ("mandate", "element") for end in graph.values(link, name)
    ]
    return Said(
        local(concept),
        graph.label(concept),
        here.to(page_of(concept)),
        graph.definition(concept),
        len(links),
        " → ".join(ends),
        here.record(links[0]) if links else "",
    )


def _source(graph: Graph, here: Here, iri: str, passages: int) -> Source:
    [symbol], [dated] = graph.values(iri, "symbol"), graph.values(iri, "dated")
    return Source(graph.label(iri), here.record(iri), symbol, dated, passages)
