"""A page for each record, and the record as data: its place, its briefing or facts, and all the graph says of it."""

from dataclasses import replace
from functools import partial
from urllib.parse import quote

from cicte_graph.brief import BRIEFED, brief
from cicte_graph.explorer.facts import facts_page
from cicte_graph.explorer.here import Here
from cicte_graph.explorer.sheet import Asked, File, Pages, Sheet, Writer
from cicte_graph.explorer.statements import naming, statements
from cicte_graph.explorer.titles import above, title
from cicte_graph.explorer.traces import trace_of
from cicte_graph.exports import RECORD_FORMATS, record_as
from cicte_graph.find import kinds_of
from cicte_graph.graph import Graph, local
from cicte_graph.link import kind_of
from cicte_graph.page import Facts, Page, notes
from cicte_graph.terms import ID, shorten
from cicte_graph.wording import say

__all__ = ["on_map", "record_page", "records"]

# the list a record is in, where it belongs to nothing higher
LISTED = {
    "organization": "list/partners.html",
    "instrument": "list/mandates.html",
    "provision": "list/mandates.html",
    "country": "list/places.html",
    "region": "list/places.html",
}


def records(graph: Graph) -> Pages:
    """Give the pages of every record."""
    pages: dict[str, Writer] = {}
    for row in graph.rows("records/every-record"):
        iri = row["record"].value
        key = f"id/{iri.removeprefix(ID)}"
        pages[f"{key}.html"] = partial(_sheet, graph, iri, row["class"].value)
        for ending, form in RECORD_FORMATS.items():
            pages[f"{key}.{ending}"] = partial(_data, graph, iri, ending, form.media_type)
    return pages


def _sheet(graph: Graph, iri: str, kind: str, here: Here, _: Asked) -> Sheet:
    page = record_page(graph, iri, kind)
    folds = [("said", say("All the graph says of it"), Facts(statements(graph, iri)))]
    named_by = naming(graph, iri)
    if named_by and _briefed(graph, iri):  # the pages of others have it among their facts
        folds.append(("naming", say("What names it"), Facts(named_by)))
    table = here.to("question/mentions-of.html")
    values = {
        "page": page,
        "notes": notes(page),
        "record": here.record,
        "top": 1,
        "iri": iri,
        "path": _path(graph, iri, here),
        "ways": _ways(graph, iri, here),
        "folds": folds,
        "mentions": f"{table}?record={quote(page.id.removeprefix('id:'))}" if named_by else "",
    }
    return Sheet(page.title, "record.html", values, ("evidence.js",), ("record.css",))


def _data(graph: Graph, iri: str, ending: str, media_type: str, _here: Here, _: Asked) -> File:
    return File(record_as(graph, iri, ending), media_type)


def record_page(graph: Graph, iri: str, kind: str) -> Page:
    """Set a record as a page: its briefing where it has one, or else its facts."""
    page = brief(graph, iri) if _briefed(graph, iri) else facts_page(graph, iri)
    return replace(page, kind=graph.label(kind))


def _briefed(graph: Graph, iri: str) -> bool:
    return not kinds_of(graph, *BRIEFED).isdisjoint(graph.types(iri))


def _path(graph: Graph, iri: str, here: Here) -> list[tuple[str, str]]:
    """Give the way from the top down to a record: the list it is in, and what it belongs to."""
    higher = [(title(graph, one), here.record(one)) for one in above(graph, iri)]
    names = {
        "list/partners.html": say("Partners"),
        "list/mandates.html": say("Mandates"),
        "list/places.html": say("Countries"),
    }
    listed = LISTED.get(kind_of(iri), "")
    return [(names[listed], here.to(listed)), *higher] if here.has(listed) else higher


def _ways(graph: Graph, iri: str, here: Here) -> list[tuple[str, str]]:
    """List what leads on from a record: why it is done or what rests on it, and where it is on the map."""
    ways = []
    traced = trace_of(iri)
    if here.has(traced):
        downward = kinds_of(graph, "Mandate").intersection(graph.types(iri))
        told = say("What rests on it? See the trace") if downward else say("Why? See the trace")
        ways.append((told, here.to(traced)))
    if kind_of(iri) == "justification":
        [element] = graph.values(iri, "element")
        ways.append((say("The whole trace of the element"), here.to(trace_of(element))))
    if (place := on_map(graph, iri)) and here.has("map.html"):
        ways.append((say("On the partner map"), here.to("map.html") + place))
    return ways


def on_map(graph: Graph, iri: str) -> str:
    """Give the address of a record on the map, which begins with #, or nothing for what is not on it."""
    key = shorten(iri).removeprefix("id:")
    plan = f"&plan={'all' if len(graph.plans()) > 1 else local(graph.plans()[0])}"
    match kind_of(iri):
        case "program":
            return f"#plan={local(graph.plan_of(iri))}&select={key}"
        case "organization" if graph.rows("partners/participations-of", organization=iri):
            return f"#select={key}{plan}"
        case "country" if _taking_part(graph, iri):
            return f"#view=countries&select={key}{plan}"
    return ""


def _taking_part(graph: Graph, country: str) -> bool:
    """Tell whether a country is served by name or has a body that takes part."""
    rows = graph.rows("records/mentions-of", record=country)
    bodies = [row["subject"].value for row in rows if local(row["property"].value) == "country"]
    served = any(local(row["property"].value) == "beneficiary" for row in rows)
    return served or any(graph.rows("partners/participations-of", organization=body) for body in bodies)
