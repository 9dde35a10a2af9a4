"""Reports: a query or a few, findings computed from their rows, and the rows with their evidence."""

from collections.abc import Callable
from difflib import get_close_matches

from cicte_graph.errors import NotFoundError
from cicte_graph.graph import Graph
from cicte_graph.reports.brokers import brokers
from cicte_graph.reports.cited import cited
from cicte_graph.reports.coverage import coverage
from cicte_graph.reports.duties import duties
from cicte_graph.reports.kinds import kinds
from cicte_graph.reports.money import money, unfunded
from cicte_graph.reports.overlap import overlap
from cicte_graph.reports.partners import partners
from cicte_graph.reports.people import people
from cicte_graph.reports.report import Report, ReportMaker
from cicte_graph.reports.unanswered import unanswered
from cicte_graph.reports.without_mandate import without_mandate
from cicte_graph.wording import say, speaking

__all__ = ["REPORTS", "make_report"]

REPORTS: dict[str, tuple[Callable[[], str], ReportMaker]] = {  # what each tells, and who makes it
    "coverage": (
        lambda: say("mandates against the programs of both plans, with the strongest link in each cell"),
        coverage,
    ),
    "without-mandate": (
        lambda: say("programs, projects, activities and outcomes with no specific mandate"),
        without_mandate,
    ),
    "unanswered": (lambda: say("paragraphs that concern the Secretariat and nobody answers"), unanswered),
    "unfunded": (lambda: say("mandates whose answering projects lack secured money, all or some"), unfunded),
    "money": (lambda: say("what each plan marks as without secured money"), money),
    "people": (
        lambda: say("people to be trained by program, unit and place; what is open or uncounted by name"),
        people,
    ),
    "partners": (lambda: say("partners gained, kept and lost between the plans"), partners),
    "kinds": (lambda: say("partners of each plan and program by kind and by country, and what rests on few"), kinds),
    "overlap": (lambda: say("programs that share partners, how many and whom"), overlap),
    "brokers": (lambda: say("partners that join programs, and who holds the network together"), brokers),
    "duties": (lambda: say("what the plans bind the Secretariat to report, when and to whom"), duties),
    "cited": (lambda: say("instruments a plan names and none lists as a mandate"), cited),
}


def make_report(graph: Graph, name: str) -> Report:
    """Make a report by its name, in the language of the graph.

    Raises:
        NotFoundError: There is none of that name; offers the nearest.
    """
    if name not in REPORTS:
        near = get_close_matches(name, REPORTS, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(REPORTS)}."
        raise NotFoundError(f"no report named {name}. {hint}")
    with speaking(graph.language):
        return REPORTS[name][1](graph)
