"""A page for each report: what it finds, figure and matrix, rows with links and evidence; and the rows as files.

Knows how a report is shown and which can be made here, not what it says.
"""

from functools import partial
from importlib.util import find_spec

from cicte_graph.explorer.figures import LONG, PLOT, STYLES, drawings
from cicte_graph.explorer.here import Here
from cicte_graph.explorer.sheet import Asked, File, Pages, Sheet, Writer
from cicte_graph.graph import Graph, local
from cicte_graph.network import PARTS
from cicte_graph.page import notes
from cicte_graph.reports import REPORTS, make_report
from cicte_graph.reports.diff import diff
from cicte_graph.reports.heads import head
from cicte_graph.reports.report import Report
from cicte_graph.reports.written import cell_told, report_page, write_report
from cicte_graph.wording import say

__all__ = ["reports"]

FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
DIFF = "diff"
COMPARING = {"partners", DIFF}  # two plans
NETWORKS = {"brokers"}  # which need the libraries for networks


def reports(graph: Graph) -> Pages:
    """Give the pages of every report that can be made of the graph with the libraries there are."""
    pages: dict[str, Writer] = {"report/index.html": partial(_index, graph)}
    for name in _names(graph):
        pages[f"report/{name}.html"] = partial(_sheet, graph, name)
        for form, media_type in FORMS.items():
            pages[f"report/{name}.{form}"] = partial(_file, graph, name, form, media_type)
    return pages


def _names(graph: Graph) -> list[str]:
    left = set() if len(graph.plans()) > 1 else COMPARING
    left = left if all(map(find_spec, PARTS)) else left | NETWORKS
    return [name for name in (*REPORTS, DIFF) if name not in left]


def _made(graph: Graph, name: str) -> Report:
    return graph.once(f"report {name}", lambda: _make(graph, name))


def _make(graph: Graph, name: str) -> Report:
    if name != DIFF:
        return make_report(graph, name)
    first, *_, last = graph.plans()
    return diff(graph, first, last)


def _tells(name: str) -> str:
    if name == DIFF:
        return say("what changed from the first plan to the last, and on what each difference rests")
    return REPORTS[name][0]()


def _index(graph: Graph, _here: Here, _: Asked) -> Sheet:
    made = [(name, _tells(name), _made(graph, name)) for name in _names(graph)]
    lacking = [
        ("map", say("the report on brokers and the map of partners"), all(map(find_spec, PARTS))),
        ("plot", say("the figures"), bool(find_spec(PLOT))),
    ]
    values = {"reports": made, "lacking": [(extra, what) for extra, what, there in lacking if not there]}
    return Sheet(say("Reports"), "report_index.html", values, styles=STYLES)


def _sheet(graph: Graph, name: str, here: Here, _: Asked) -> Sheet:
    report = _made(graph, name)
    page = report_page(report, linked=True)
    values = {
        "page": page,
        "path": [(say("Reports"), here.to("report/index.html"))],
        "notes": notes(page),
        "record": here.record,
        "top": 1,
        "report": report,
        "tells": _tells(name),
        "head": head,
        "drawing": drawings(here).get(name),
        "long": LONG,
        "bases": _bases(graph) if name == "coverage" else [],
        "cell_told": cell_told,
        "command": _command(graph, name),
    }
    return Sheet(report.title, "report.html", values, ("evidence.js",), STYLES)


def _bases(graph: Graph) -> list[tuple[str, str, str]]:
    """Tell what each basis means, the strongest first."""
    ranked = sorted(graph.concepts("basis"), key=lambda one: graph.values(one, "rank"))
    return [(local(one), cell_told(local(one)), graph.definition(one)) for one in ranked]


def _command(graph: Graph, name: str) -> str:
    plans = graph.plans()
    return f"cicte-graph diff {local(plans[0])} {local(plans[-1])}" if name == DIFF else f"cicte-graph report {name}"


def _file(graph: Graph, name: str, form: str, media_type: str, _here: Here, _: Asked) -> File:
    return File(write_report(_made(graph, name), form).encode(), media_type)
