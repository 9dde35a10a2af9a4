"""A page for each figure with the rows it is drawn from, the figure as a file, and the partner map.

Knows where figures stand and which report says the same; what they show is drawn where a page is asked for.
"""

from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec

from cicte_graph.explorer.here import Here
from cicte_graph.explorer.sheet import Asked, File, Pages, Sheet, Writer
from cicte_graph.graph import Graph
from cicte_graph.network import PARTS
from cicte_graph.page import Grid, Line, Name, Page, Part, Section, line
from cicte_graph.plots import PLOTS, Plot, plot
from cicte_graph.plots.written import drawing_svg
from cicte_graph.printing import text_of
from cicte_graph.reports.heads import head
from cicte_graph.reports.report import plan_name
from cicte_graph.table import Value
from cicte_graph.wording import say

__all__ = ["LONG", "PLOT", "STYLES", "drawings", "figures"]

PLOT = "matplotlib"  # draws
# the report that says what a figure shows
REPORT = {
    "overlap": "overlap",
    "partners": "brokers",
    "coverage": "coverage",
    "people": "people",
    "money": "money",
    "continuity": "diff",
    "kinds": "kinds",
}
COMPARING = {"continuity"}  # two plans
SVG = "image/svg+xml"
STYLES = ("record.css", "report.css")
LONG = 100  # rows of a table that is folded


def figures(graph: Graph) -> Pages:
    """Give the pages of the figures and the map, where the libraries that draw them are installed."""
    pages: dict[str, Writer] = {}
    if find_spec(PLOT):
        pages["figure/index.html"] = partial(_index, graph)
        for name in _names(graph):
            pages[f"figure/{name}.html"] = partial(_sheet, graph, name)
            pages[f"figure/{name}.svg"] = partial(_whole, graph, name)
            pages[_drawing(name)] = partial(_middle, graph, name)
    if all(map(find_spec, PARTS)):
        pages["map.html"] = partial(_map, graph)
    return pages


def drawings(here: Here) -> Mapping[str, tuple[str, str, str]]:
    """Give, by the report that says the same, the page of a figure, its drawing, and what that shows."""
    return {
        REPORT[name]: (f"figure/{name}.html", _drawing(name), shows())
        for name, (shows, _) in PLOTS.items()
        if here.has(f"figure/{name}.html")
    }


def _names(graph: Graph) -> list[str]:
    return [name for name in PLOTS if len(graph.plans()) > 1 or name not in COMPARING]


def _drawing(name: str) -> str:
    return f"figure/{name}.drawing.svg"


def _drawn(graph: Graph, name: str) -> Plot:
    return graph.once(f"plot {name}", lambda: plot(graph, name))


def _whole(graph: Graph, name: str, _here: Here, _: Asked) -> File:
    """Give the figure with its title, finding and source, to be taken along."""
    return File(_drawn(graph, name).svg, SVG)


def _middle(graph: Graph, name: str, _here: Here, _: Asked) -> File:
    """Give the drawing without the words that a page has beside it."""
    return File(drawing_svg(_drawn(graph, name)), SVG)


def _map(graph: Graph, here: Here, _: Asked) -> File:
    from cicte_graph.maps import draw

    return File(draw(graph, home=here.to("index.html")).encode(), "text/html; charset=utf-8")


def _index(graph: Graph, _here: Here, _: Asked) -> Sheet:
    made = [(name, _drawing(name), PLOTS[name][0](), _drawn(graph, name)) for name in _names(graph)]
    return Sheet(say("Figures"), "figure_index.html", {"figures": made}, styles=STYLES)


def _sheet(graph: Graph, name: str, here: Here, _: Asked) -> Sheet:
    made = _drawn(graph, name)
    rows = Section(say("The rows it is drawn from"), [_rows(graph, made)])
    values = {
        "page": Page(made.title, say("figure"), name, [line(made.finding)], [rows], graph.version, graph.language),
        "path": [(say("Figures"), here.to("figure/index.html"))],
        "notes": {},
        "record": here.record,
        "top": 1,
        "plot": made,
        "drawing": _drawing(name),
        "long": LONG,
        "report": f"report/{REPORT[name]}.html",
    }
    return Sheet(made.title, "figure.html", values, styles=STYLES)


def _rows(graph: Graph, made: Plot) -> Grid:
    """Set the rows a figure is drawn from as a table that names records."""
    shown = [column for column in made.table.columns if column not in made.names.values()]
    rows = [[_cell(graph, made, row, column) for column in shown] for row in made.table]
    return Grid([head(column) for column in shown], rows)


def _cell(graph: Graph, made: Plot, row: dict[str, Value], column: str) -> Line:
    text = text_of(row[column])
    if column in made.names:
        name = text_of(row[made.names[column]])
        return line(Name(name, text) if text else name)
    if text and column in made.coded:
        return line(made.coded[column](text))
    if column == "plan":
        return line(Name(plan_name(graph, text, start=True), text))
    parts: list[Part] = [Name(head(column), text) if text.startswith("id:") and " " not in text else text]
    return line(*parts)
