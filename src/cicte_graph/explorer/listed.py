"""The lists there are: which query gives the rows of each, by what they are narrowed and which columns are shown.

Knows the columns of queries/lists/; knows nothing of pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cicte_graph.explorer.facets import NONE, Facet
from cicte_graph.wording import say

__all__ = ["Column", "Listed", "all_lists"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is shown, after that of the names."""

    name: str  # in the query
    title: str
    kind: Literal["values", "number", "basis", "status"] = "values"
    says: Mapping[str, str] = field(default_factory=dict)  # what values that are no records are called


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its query, the column of the records it is of, what stands below their names, facets and columns."""

    query: str  # below queries/lists/
    record: str
    title: str  # of the column of names
    below: tuple[str, ...]
    facets: tuple[Facet, ...]
    columns: tuple[Column, ...]
    rows: str = ""  # what a row is, where a record may have several


def all_lists() -> Mapping[str, Listed]:
    """Give every list by its name, its words in the language spoken."""
    unsaid, unnamed, unlinked = {NONE: say("not said")}, {NONE: say("none named")}, {NONE: say("no link")}
    dash = {NONE: "—"}  # in columns of numbers
    untold, no_number, no_plan = {NONE: say("no topic")}, {NONE: say("no number")}, {NONE: say("no plan")}
    nowhere, stateless, whole = (
        {NONE: say("no region")},
        {NONE: say("of no one country")},
        {NONE: say("the plan as a whole only")},
    )
    plan, basis = Facet("plan", say("Plan")), Facet("basis", say("Strongest basis"), says=unlinked)
    area = Facet("area", say("Work area"))
    money = Facet("money", say("Money"), "funding", unsaid)
    place = Facet("place", say("Country or region"), "places", unnamed)
    topic = Facet("topic", say("Topic"), "topics", untold)
    kind = Facet("kind", say("Kind"))
    unit = Facet("unit", say("What is counted"), says=no_number)
    ties = {"listed": say("on its list"), "named": say("named in its text"), NONE: say("neither listed nor named")}
    oas = {"true": say("takes part"), "false": say("does not take part"), NONE: say("not a state of the OAS")}
    return {
        "programs": Listed(
            "all-programs",
            "program",
            say("Program"),
            ("plan", "area"),
            (plan, area, basis, money, topic, place),
            (
                Column("basis", say("Strongest basis"), "basis", unlinked),
                Column("mandates", say("Mandates by name or subject"), "number"),
                Column("funding", say("Money"), says=unsaid),
                Column("projects", say("Projects"), "number"),
                Column("partners", say("Partners"), "number"),
                Column("places", say("Countries and regions"), says=unnamed),
                Column("topics", say("Topics"), says=untold),
            ),
        ),
        "activities": Listed(
            "all-activities",
            "element",
            say("Project, activity or outcome"),
            ("plan", "program"),
            (plan, area, Facet("program", say("Program")), kind, basis, money, unit, place),
            (
                Column("kind", say("Kind")),
                Column("quantity", say("Number"), "number", {"open": say("open")} | dash),
                Column("unit", say("Of what"), says={NONE: ""}),
                Column("basis", say("Strongest basis"), "basis", unlinked),
                Column("funding", say("Money"), says=unsaid),
                Column("places", say("Countries and regions"), says=unnamed),
            ),
        ),
        "partners": Listed(
            "all-partners",
            "organization",
            say("Organization"),
            ("acronyms",),
            (
                plan,
                kind,
                Facet("country", say("Country"), says=stateless),
                Facet("role", say("Role"), "roles"),
                Facet("program", say("Program"), "programs", whole),
                Facet("area", say("Work area"), "areas", whole),
                topic,
            ),
            (
                Column("plan", say("Plan")),
                Column("kind", say("Kind")),
                Column("country", say("Country"), says=stateless),
                Column("roles", say("Role")),
                Column("elements", say("Elements"), "number"),
                Column("programs", say("Programs"), says=whole),
            ),
            say("Each has a row for every plan it takes part in."),
        ),
        "mandates": Listed(
            "all-mandates",
            "mandate",
            say("Paragraph or instrument"),
            ("symbol", "gist"),
            (
                plan,
                kind,
                Facet("body", say("Adopted by"), says=unsaid),
                Facet("act", say("Verb"), says={NONE: say("a whole instrument")}),
                Facet("tie", say("In the plan"), "ties", ties),
                basis,
                Facet("status", say("Link"), "statuses", unlinked),
                Facet("area", say("Work area"), "areas", {NONE: say("no area")}),
                topic,
            ),
            (
                Column("plan", say("Plan")),
                Column("kind", say("Kind")),
                Column("ties", say("In the plan"), says=ties),
                Column("basis", say("Strongest basis"), "basis", unlinked),
                Column("statuses", say("Link"), "status", unlinked),
                Column("programs", say("Programs by name or subject"), "number"),
            ),
            say("Each has a row for every plan that lists it, names it or rests on it."),
        ),
        "places": Listed(
            "all-places",
            "place",
            say("Country or region"),
            (),
            (
                kind,
                Facet("plan", say("Named in"), "plans", no_plan),
                Facet("region", say("Member of"), "regions", nowhere),
                Facet("oas", say("In the OAS"), says=oas),
            ),
            (
                Column("kind", say("Kind")),
                Column("since", say("In the OAS since"), "number", dash),
                Column("plans", say("Named in"), says=no_plan),
                Column("elements", say("Elements that name it"), "number"),
                Column("through", say("Elements through a region"), "number"),
                Column("bodies", say("Own bodies that take part"), "number"),
                Column("regions", say("Member of"), says=nowhere),
            ),
        ),
    }
