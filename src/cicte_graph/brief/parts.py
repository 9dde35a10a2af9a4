"""Sections that briefings have in common: mandates, money, targets, partners, places. Silent where the graph is."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cicte_graph.graph import Graph
from cicte_graph.link import Link, kind_of
from cicte_graph.page import Block, Facts, Grid, Items, Line, Mark, Page, Section, line
from cicte_graph.store import Row
from cicte_graph.targets import sums, term
from cicte_graph.terms import shorten
from cicte_graph.trace import Trace
from cicte_graph.trace_page import firmness
from cicte_graph.trace_text import adoption, by_mandate, through
from cicte_graph.words import count, listed

RUNGS = {"activity": 1, "outcome": 2}  # at one place, activities stand before outcomes

__all__ = [
    "below",
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


def record(graph: Graph, iri: str, *more: str | Mark, cited: bool = True) -> Line:
    """Name a record with where it stands."""
    return line(graph.label(iri), *more, at=graph.passages(iri) if cited else ())


def mandates(found: Trace) -> list[Section]:
    """Set the mandates that name the subject, each with how firm it is, and name the others by how they bear on it."""
    groups = by_mandate(found.links)
    rows = [_mandate(group[0]) for group in groups if group[0].specific]
    columns = ["mandate", "how firm", "what it asks, and why it bears on this"]
    return section(
        "Mandates",
        Grid(columns, rows) if rows else None,
        Items(list(_wider([group[0] for group in groups if not group[0].specific]))),
    )


def _mandate(link: Link) -> list[Line]:
    way = f"{through(link)}." if through(link) else ""
    opening = f"(Opening words: {link.opening})" if link.opening else ""
    said = " ".join(filter(None, (way, link.gist, opening)))
    adopted = adoption(link)
    stop = ", " if adopted.startswith("adopted") else ". "  # an instrument's own name is not told again
    return [
        line(Mark(link.mandate.label, "strong"), f"{stop}{adopted}" if adopted else "", at=link.mandate_passages),
        line(*firmness(link)),
        line(f"{said} " if said else "", Mark("Because:", "strong"), f" {link.rationale}", at=link.passages),
    ]


def _wider(links: list[Link]) -> Iterator[Line]:
    """Name mandates that speak more widely, together by how firm they are and where; a list says no more."""
    for (basis, status, where), same in groupby(links, key=_way):
        named = [link.mandate.label for link in same]
        told = count(len(named), "paragraph") if "listed" in basis else listed(named)
        yield line(Mark(basis, "strong"), ", ", Mark(status, "status"), f"{where}: {told}.")


def _way(link: Link) -> tuple[str, str, str]:
    basis = f"{link.basis} (from {link.carried_basis})" if link.carried_basis else link.basis
    return basis, link.status, f" at {link.element.label}" if link.steps else ""


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
    return line(Mark("Numbers by unit:", "strong"), f" {'; '.join(told)}.") if told else None


def money(graph: Graph, above: Sequence[str], elements: Sequence[str]) -> list[Section]:
    """Set what the plan marks as without secured money, of projects and of what they stand in."""
    projects = [one for one in elements if kind_of(shorten(one)) == "project"]
    marked = [one for one in elements if graph.values(one, "fundingStatus")]
    items = [_marked(graph, one, "") for one in marked]
    items += [_marked(graph, one, " as a whole") for one in above if graph.values(one, "fundingStatus")]
    if projects:
        few = sum(one in marked for one in projects)
        silent = "" if few == len(projects) else " On the others it says nothing of money." if few else ""
        told = f"The plan marks {few or 'none'} of {count(len(projects), 'project')} here.{silent}"
        return section("Money", line(told), Items(items))
    return section("Money", Items(items))


def _marked(graph: Graph, one: str, more: str) -> Line:
    status = " ".join(term(graph, status) for status in graph.values(one, "fundingStatus"))
    until = "".join(f" ({day})" for day in graph.values(one, "fundedUntil"))
    return line(f"{graph.label(one)}{more}: {status}{until}", at=graph.passages(one))


def partners(graph: Graph, iri: str, rows: Sequence[Row]) -> list[Section]:
    """Set who takes part: name, kind, country, role, and where if not at the element itself."""
    drawn = []
    for row in rows:
        body, at = row["organization"].value, row["at"].value
        written = row["written"].value
        name = graph.label(body)
        printed = f" (printed: {written})" if written not in name and name not in written else ""
        kind = ", ".join(term(graph, one) for one in graph.values(body, "kind"))
        country = ", ".join(graph.label(one) for one in graph.values(body, "country"))
        evidence = graph.passages(row["participation"].value)
        drawn.append(
            [
                line(Mark(name, "strong"), printed, at=evidence),
                line(f"{kind}{f', {country}' if country else ''}"),
                line(term(graph, row["role"].value)),
                line("" if at == iri else graph.label(at)),
            ]
        )
    number = len({row["organization"].value for row in rows})
    title = f"Partners ({number})"
    return section(title, without_empty(Grid(["partner", "kind", "role", "at"], drawn))) if drawn else []


def places(graph: Graph, elements: Iterable[str]) -> list[Section]:
    """List the countries and regions that elements name as served, each with where."""
    found: dict[str, list[str]] = {}
    for element in elements:
        for place in graph.values(element, "beneficiary"):
            found.setdefault(place, []).append(element)
    items = [
        line(
            Mark(graph.label(place), "strong"),
            f": {listed([graph.label(one) for one in at])}",
            at=[passage for one in at for passage in graph.passages(one)],
        )
        for place, at in sorted(found.items(), key=lambda one: graph.label(one[0]))
    ]
    return section("Countries and regions served", Items(items)) if items else []
