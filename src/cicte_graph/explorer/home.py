"""The first page: what this is, three questions answered now, the plans side by side, and what the reports find.

What it shows is picked by rule, so that it stands on any data: the activity with most mandates of its own, the
paragraph that the library asks about, and whoever joins most programs of the last plan.
"""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from cicte_graph.explorer.findings import key_findings, sizes
from cicte_graph.explorer.here import Here
from cicte_graph.explorer.picture import joining, picture, there
from cicte_graph.explorer.sheet import Asked, File, Pages, Sheet, Writer
from cicte_graph.explorer.traces import trace_of
from cicte_graph.graph import Graph, Passage, local
from cicte_graph.link import Link, Named, confidence_told, kinded, status_told
from cicte_graph.query_library import examples, pick_query
from cicte_graph.reports.report import plan_name
from cicte_graph.terms import expand
from cicte_graph.trace import trace_down, trace_up
from cicte_graph.wording import say, say_number
from cicte_graph.words import listed

__all__ = ["home"]

PICTURE = "picture/partners.svg"
MOST = 4  # rows of an answer
RUNGS = ("WorkArea", "Program", "Project", "Activity", "Outcome", "Target", "Organization")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an answer: a record, what is said of it, how firm that is and where it stands."""

    name: str
    way: str
    told: str
    status: tuple[str, str] = ("", "")  # key, and as it is told
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of some reader, the beginning of its answer, and ways to go on."""

    who: str
    question: str
    told: str
    gist: str  # what the paragraph asked about says
    rows: list[Row]
    ways: list[tuple[str, str]]  # the first leads to the whole answer


def home(graph: Graph) -> Pages:
    """Give the first page and its picture."""
    pages: dict[str, Writer] = {"index.html": partial(_sheet, graph)}
    if there():
        pages[PICTURE] = partial(_picture, graph)
    return pages


def _picture(graph: Graph, _here: Here, _: Asked) -> File:
    return File(picture(graph, graph.plans()[-1]), "image/svg+xml")


def _sheet(graph: Graph, here: Here, _: Asked) -> Sheet:
    plans = graph.plans()
    joined = joining(graph, plans[-1])
    found = graph.once("key findings", lambda: key_findings(graph))
    kinds = Counter(local(row["class"].value) for row in graph.rows("records/every-record"))
    values = {
        "answers": [_justified(graph, here), _answered(graph, here), _joined(graph, here, joined)],
        "named": listed([plan_name(graph, plan) for plan in plans]),
        "plans": [_plan(graph, here, plan) for plan in plans],
        "rungs": [_rung(graph, plans, rung) for rung in RUNGS],
        "findings": [(one, _ways(here, [(one.told, f"report/{one.report}.html")])) for one in found],
        "picture": here.to(PICTURE) if here.has(PICTURE) else "",
        "map": "".join(way for _, way in _ways(here, [("", "map.html")])),
        "shown": (plan_name(graph, plans[-1]), len(joined), sum(len(programs) > 1 for programs in joined.values())),
        "held": [
            (kinds["Program"], say("programs")),
            (kinds["Activity"], say("activities")),
            (kinds["Instrument"] + kinds["Provision"], say("mandates")),
            (kinds["Organization"], say("organizations")),
            (kinds["Evidence"], say("passages")),
        ],
    }
    return Sheet(say("Mandates, plans and partners of CICTE"), "home.html", values, styles=("home.css",))


def _ways(here: Here, wanted: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the ways to those pages there are."""
    return [(called, here.to(page)) for called, page in wanted if here.has(page)]


def _traced(here: Here, iri: str) -> list[tuple[str, str]]:
    return [(say("The whole trace, with evidence"), trace_of(iri))] if here.has(trace_of(iri)) else []


def _justified(graph: Graph, here: Here) -> Answer:
    """Ask which mandates justify the activity that has most of its own."""
    iri = _activity(graph)
    found = trace_up(graph, iri)
    best: dict[str, Link] = {}  # the strongest link of each mandate
    firsts: dict[str, Link] = {}  # and of each status
    for link in found.links:
        if link.specific and not link.carried_from and best.setdefault(link.mandate.id, link) is link:
            firsts.setdefault(link.status, link)
    shown = sorted(best.values(), key=lambda link: firsts[link.status] is not link)[: MOST - 1]
    rows = [_row(here, link.mandate, link.mandate.label, link, _telling(graph, link)) for link in shown]
    return Answer(
        say("Before a delegation"),
        say("Which mandates justify this activity: {name}?", name=graph.label(iri)),
        say_number("{number} mandate names it or its subject.", "{number} mandates name it or its subject.", len(best)),
        "",
        rows,
        _ways(
            here,
            [
                *_traced(here, iri),
                (say("All activities"), "list/activities.html"),
                (say("Mandates against programs"), "report/coverage.html"),
            ],
        ),
    )


def _telling(graph: Graph, link: Link) -> Passage | None:
    """Choose a passage of a link: where the text makes it at its element, that place; else the first it rests on."""
    stated = link.basis == "stated"
    places = {(one.symbol, one.locator) for one in graph.passages(expand(link.element.id)) if stated}
    return min(link.passages, key=lambda one: (one.symbol, one.locator) not in places, default=None)


def _activity(graph: Graph) -> str:
    """Find the activity that most mandates are tied to itself by; the first by name of as many, or of all."""
    records = [(row["record"].value, local(row["class"].value)) for row in graph.rows("records/every-record")]
    own = Counter(graph.values(iri, "element")[0] for iri, kind in records if kind == "Justification")
    activities = [iri for iri, kind in records if kind == "Activity"]
    return max(activities, key=lambda iri: own[iri])


def _answered(graph: Graph, here: Here) -> Answer:
    """Ask what became of the paragraph that the library asks about, or of the first there is."""
    example = examples(pick_query(graph.house.queries, "answered-by"))["asked"].value
    provisions = [
        row["record"].value for row in graph.rows("records/every-record") if local(row["class"].value) == "Provision"
    ]
    iri = example if example in provisions else provisions[0]
    found = trace_down(graph, iri)
    rows: dict[str, Row] = {}
    for link in found.links:
        if link.specific:
            rows.setdefault(link.element.id, _row(here, link.element, kinded(link.element), link))
    return Answer(
        say("In research"),
        say("What became of {paragraph}?", paragraph=found.asked.label),
        say_number(
            "{number} element of the plans answers it by name or subject.",
            "{number} elements of the plans answer it by name or subject.",
            len(rows),
        ),
        found.gist,
        list(rows.values())[:MOST],
        _ways(
            here,
            [
                *_traced(here, iri),
                (say("All mandates"), "list/mandates.html"),
                (say("Ask another question"), "question/index.html"),
            ],
        ),
    )


def _joined(graph: Graph, here: Here, joined: dict[str, list[str]]) -> Answer:
    """Ask who joins most programs of a plan."""
    several = {one: programs for one, programs in joined.items() if len(programs) > 1}
    rows = [
        Row(
            graph.label(one),
            here.record(one),
            "; ".join(sorted(map(graph.label, programs))),
        )
        for one, programs in several.items()
    ]
    return Answer(
        say("With partners"),
        say("Who joins the most programs of {plan}?", plan=plan_name(graph, graph.plans()[-1])),
        say_number(
            "{number} of {all} partners takes part in several programs.",
            "{number} of {all} partners take part in several programs.",
            len(several),
            all=len(joined),
        ),
        "",
        rows[:MOST],
        _ways(
            here,
            [
                (say("The partner map"), "map.html"),
                (say("All partners"), "list/partners.html"),
                (say("Who holds the network together"), "report/brokers.html"),
            ],
        ),
    )


def _row(here: Here, reached: Named, name: str, link: Link, passage: Passage | None = None) -> Row:
    how = {"stated": say("the text names it"), "subject": say("its words name the subject")}
    told = f"{how[link.carried_basis or link.basis]}, {confidence_told(link.confidence)}"
    return Row(name, here.record(expand(reached.id)), told, (link.status, status_told(link.status)), passage)


def _plan(graph: Graph, here: Here, plan: str) -> dict[str, object]:
    iri = expand(plan)
    return {
        "name": plan_name(graph, plan, start=True),
        "title": graph.label(iri),
        "way": here.record(iri),
        "symbol": ", ".join(graph.values(iri, "symbol")),
        "status": ", ".join(graph.label(status) for status in graph.values(iri, "status")),
    }


def _rung(graph: Graph, plans: list[str], rung: str) -> dict[str, object]:
    """Count a rung in each plan, with the share of the largest count there is, for a bar."""
    called = {
        "WorkArea": say("Work areas"),
        "Program": say("Programs"),
        "Project": say("Projects"),
        "Activity": say("Activities"),
        "Outcome": say("Outcomes"),
        "Target": say("Numbers set"),
        "Organization": say("Partners"),
    }
    held = [sizes(graph, plan) for plan in plans]
    most = max(number for one in held for number in one.values())
    counts = [one.get(rung, 0) for one in held]
    return {"name": called[rung], "counts": [(number, round(100 * number / most, 1)) for number in counts]}
