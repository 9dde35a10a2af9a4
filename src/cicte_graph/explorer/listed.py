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


def all_lists() -> Mapping[str, Listed]:
    """Give every list by its name, its words in the language spoken."""
    plan, basis = Facet("plan", say("Plan")), Facet("basis", say("Strongest basis"))
    area = Facet("area", say("Work area"))
    money = Facet("money", say("Money"), "funding", {NONE: say("none marked")})
    place = Facet("place", say("Country or region"), "places", {NONE: say("none named")})
    topic = Facet("topic", say("Topic"), "topics")
    kind = Facet("kind", say("Kind"))
    unit = Facet("unit", say("What is counted"), says={NONE: say("no number")})
    ties = {"listed": say("on its list"), "named": say("named in its text")}
    oas = {"true": say("takes part"), "false": say("does not take part"), NONE: say("not a state of the OAS")}
    return {
        "programs": Listed(
            "all-programs",
            "program",
            say("Program"),
            ("plan", "area"),
            (plan, area, basis, money, topic, place),
            (
                Column("basis", say("Strongest basis"), "basis"),
                Column("mandates", say("Mandates by name or subject"), "number"),
                Column("funding", say("Money")),
                Column("projects", say("Projects"), "number"),
                Column("partners", say("Partners"), "number"),
                Column("places", say("Countries and regions")),
                Column("topics", say("Topics")),
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
                Column("quantity", say("Number"), "number", {"open": say("open")}),
                Column("unit", say("Of what"), says={NONE: ""}),
                Column("basis", say("Strongest basis"), "basis"),
                Column("funding", say("Money")),
                Column("places", say("Countries and regions")),
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
                Facet("country", say("Country"), says={NONE: say("of no one country")}),
                Facet("role", say("Role"), "roles"),
                Facet("program", say("Program"), "programs", {NONE: say("the plan as a whole only")}),
                topic,
            ),
            (
                Column("plan", say("Plan")),
                Column("kind", say("Kind")),
                Column("country", say("Country")),
                Column("roles", say("Role")),
                Column("elements", say("Elements"), "number"),
                Column("programs", say("Programs")),
            ),
        ),
        "mandates": Listed(
            "all-mandates",
            "mandate",
            say("Paragraph or instrument"),
            ("symbol", "gist"),
            (
                plan,
                kind,
                Facet("body", say("Adopted by")),
                Facet("act", say("Verb"), says={NONE: say("a whole instrument")}),
                Facet("tie", say("In the plan"), "ties", ties | {NONE: say("neither listed nor named")}),
                basis,
                Facet("status", say("Link"), "statuses"),
                topic,
            ),
            (
                Column("plan", say("Plan")),
                Column("kind", say("Kind")),
                Column("ties", say("In the plan"), says=ties),
                Column("basis", say("Strongest basis"), "basis"),
                Column("statuses", say("Link"), "status"),
                Column("programs", say("Programs by name or subject"), "number"),
            ),
        ),
        "places": Listed(
            "all-places",
            "place",
            say("Country or region"),
            (),
            (
                kind,
                Facet("plan", say("Named in"), "plans", {NONE: say("no plan")}),
                Facet("region", say("Member of"), "regions"),
                Facet("oas", say("In the OAS"), says=oas),
            ),
            (
                Column("kind", say("Kind")),
                Column("since", say("In the OAS since"), "number"),
                Column("plans", say("Named in")),
                Column("elements", say("Elements that name it"), "number"),
                Column("through", say("Elements through a region"), "number"),
                Column("bodies", say("Own bodies that take part"), "number"),
                Column("regions", say("Member of")),
            ),
        ),
    }
