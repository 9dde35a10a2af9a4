"""Write a report: table, csv, tsv, json, markdown or html; findings first, each row with its evidence."""

import io
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Literal

from cicte_graph.graph import Passage
from cicte_graph.lines import WIDTH, visible, wrapped
from cicte_graph.naming import joined
from cicte_graph.page import Block, Grid, Items, Line, Mark, Name, Page, Section, line
from cicte_graph.page_html import as_html
from cicte_graph.page_markdown import as_markdown
from cicte_graph.printing import as_json, render, text_of
from cicte_graph.reports.heads import head
from cicte_graph.reports.report import Matrix, Report
from cicte_graph.table import Table, Value
from cicte_graph.wording import say, say_as, say_number, speaking

__all__ = ["cell_told", "report_page", "write_report"]

RECORDS = {"plan"}  # groups that have pages of their own
MARKS: dict[str, Literal["status", "basis"]] = {"status": "status", "rests on": "status", "basis": "basis"}


def write_report(report: Report, form: str) -> str:
    """Write a report; csv and tsv hold the rows alone, whose last column is the evidence."""
    with speaking(report.language):
        return _written(report, form)


def _written(report: Report, form: str) -> str:
    match form:
        case "html":
            return as_html(report_page(report))
        case "markdown":
            return as_markdown(report_page(report))
        case "json":
            return _json(report)
        case "table":
            findings = [row for finding in report.findings for row in wrapped(finding, indent="  ")]
            drawn = [_drawn(matrix) for matrix in report.matrices]
            number = len(report.table)
            rows = say_number("{number} row", "{number} rows", number) if number else say("no rows")
            tail = f"{rows}; {say('graph')} {report.table.version}\n"
            return "\n".join([visible(report.title), "", *findings, "", *drawn]) + _table(report) + "\n" + tail
        case _:
            return render(_with_evidence(report, [_whole(passages) for passages in report.evidence]), form)


def _whole(passages: list[Passage]) -> str:
    return "; ".join(map(str, passages))


def _with_evidence(report: Report, evidence: list[str]) -> Table:
    table = report.table
    rows: list[list[Value]] = [[*row, said] for row, said in zip(table.rows, evidence, strict=True)]
    return Table([*table.columns, "evidence"], rows, table.title, version=table.version)


def _table(report: Report) -> str:
    """Draw the rows for a terminal: a name with its identifier below, and places without their words."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    hidden = {*report.names.values(), report.group}
    shown = [column for column in report.table.columns if column not in hidden]
    draws = "utf" in (sys.stdout.encoding or "").lower()
    console = Console(file=io.StringIO(), width=_width(), legacy_windows=False)
    with console.capture() as captured:
        rows = zip(report.table, report.evidence, strict=True)
        for value, same in groupby(rows, key=lambda one: one[0].get(report.group)):
            drawn = Drawn(box=box.SIMPLE_HEAD if draws else box.ASCII2, title_justify="left", header_style="bold")
            drawn.title = Text(visible(_heading(report, value))) if report.group else None
            for column in [*shown, "where"]:
                drawn.add_column(Text(column), overflow="fold")
            for row, passages in same:
                places = dict.fromkeys(f"{p.symbol}, {p.locator}" for p in passages)
                cells = [_named(report, row, column) for column in shown]
                drawn.add_row(*(Text(visible(cell, lines=True)) for cell in [*cells, "\n".join(places)]))
            console.print(drawn)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _width() -> int:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH + 40


def _heading(report: Report, value: Value) -> str:
    return report.headings.get(text_of(value)) or _shown(report, report.group, value)


def _shown(report: Report, column: str, value: Value) -> str:
    """Say a coded value in words; anything else is as it is."""
    text = text_of(value)
    return report.coded[column](text) if text and column in report.coded else text


def _named(report: Report, row: dict[str, Value], column: str) -> str:
    """Name a record; only that which the row is of shows its identifier too, to be pasted."""
    if column not in report.names:
        return _shown(report, column, row[column])
    name = text_of(row[report.names[column]])
    key = text_of(row[column])
    return f"{name}\n{key}" if key and column == list(report.names)[-1] else name


def _json(report: Report) -> str:
    rows = [
        row | {"evidence": [asdict(passage) for passage in passages]}
        for row, passages in zip(report.table, report.evidence, strict=True)
    ]
    graph = asdict(report.table.version) if report.table.version else None
    said = {"report": report.name, "title": report.title, "graph": graph, "findings": report.findings}
    return as_json(said | {"columns": [*report.table.columns, "evidence"], "rows": rows})


def report_page(report: Report, *, linked: bool = False) -> Page:
    """Set a report as a page: findings, matrices, then the rows by group.

    Args:
        report: The report.
        linked: Whether records have pages of their own. Then their names are enough, and matrices are left to who
            can turn their heads and link their cells.
    """
    version = report.table.version
    if version is None:
        raise ValueError("a report is of a graph")
    with speaking(report.language):
        sections = [] if linked else [Section(matrix.title, list(_matrix(matrix))) for matrix in report.matrices]
        sections += _rows(report, linked=linked)
        lead = [line(text) for text in report.findings]
        return Page(report.title, say("report"), report.name, lead, sections, version, report.language)


def _matrix(matrix: Matrix) -> Iterator[Block]:
    numbered = [str(number) for number in range(1, len(matrix.columns) + 1)]
    yield Items([line(f"{number} ", name) for number, name in zip(numbered, matrix.columns, strict=True)])
    if any(cell.text.startswith("(") for _, cells in matrix.rows for cell in cells):
        yield line(say("In brackets: carried over from an earlier plan, with the basis it had there."))
    rows = [[line(heading), *(line(_mark(cell.text)) for cell in cells)] for heading, cells in matrix.rows]
    yield Grid([head(matrix.corner), *numbered], rows, dense=True)


def _mark(cell: str) -> Mark:
    return Mark(cell_told(cell), "basis", cell.strip("()"))


def cell_told(cell: str) -> str:
    """Say what stands in a cell of a matrix: a basis in one word, in brackets if it was carried over, or a number."""
    key = cell.strip("()")
    words = {
        "stated": say_as("cell", "stated"),
        "subject": say_as("cell", "subject"),
        "area": say_as("cell", "area"),
        "general": say_as("cell", "general"),
        "listed": say_as("cell", "listed"),
        "carried-over": say_as("cell", "carried-over"),
    }
    return cell.replace(key, words[key]) if key in words else cell


def _abbreviated(cell: str) -> str:
    return cell_told(cell).replace("subject", "subj.").replace("general", "gen.").replace("listed", "list")


def _drawn(matrix: Matrix) -> str:
    """Draw a matrix for a terminal, programs by number."""
    headings = [visible(heading.text) for heading, _ in matrix.rows]
    width = min(max(map(len, headings), default=0), WIDTH // 2)
    columns = (visible(name.text) for name in matrix.columns)
    out = [visible(matrix.title), *(f"  {number:>2}  {name}" for number, name in enumerate(columns, 1))]
    out += ["", " " * width + "".join(f"{number:>8}" for number in range(1, len(matrix.columns) + 1))]
    for heading, (_, cells) in zip(headings, matrix.rows, strict=True):
        out.append(f"{heading[:width]:<{width}}" + "".join(f"{_abbreviated(cell.text):>8}" for cell in cells))
    return "\n".join([*out, "", ""])


def _rows(report: Report, *, linked: bool) -> Iterator[Section]:
    columns = report.table.columns
    hidden = {*report.names.values(), report.group}
    shown = [column for column in columns if column not in hidden]
    rows = list(enumerate(zip(report.table, report.evidence, strict=True)))
    for value, same in groupby(rows, key=lambda one: one[1][0].get(report.group)):
        cells = [
            [*(_cell(report, n, row, column, linked=linked) for column in shown), line("", at=passages)]
            for n, (row, passages) in same
        ]
        used = [n for n, column in enumerate(shown) if any(row[n].text for row in cells) or column in report.names]
        kept = [*used, len(shown)]
        heads = [*(head(shown[n]) for n in used), head("where")]
        grid = Grid(heads, [[row[n] for n in kept] for row in cells])
        named = text_of(value) if report.group in RECORDS else ""
        yield Section(_heading(report, value) if report.group else say("Rows"), [grid], id=named)


def _cell(report: Report, n: int, row: dict[str, Value], column: str, *, linked: bool) -> Line:
    text = text_of(row[column])
    if column in report.names:
        name = text_of(row[report.names[column]])
        named = Name(name, text) if text and " " not in text else name  # several records have no page
        return line(named, " ", Mark(text, "id")) if text and not linked else line(named)
    if column in report.lists:
        return line(*joined(([name] for name in report.lists[column][n]), "; "))
    if column in MARKS and text and (column in report.coded or not linked):
        return line(Mark(_shown(report, column, text), MARKS[column], text if column in report.coded else ""))
    if text.startswith("id:") and " " not in text:
        return line(Name(head(column), text) if linked else Mark(text, "id"))
    return line(_shown(report, column, text))
