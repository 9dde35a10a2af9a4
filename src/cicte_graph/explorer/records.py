"""A page for each record, and the record as data: the briefing where there is one, and all the graph says of it."""

from dataclasses import replace
from functools import partial

from cicte_graph.brief import BRIEFED, brief
from cicte_graph.explorer.here import Here
from cicte_graph.explorer.sheet import Asked, File, Pages, Sheet, Writer
from cicte_graph.exports import RECORD_FORMATS, record_as
from cicte_graph.find import kinds_of
from cicte_graph.graph import Graph
from cicte_graph.page import Facts, Items, Name, Page, Section, line, notes
from cicte_graph.show import Statement, show
from cicte_graph.terms import ID, shorten
from cicte_graph.wording import say

__all__ = ["record_page", "records"]


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
    values = {"page": page, "notes": notes(page), "record": here.record, "top": 1, "iri": iri}
    return Sheet(page.title, "record.html", values)


def _data(graph: Graph, iri: str, ending: str, media_type: str, _here: Here, _: Asked) -> File:
    return File(record_as(graph, iri, ending), media_type)


def record_page(graph: Graph, iri: str, kind: str) -> Page:
    """Set a record as a page: its briefing, where it has one, then everything that is said of it and that names it."""
    shown = show(graph, iri)
    said = Facts([(_property(graph, name), line(*_values(same))) for name, same in _gathered(shown.statements)])
    sections = [Section(say("All the graph says of it"), [said])]
    if shown.named_by:
        naming = [line(f"{_property(graph, name)}: ", *_values(same)) for name, same in _gathered(shown.named_by)]
        sections.append(Section(say("What names it"), [Items(naming)]))
    stands = [line(say("Where this stands is in the notes."), at=graph.passages(iri))] if graph.stands(iri) else []
    if kinds_of(graph, *BRIEFED).intersection(graph.types(iri)):
        page = brief(graph, iri)
        return replace(page, kind=graph.label(kind), sections=page.sections + sections)
    return Page(graph.label(iri), graph.label(kind), shown.id, stands, sections, graph.version, graph.language)


def _gathered(statements: list[Statement]) -> list[tuple[str, list[Statement]]]:
    found: dict[str, list[Statement]] = {}
    for one in statements:
        found.setdefault(one.property_iri, []).append(one)
    return list(found.items())


def _property(graph: Graph, iri: str) -> str:
    """Name a property; those of other vocabularies are named here, since the graph holds our terms only."""
    foreign = {
        "rdf:type": say("class"),
        "rdfs:label": say("name"),
        "skos:altLabel": say("also known as"),
        "skos:hiddenLabel": say("also found as"),
        "skos:note": say("note"),
        "dcterms:description": say("description"),
    }
    return foreign.get(shorten(iri)) or graph.label(iri)


def _values(statements: list[Statement]) -> list[str | Name]:
    parts: list[str | Name] = []
    for one in statements:
        parts += ["; "] if parts else []
        spoken = f" ({one.language})" if one.language else ""
        parts.append(Name(one.value, one.id) if one.id else f"{one.value}{spoken}")
    return parts
