"""Sections that briefings have in common: mandates, money, targets, partners, places. Silent where the graph is."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cicte_graph.graph import Graph
from cicte_graph.link import Link, Named, kind_of
from cicte_graph.naming import called, enumerated, joined, name
from cicte_graph.page import Block, Facts, Grid, Items, Line, Mark, Page, Part, Section, line
from cicte_graph.store import Row
from cicte_graph.targets import sums, term
from cicte_graph.terms import shorten
from cicte_graph.trace import Trace
from cicte_graph.trace_page import firmness, status
from cicte_graph.trace_text import adopted, adoption, by_mandate, origin, through
from cicte_graph.wording import say, say_number, say_parts
from cicte_graph.words import how_many

RUNGS = {"activity": 1, "outcome": 2}  # at one place, activities stand before outcomes

__all__ = [
    "below",
    "left_open",
    "mandates",
    "money",
    "page",
    "partners",
    "places",
    "record",
    "section",
    "totals",
    "without_empty",
]


def page(graph: Graph, iri: str, kind: str, lead: list[Line], sections: list[Section]) -> Page:
    """Make the page on a record."""
    return Page(graph.label(iri), kind, shorten(iri), lead, sections, graph.version, graph.language)


def section(title: str, *blocks: Block | None) -> list[Section]:
    """Make a section of the blocks that say something, or none."""
    said = [block for block in blocks if block is not None and block not in (Items([]), Facts([]))]
    return [Section(title, said)] if said else []


def record(graph: Graph, iri: str, *more: Part) -> Line:
    """Name a record with where it stands."""
    return line(name(graph, iri), *more, at=graph.passages(iri))


def mandates(found: Trace) -> list[Section]:
    """Set the mandates that name the subject, each with how firm it is, and name the others by how they bear on it."""
    groups = by_mandate(found.links)
    rows = [_mandate(group[0]) for group in groups if group[0].specific]
    columns = [say("mandate"), say("how firm"), say("what it asks, and why it bears on this")]
    return section(
        say("Mandates"),
        Grid(columns, rows) if rows else None,
        Items(list(_wider([group[0] for group in groups if not group[0].specific]))),
    )


def _mandate(link: Link) -> list[Line]:
    way = through(link)
    said: list[list[Part]] = [
        [*way, "."] if way else [],
        [link.gist] if link.gist else [],
        [say("(Opening words: {words})", words=link.opening)] if link.opening else [],
        [Mark(say("Because:"), "strong")],
        [link.rationale],
    ]
    stands = adoption(link)
    # an instrument's own name is not told again
    stop = "" if not stands else ", " if stands == adopted(link) else ". "
    return [
        line(called(link.mandate, strong=True), stop, *stands, at=link.mandate_passages),
        line(*firmness(link)),
        line(*joined(said, " "), at=link.passages),
    ]


def _wider(links: list[Link]) -> Iterator[Line]:
    """Name mandates that speak more widely, together by how firm they are and where; a list says no more."""
    for (basis, key, element), same in groupby(links, key=_way):
        group = list(same)
        listed = (group[0].carried_basis or group[0].basis) == "listed"
        names = enumerated([[called(one.mandate)] for one in group])
        told: dict[str, Part | list[Part]] = {
            "basis": Mark(basis, "strong"),
            "status": status(key),
            "mandates": how_many("paragraph", len(group)) if listed else names,
        }
        if element:
            yield line(*say_parts("{basis}, {status} at {element}: {mandates}.", element=called(element), **told))
        else:
            yield line(*say_parts("{basis}, {status}: {mandates}.", **told))


def _way(link: Link) -> tuple[str, str, Named | None]:
    return origin(link), link.status, link.element if link.steps else None


def without_empty(grid: Grid) -> Grid:
    """Leave out columns that say nothing."""
    kept = [n for n, _ in enumerate(grid.columns) if any(row[n].text for row in grid.rows)]
    return Grid([grid.columns[n] for n in kept], [[row[n] for n in kept] for row in grid.rows])


def below(graph: Graph, iri: str) -> list[str]:
    """List the IRIs of what is below an element, in the document's order."""
    rows = graph.rows("programs/contents", above=iri)
    inner = {row["element"].value for row in rows}

    def place(one: str) -> tuple[tuple[int, int, str], ...]:
        above = [parent for parent in graph.values(one, "partOf") if parent in inner and parent != one]
        position = int("".join(graph.values(one, "position")) or 0)
        return (*(place(above[0]) if above else ()), (RUNGS.get(kind_of(shorten(one)), 0), position, one))

    return sorted(inner, key=place)


def totals(graph: Graph, elements: Sequence[str]) -> Line | None:
    """Write the numbers of some elements by unit."""
    told = sums(graph, elements).values()
    return line(Mark(say("Numbers by unit:"), "strong"), f" {'; '.join(told)}.") if told else None


def money(graph: Graph, above: Sequence[str], elements: Sequence[str]) -> list[Section]:
    """Set what the plan marks as without secured money, of projects and of what they stand in."""
    projects = [one for one in elements if kind_of(shorten(one)) == "project"]
    marked = [one for one in elements if graph.values(one, "fundingStatus")]
    items = [_marked(graph, one) for one in marked]
    items += [_marked(graph, one, whole=True) for one in above if graph.values(one, "fundingStatus")]
    told = line(_counted(len(projects), sum(one in marked for one in projects))) if projects else None
    return section(say("Money"), told, Items(items))


def _counted(projects: int, marked: int) -> str:
    if not marked:
        return say_number(
            "The plan marks none of {number} project here.", "The plan marks none of {number} projects here.", projects
        )
    told = say_number(
        "The plan marks {marked} of {number} project here.",
        "The plan marks {marked} of {number} projects here.",
        projects,
        marked=marked,
    )
    return told if marked == projects else f"{told} {say('On the others it says nothing of money.')}"


def _marked(graph: Graph, one: str, *, whole: bool = False) -> Line:
    state = " ".join(term(graph, status) for status in graph.values(one, "fundingStatus"))
    until = "".join(f" ({day})" for day in graph.values(one, "fundedUntil"))
    told: dict[str, Part] = {"element": name(graph, one), "status": f"{state}{until}"}
    parts = say_parts("{element} as a whole: {status}", **told) if whole else say_parts("{element}: {status}", **told)
    return line(*parts, at=graph.passages(one))


def left_open(graph: Graph, element: str) -> Line:
    """Say that an element leaves a number open."""
    told = say_parts("A number is left open at {element}.", element=name(graph, element))
    return line(*told, at=graph.passages(element))


def partners(graph: Graph, iri: str, rows: Sequence[Row]) -> list[Section]:
    """Set who takes part: name, kind, country, role, and where if not at the element itself."""
    drawn = []
    for row in rows:
        body, at, written = row["organization"].value, row["at"].value, row["written"].value
        called_so = graph.label(body)
        same = written in called_so or called_so in written
        printed = "" if same else f" {say('(printed: {written})', written=written)}"
        kind = ", ".join(term(graph, one) for one in graph.values(body, "kind"))
        countries = joined([[name(graph, one)] for one in graph.values(body, "country")])
        drawn.append(
            [
                line(name(graph, body, strong=True), printed, at=graph.passages(row["participation"].value)),
                line(kind, *([", ", *countries] if countries else [])),
                line(term(graph, row["role"].value)),
                line(*([] if at == iri else [name(graph, at)])),
            ]
        )
    number = len({row["organization"].value for row in rows})
    columns = [say("partner"), say("kind"), say("role"), say("at")]
    return section(say("Partners ({number})", number=number), without_empty(Grid(columns, drawn))) if drawn else []


def places(graph: Graph, elements: Iterable[str]) -> list[Section]:
    """List the countries and regions that elements name as served, each with where."""
    found: dict[str, list[str]] = {}
    for element in elements:
        for place in graph.values(element, "beneficiary"):
            found.setdefault(place, []).append(element)
    items = [
        line(
            name(graph, place, strong=True),
            ": ",
            *enumerated([[name(graph, one)] for one in at]),
            at=[passage for one in at for passage in graph.passages(one)],
        )
        for place, at in sorted(found.items(), key=lambda one: graph.label(one[0]))
    ]
    return section(say("Countries and regions served"), Items(items)) if items else []
