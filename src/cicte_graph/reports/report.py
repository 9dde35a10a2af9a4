"""What a report is: findings in a few sentences, and a table whose every row has an identifier and its evidence."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from cicte_graph.graph import Graph, Passage
from cicte_graph.table import Table, Value, as_value
from cicte_graph.terms import expand

__all__ = ["Matrix", "Report", "ReportMaker", "asked", "make", "plan_name"]

Said = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The same rows drawn as rows against columns: for each pair, a word."""

    title: str
    rows: list[tuple[str, list[str]]]  # heading, a cell for each column
    columns: list[str]
    corner: str = "mandate"  # what a row is of


@dataclass(frozen=True)
class Report:
    """Findings, and the rows they are computed from."""

    name: str
    title: str
    findings: list[str]
    table: Table
    evidence: list[list[Passage]]  # of each row
    names: dict[str, str] = field(default_factory=dict)  # column of identifiers -> column of what they are called
    group: str = ""  # the column by whose values the rows stand together
    headings: dict[str, str] = field(default_factory=dict)  # of groups that are identifiers
    matrices: list[Matrix] = field(default_factory=list)

    def __str__(self) -> str:
        from cicte_graph.reports.written import write_report

        return write_report(self, "table")

    def _repr_html_(self) -> str:
        from cicte_graph.page_html import body_html
        from cicte_graph.reports.written import report_page

        return body_html(report_page(self))


def asked(graph: Graph, query: str, **parameters: str) -> list[Said]:
    """Run a question of the library and give its rows by name, an unbound variable being absent."""
    return [{name: as_value(term) for name, term in row.items()} for row in graph.rows(query, **parameters)]


def make(  # noqa: PLR0913 - a report has as many parts
    graph: Graph,
    name: str,
    title: str,
    findings: Sequence[str],
    columns: Sequence[str],
    rows: Iterable[tuple[Said, Iterable[str]]],
    *,
    names: dict[str, str] | None = None,
    group: str = "",
    matrices: Sequence[Matrix] = (),
) -> Report:
    """Make a report of rows and, for each, the records whose passages are its evidence."""
    kept = list(rows)
    return Report(
        name,
        title,
        list(findings),
        Table(list(columns), [[said.get(column) for column in columns] for said, _ in kept], title, {}, graph.version),
        [_passages(graph, records) for _, records in kept],
        names or {},
        group,
        {plan: plan_name(graph, plan, start=True) for plan in graph.plans()},
        list(matrices),
    )


def _passages(graph: Graph, records: Iterable[str]) -> list[Passage]:
    return list(dict.fromkeys(passage for record in records for passage in graph.passages(expand(record))))


def plan_name(graph: Graph, plan: str, *, start: bool = False) -> str:
    """Name a plan as in a sentence, or at its start: the 2012 work plan, the 2018-2019 draft."""
    [row] = [row for row in asked(graph, "programs/plans") if row["plan"] == plan]
    years = str(row["start"]) if row["start"] == row["end"] else f"{row['start']}-{row['end']}"
    return f"{'The' if start else 'the'} {years} {'draft' if str(row['status']).endswith('/draft') else 'work plan'}"


ReportMaker = Callable[[Graph], Report]
