"""What the reports find, a number and a line each: counted in the reports' own tables, so that they agree."""

from dataclasses import dataclass

from cicte_graph.graph import Graph, local
from cicte_graph.reports import make_report
from cicte_graph.table import Table, Value
from cicte_graph.wording import say_number

__all__ = ["Finding", "key_findings", "sizes"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A number, what it counts, and the report that tells it in full."""

    number: int
    told: str
    report: str


def sizes(graph: Graph, plan: str) -> dict[str, int]:
    """Count what a plan holds, by the local name of the class."""
    return {local(row["class"].value): int(row["number"].value) for row in graph.rows("programs/sizes", plan=plan)}


def key_findings(graph: Graph) -> list[Finding]:
    """Count what a reader should know first."""
    held = [sizes(graph, plan) for plan in graph.plans()]
    programs = sum(one.get("Program", 0) for one in held)
    projects = sum(one.get("Project", 0) for one in held)
    without = _of("program", _table(graph, "without-mandate").column("element"))
    unanswered = len(_table(graph, "unanswered"))
    unsecured = _of("project", _table(graph, "money").column("element"))
    cited = len(set(_table(graph, "cited").column("instrument")))
    pairs = len(_table(graph, "overlap"))
    several = len(_table(graph, "brokers"))
    return [
        Finding(
            without,
            say_number(
                "of {programs} programs has no mandate that names its subject",
                "of {programs} programs have no mandate that names their subject",
                without,
                programs=programs,
            ),
            "without-mandate",
        ),
        Finding(
            unanswered,
            say_number(
                "paragraph that concerns the Secretariat is answered by no element of any plan",
                "paragraphs that concern the Secretariat are answered by no element of any plan",
                unanswered,
            ),
            "unanswered",
        ),
        Finding(
            unsecured,
            say_number(
                "of {projects} projects is marked as without secured money",
                "of {projects} projects are marked as without secured money",
                unsecured,
                projects=projects,
            ),
            "money",
        ),
        Finding(
            cited,
            say_number(
                "instrument is named by a plan and listed by none as a mandate",
                "instruments are named by a plan and listed by none as a mandate",
                cited,
            ),
            "cited",
        ),
        Finding(
            pairs,
            say_number("pair of programs has a partner in common", "pairs of programs have a partner in common", pairs),
            "overlap",
        ),
        Finding(
            several,
            say_number(
                "partner takes part in two programs or more of a plan",
                "partners take part in two programs or more of a plan",
                several,
            ),
            "brokers",
        ),
    ]


def _table(graph: Graph, report: str) -> Table:
    return make_report(graph, report).table


def _of(kind: str, identifiers: list[Value]) -> int:
    return sum(str(one).startswith(f"id:{kind}/") for one in identifiers)
