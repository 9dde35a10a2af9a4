"""What a report is: findings in a few sentences, and a table whose every row has an identifier and its evidence.

Findings, headings and what is composed for a cell are in the language of the graph. Names of columns and coded values
are the same in every language, for programs; pages say them in the reader's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cicte_graph.graph import Graph, Passage
from cicte_graph.page import Name
from cicte_graph.table import Table, Value, as_value
from cicte_graph.terms import expand
from cicte_graph.wording import say

__all__ = [
    "Cells",
    "Coded",
    "Matrix",
    "Names",
    "Report",
    "ReportMaker",
    "Row",
    "Said",
    "asked",
    "class_told",
    "in_language",
    "make",
    "names_of",
    "plan_name",
]

Said = dict[str, Value]
Names = tuple[Name, ...]  # what a cell lists, and a table holds as text
Cells = Mapping[str, Value | Names]
Coded = Mapping[str, Callable[[str], str]]  # by column, how pages say a value that is the same in every language
Row = tuple[Cells, Iterable[str]]  # and the records whose passages are its evidence


@dataclass(frozen=True, slots=True)
class Matrix:
    """The same rows drawn as rows against columns: for each pair, a coded word or a number and the record it opens."""

    title: str
    rows: list[tuple[Name, list[Name]]]  # heading, a cell for each column
    columns: list[Name]
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
    coded: Coded = field(default_factory=dict)
    lists: Mapping[str, Sequence[Names]] = field(default_factory=dict)  # column -> what each row lists there
    language: str = "en"

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


def in_language(graph: Graph, rows: Iterable[Said], **columns: str) -> list[Said]:
    """Name the records of rows in the language of the graph, where a question names them in English.

    Args:
        graph: The graph.
        rows: What a question gives.
        columns: By the name of a column of names, that of the records named.
    """
    return [row | {name: graph.label_of(str(row[of])) for name, of in columns.items() if of in row} for row in rows]


def make(  # noqa: PLR0913 - a report has as many parts
    graph: Graph,
    name: str,
    title: str,
    findings: Sequence[str],
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    names: dict[str, str] | None = None,
    group: str = "",
    matrices: Sequence[Matrix] = (),
    coded: Coded | None = None,
) -> Report:
    """Make a report of rows and, for each, the records whose passages are its evidence."""
    kept = list(rows)
    written = [[_value(said.get(column)) for column in columns] for said, _ in kept]
    listing = [column for column in columns if any(isinstance(said.get(column), tuple) for said, _ in kept)]
    return Report(
        name,
        title,
        list(findings),
        Table(list(columns), written, title, {}, graph.version),
        [_passages(graph, records) for _, records in kept],
        names or {},
        group,
        {plan: plan_name(graph, plan, start=True) for plan in graph.plans()},
        list(matrices),
        coded or {},
        {column: [_listed(said.get(column)) for said, _ in kept] for column in listing},
        graph.language,
    )


def _value(said: Value | Names) -> Value:
    return ("; ".join(name.text for name in said) or None) if isinstance(said, tuple) else said


def _listed(said: Value | Names) -> Names:
    return said if isinstance(said, tuple) else ()


def names_of(graph: Graph, identifiers: Iterable[str]) -> Names:
    """Name records, in the order of their names."""
    return tuple(sorted((Name(graph.label_of(one), one) for one in identifiers), key=lambda name: name.text))


def _passages(graph: Graph, records: Iterable[str]) -> list[Passage]:
    return list(dict.fromkeys(passage for record in records for passage in graph.passages(expand(record))))


def class_told(graph: Graph, key: str) -> str:
    """Name a class: in English by its key, as it stands in rows."""
    return key if graph.language == "en" else graph.label_of(f"cicte:{key}")


def plan_name(graph: Graph, plan: str, *, start: bool = False) -> str:
    """Name a plan as in a sentence, or at its start: the 2012 work plan, the 2018-2019 draft."""
    row = graph.once("plans by name", lambda: {row["plan"]: row for row in asked(graph, "programs/plans")})[plan]
    years = str(row["start"]) if row["start"] == row["end"] else f"{row['start']}-{row['end']}"
    if str(row["status"]).endswith("/draft"):
        return say("The {years} draft", years=years) if start else say("the {years} draft", years=years)
    return say("The {years} work plan", years=years) if start else say("the {years} work plan", years=years)


ReportMaker = Callable[[Graph], Report]
