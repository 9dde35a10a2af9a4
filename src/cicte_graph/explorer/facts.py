"""Pages of records that no briefing is on: each says in a sentence what it is, then its facts and where it stands."""

from collections.abc import Callable, Iterable

import pyoxigraph as ox

from cicte_graph.explorer.statements import naming
from cicte_graph.explorer.titles import called, title
from cicte_graph.graph import Graph, local
from cicte_graph.link import kind_of, named
from cicte_graph.naming import joined, name, with_kind
from cicte_graph.page import Block, Facts, Items, Line, Mark, Name, Page, Part, Section, line
from cicte_graph.targets import target_told, term
from cicte_graph.terms import CICTE, CONCEPT, shorten
from cicte_graph.wording import say, say_parts
from cicte_graph.words import how_often

__all__ = ["facts_page"]

Said = tuple[list[Line], list[Section]]
ELEMENTS = {"work plan", "work area", "program", "project", "activity", "outcome"}  # named with what they are


def facts_page(graph: Graph, iri: str) -> Page:
    """Write the page of a record: a justification, a participation, a target, a passage and the like."""
    lead, sections = KINDS[kind_of(iri)](graph, iri)
    sections.append(Section(say("What names it"), [Facts(naming(graph, iri))]))
    said = [one for one in sections if any(block not in (Facts([]), Items([])) for block in one.blocks)]
    return Page(title(graph, iri), "", shorten(iri), lead, said, graph.version, graph.language)


def _justification(graph: Graph, iri: str) -> Said:
    [element], [mandate] = graph.values(iri, "element"), graph.values(iri, "mandate")
    facts = [
        *_facts(graph, iri, "element", "mandate"),
        *_facts(graph, mandate, "gist"),
        *_facts(graph, iri, "basis", "status", "confidence", "carriedFrom", "carriedThrough", "carriedUnder"),
    ]
    return [_why(graph, iri)], [Section(say("The link"), [Facts(facts)]), *_both_ends(graph, iri, element, mandate)]


def _why(graph: Graph, iri: str) -> Line:
    """Say why a mandate bears on an element; for what a rule concluded, from what."""
    if not graph.values(iri, "carriedFrom"):
        return line(graph.text(iri, "rationale"))
    return line(
        *say_parts(
            "A rule concluded it from three records: {earlier}; {continuity}; and of the later plan, {clause}.",
            earlier=_values(graph, iri, "carriedFrom"),
            continuity=_values(graph, iri, "carriedThrough"),
            clause=_values(graph, iri, "carriedUnder"),
        )
    )


def _both_ends(graph: Graph, iri: str, element: str, mandate: str) -> list[Section]:
    """Set the passages of a justification by the end they are for, as the places of both ends tell."""
    whole = [mandate, *graph.values(mandate, "provisionOf")]
    names_mandate = {_place(graph, one) for iri in whole for one in graph.values(iri, "evidence")}
    is_element = {_place(graph, one) for one in graph.values(element, "evidence")}
    found: dict[tuple[bool, bool], list[str]] = {}
    for one in graph.values(iri, "evidence"):
        found.setdefault((_place(graph, one) in names_mandate, _place(graph, one) in is_element), []).append(one)
    told = {
        (True, True): say("Where the element names the mandate"),
        (True, False): say("Where the mandate is named"),
        (False, True): say("Where the element stands"),
        (False, False): say("What else it rests on"),
    }
    return [Section(told[ends], [_standing(graph, found[ends])]) for ends in told if ends in found]


def _place(graph: Graph, evidence: str) -> tuple[str, ...]:
    return (*graph.values(evidence, "source"), *graph.values(evidence, "locator"))


def _participation(graph: Graph, iri: str) -> Said:
    [body], [element], [role] = (graph.values(iri, name) for name in ("organization", "element", "role"))
    lead = say_parts(
        "{organization} takes part in {element} as {role}.",
        organization=name(graph, body),
        element=with_kind(named(graph, element)),
        role=term(graph, role),
    )
    facts = [*_facts(graph, body, "kind", "country"), *_facts(graph, iri, "role", "writtenAs")]
    return [line(*lead)], [Section(say("Who and how"), [Facts(facts)]), *_stands(graph, iri)]


def _continuity(graph: Graph, iri: str) -> Said:
    facts = _facts(graph, iri, "later", "earlier", "continuityKind", "status", "confidence")
    lead = [line(graph.text(iri, "rationale"))]
    return lead, [Section(say("What goes on"), [Facts(facts)]), *_stands(graph, iri)]


def _target(graph: Graph, iri: str) -> Said:
    holders = [row["subject"].value for row in graph.rows("records/mentions-of", record=iri)]
    number = target_told(graph, iri)
    lead = [say_parts("{element} sets {number}.", element=_record(graph, one), number=number) for one in holders]
    facts = Section(say("What is counted"), [Facts(_facts(graph, iri, "unit", "scope"))])
    return [line(*one) for one in lead], [facts, *(section for one in holders for section in _stands(graph, one))]


def _evidence(graph: Graph, iri: str) -> Said:
    [source], [place], [anchor] = (graph.values(iri, name) for name in ("source", "locator", "anchor"))
    stands = say_parts("These words stand in {document}, at {place}.", document=name(graph, source), place=place)
    return [line(f"“{anchor}”"), line(*stands)], []


def _clause(graph: Graph, iri: str) -> Said:
    facts = _facts(graph, iri, "partOf", "clauseKind", "recipient", "due", "frequency", "mentions", "cites")
    return [line(graph.text(iri, "gist"))], [Section(say("What it is"), [Facts(facts)]), *_stands(graph, iri)]


def _region(graph: Graph, iri: str) -> Said:
    lead = [line(note) for note in [graph.note(iri)] if note]
    return lead, [
        Section(say("What it is"), [Facts(_facts(graph, iri, "institution", "member"))]),
        *_stands(graph, iri),
    ]


def _document(graph: Graph, iri: str) -> Said:
    facts = _facts(graph, iri, "symbol", "series", "dated", "session", "place")
    return [], [Section(say("What it is"), [Facts(facts)]), *_stands(graph, iri)]


def _facts(graph: Graph, iri: str, *properties: str) -> list[tuple[str, Line]]:
    """Set some properties of a record, each by the name the ontology gives it; silent where the graph is."""
    pairs = [(graph.label_of(f"cicte:{name}"), line(*_values(graph, iri, name))) for name in properties]
    return [pair for pair in pairs if pair[1].text]


def _values(graph: Graph, iri: str, property_name: str) -> list[Part]:
    values = graph.said(iri).get(CICTE + property_name, [])
    if any(isinstance(value, ox.Literal) and value.language for value in values):
        return [graph.text(iri, property_name)]
    if property_name == "frequency":
        return [how_often(value.value) for value in values]
    return joined([value.value] if isinstance(value, ox.Literal) else _named(graph, value.value) for value in values)


def _named(graph: Graph, iri: str) -> list[Part]:
    """Name a record, or a value of a closed list with what it means; a status looks as it does everywhere."""
    if iri.startswith(f"{CONCEPT}status/"):
        return [Mark(term(graph, iri), "status", local(iri)), f": {graph.definition(iri)}"]
    if iri.startswith(CONCEPT):
        return [Name(term(graph, iri), shorten(iri), strong=True), f": {graph.definition(iri)}"]
    return [_record(graph, iri)]


def _record(graph: Graph, iri: str) -> Name:
    return with_kind(named(graph, iri)) if kind_of(iri) in ELEMENTS else called(graph, iri)


def _stands(graph: Graph, iri: str) -> list[Section]:
    return [Section(say("Where it stands"), [_standing(graph, graph.values(iri, "evidence"))])]


def _standing(graph: Graph, evidence: Iterable[str]) -> Block:
    """Set passages with their words, each leading to its own page."""
    found = sorted((title(graph, one), *graph.values(one, "anchor"), one) for one in evidence)
    return Items([line(Name(place, shorten(one)), f": “{anchor}”") for place, anchor, one in found])


KINDS: dict[str, Callable[[Graph, str], Said]] = {
    "justification": _justification,
    "participation": _participation,
    "continuity": _continuity,
    "target": _target,
    "evidence": _evidence,
    "clause": _clause,
    "region": _region,
    "source document": _document,
}
