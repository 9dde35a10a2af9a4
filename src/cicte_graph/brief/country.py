"""The briefing on a country."""

from cicte_graph.brief.parts import page, section
from cicte_graph.graph import Graph
from cicte_graph.link import named
from cicte_graph.naming import enumerated, joined, name, with_kind
from cicte_graph.page import Facts, Grid, Items, Line, Page, Part, Section, line
from cicte_graph.targets import term, written
from cicte_graph.terms import expand
from cicte_graph.wording import say, say_number

__all__ = ["brief_country"]


def brief_country(graph: Graph, iri: str) -> Page:
    """Brief on a country: what serves it by name or through a region, and which of its bodies take part."""
    serving = graph.rows("countries/served-through-regions", country=iri)
    by_name = [row for row in serving if "region" not in row]
    plans = [expand(plan) for plan in graph.plans()]
    national = [row for plan in plans for row in graph.rows("countries/national-partners", plan=plan)]
    bodies = dict.fromkeys(row["organization"].value for row in national if row["country"].value == iri)
    taking = [(body, row) for body in bodies for row in graph.rows("partners/participations-of", organization=body)]
    lead = line(_lead(graph.label(iri), len(by_name), len(serving) - len(by_name), len({body for body, _ in taking})))
    rows = [
        [
            line(with_kind(named(graph, row["element"].value), strong=True), at=graph.passages(row["element"].value)),
            line(name(graph, row["region"].value) if "region" in row else say("by name")),
            line(*_numbers(graph, row["element"].value, iri)),
        ]
        for row in sorted(serving, key=lambda row: "region" in row)
    ]
    own = [
        [
            line(name(graph, body, strong=True), at=graph.passages(row["participation"].value)),
            line(with_kind(named(graph, row["element"].value))),
            line(term(graph, row["role"].value)),
        ]
        for body, row in taking
    ]
    serving_columns = [say("element"), say("how"), say("numbers")]
    own_columns = [say("body"), say("takes part in"), say("role")]
    sections = [
        *section(say("What it is"), Facts(_facts(graph, iri))),
        *section(say("What serves it"), Grid(serving_columns, rows) if rows else None),
        *section(say("Its own bodies"), Grid(own_columns, own) if own else None),
        *_gaps(by_name=len(by_name), own=len(own)),
    ]
    return page(graph, iri, say("briefing on a country"), [lead], sections)


def _numbers(graph: Graph, element: str, country: str) -> list[Part]:
    """Write the numbers an element sets, after the places they are for where that is not the country alone."""
    numbers = written(graph, element)
    places = graph.values(element, "beneficiary")
    if not numbers or places == [country]:
        return [numbers]
    return [*enumerated([[name(graph, place)] for place in places]), f": {numbers}"]


def _lead(country: str, by_name: int, by_region: int, bodies: int) -> str:
    named = say_number(
        "{country} is named as served by {number} element",
        "{country} is named as served by {number} elements",
        by_name,
        country=country,
    )
    reached = say_number(
        "may be reached through a region by {number} element",
        "may be reached through a region by {number} elements",
        by_region,
    )
    own = say_number(
        "{number} body of its own takes part in the plans",
        "{number} bodies of its own take part in the plans",
        bodies,
    )
    return say(
        "{named}, and {reached}. {own}.",
        named=named if by_name else say("{country} is named as served by no elements", country=country),
        reached=reached if by_region else say("may be reached through a region by no elements"),
        own=own if bodies else say("No bodies of its own take part in the plans"),
    )


def _facts(graph: Graph, iri: str) -> list[tuple[str, Line]]:
    since = graph.values(iri, "oasMemberSince")
    regions = [
        [name(graph, row["subject"].value)]
        for row in graph.rows("records/mentions-of", record=iri)
        if row["property"].value.endswith("#member")
    ]
    facts = [(say("code"), line(" ".join(graph.values(iri, "alpha3"))))]
    facts += [(say("OAS member since"), line(since[0]))] if since else []
    return facts + ([(say("in"), line(*joined(regions)))] if regions else [])


def _gaps(*, by_name: int, own: int) -> list[Section]:
    items = []
    if not by_name:
        items.append(line(say("No element names it as served.")))
    items.append(line(say("Regions that are named without a list of members, such as the Caribbean, may mean it too.")))
    if not own:
        items.append(line(say("No body of its own takes part.")))
    return section(say("Gaps"), Items(items))
